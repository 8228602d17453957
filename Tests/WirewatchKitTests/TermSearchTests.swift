import Testing
import WirewatchKit
import WirewatchText

@Suite("The search that stages share")
struct TermSearchTests {
    static func article(_ title: String, _ body: String) -> Article {
        var article = Article()
        article.title = title
        article.body = body
        article.tags = ["Robots"]
        article.editorsNote = "A note."
        return article
    }

    /// What the terms find, as text of the article by field.
    static func found(_ terms: SearchedTerms, _ article: Article) -> [String] {
        terms.find(in: article) { text, matches in
            matches.map { match in
                let part = text.part(at: match.range.lowerBound)
                let start = match.range.lowerBound - (part?.range.lowerBound ?? 0)
                let span = part.map { TextSpan($0.field, start..<start + match.range.count) }
                let written = span.flatMap { article.text(of: $0) } ?? "?"
                return "\(terms.terms[match.term].text) \(part?.field.name ?? "?") \(written)"
            }
        }
    }

    @Test("finds each stage's own terms, in every field, never across two")
    func fields() {
        let search = TermSearch()
        let one = search.add([Term("robot"), Term("note")])
        let two = search.add([Term("ends body"), Term("robot"), Term("ends")])
        let article = Self.article("A robot ends", "Body with a robot.")
        #expect(
            Self.found(one, article) == [
                "robot title robot", "robot body robot", "note editors_note note", "robot tags[0] Robots",
            ])
        #expect(
            Self.found(two, article) == [
                "robot title robot", "ends title ends", "robot body robot", "robot tags[0] Robots",
            ])
    }

    @Test("notices every change of an article's text")
    func changes() {
        let search = TermSearch()
        let terms = search.add([Term("robot")])
        var article = Self.article("One robot", "Two robots.")
        #expect(Self.found(terms, article).count == 3)
        article.body = "Two humans."
        #expect(Self.found(terms, article).count == 2)
        article.tags = []
        #expect(Self.found(terms, article).count == 1)
        article.subtitle = "robot"
        #expect(Self.found(terms, article).count == 2)
        // As long, and the same up to its end.
        article.subtitle = "robox"
        #expect(Self.found(terms, article).count == 1)
        // Letters that count as the same text, of other bytes.
        article.title = "Caf\u{E9} robot"
        #expect(Self.found(terms, article) == ["robot title robot"])
        article.title = "Cafe\u{301} robot"
        #expect(Self.found(terms, article) == ["robot title robot"])
        #expect(Self.found(terms, Article()) == [])
    }

    @Test("takes in terms that are added later, and lets go of those whose stage is gone")
    func registrations() {
        let search = TermSearch()
        let article = Self.article("A robot", "An arm.")
        let one = search.add([Term("robot")])
        #expect(Self.found(one, article).count == 2)
        var two: SearchedTerms? = search.add([Term("arm")])
        #expect(two.map { Self.found($0, article) } == ["arm body arm"])
        #expect(Self.found(one, article).count == 2)
        two = nil
        #expect(Self.found(one, article).count == 2)
    }

    @Test("serves any number of threads at once")
    func threads() async {
        let search = TermSearch()
        let terms = [search.add([Term("robot")]), search.add([Term("number*")])]
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<200).allSatisfy { round in
                        let article = Self.article(
                            "Robot \(task)", String(repeating: "number\(round) and a robot ", count: round % 7))
                        return Self.found(terms[0], article).count == 2 + round % 7
                            && Self.found(terms[1], article).count == round % 7
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
