import Testing
import WirewatchExtract
import WirewatchKit
import WirewatchTesting

struct ExtractStageTests {
    private func stage(_ literal: OptionLiteral = [:]) throws -> any Stage {
        guard case .stage(let make) = Plugin.extract.factory else {
            Issue.record("extract is no pure stage")
            throw OptionError("not a stage")
        }
        return try make(options(ExtractOptions.self, literal), .test())
    }

    private func event(_ text: String, _ type: ContentType = .html, article: Article = Article()) -> ArticleEvent {
        ArticleEvent(article: article, content: Document.Content(bytes: Array(text.utf8), type: type))
    }

    static let page = """
        <html><head><title>Page title of the test</title><meta name=author content="Page Author"></head><body><h1>Page title of the
        test</h1><p>One sentence that is long enough to be taken for running text, with a comma in it.</p>
        <p>And another one after it, so that the page has a body of two paragraphs.</p></body></html>
        """

    @Test("an article that came complete passes unchanged, but for the language that nobody stated")
    func complete() throws {
        var article = Article()
        article.title = "Kept"
        article.body = "As it is. "
        article.language = "en-GB"
        var event = ArticleEvent(article: article)
        #expect(try stage().process(&event) == .keep)
        #expect(event.article == article)

        article.language = nil
        article.body = "The pump was repaired in the night, and it has worked since then."
        event = ArticleEvent(article: article)
        #expect(try stage().process(&event) == .keep)
        #expect(event.article.language == "en")
        #expect((event.article.languageConfidence ?? 0) > 0.8)
    }

    @Test("what the source knows wins for title, URL and date, and fills what the page lacks")
    func sourceKnowledge() throws {
        var known = Article()
        known.title = "Title of the feed"
        known.url = "https://news.example/a"
        known.published = DateReader.read("2026-01-02")
        known.authors = ["Feed Author"]
        known.tags = ["feed tag"]
        var event = event(Self.page, article: known)
        #expect(try stage().process(&event) == .keep)
        #expect(event.article.title == "Title of the feed")
        #expect(event.article.url == "https://news.example/a")
        #expect(event.article.published?.text == "2026-01-02")
        #expect(event.article.authors == ["Page Author"])
        #expect(event.article.tags == ["feed tag"])
        #expect(event.article.body.hasPrefix("One sentence"))
    }

    @Test(
        "what is no article is refused with the reason",
        arguments: [
            ("<html><body><a href=/>Home</a></body></html>", ContentType.html, "running text"),
            ("", .html, "a title in JSON-LD"), ("\n\n", .plainText, "a title above the text"),
            ("x", ContentType("image/png"), "image/png"),
        ])
    func refused(text: String, type: ContentType, part: String) throws {
        var event = event(text, type)
        let error = #expect(throws: ExtractionError.self) { try stage().process(&event) }
        #expect(error?.description.contains(part) == true, "\(String(describing: error))")
    }

    @Test("min_body refuses stubs and language overrides what is found")
    func optionValues() throws {
        var long = event(Self.page)
        #expect(throws: ExtractionError.self) { try stage(["min_body": "10KiB"]).process(&long) }
        var small = event(Self.page)
        #expect(try stage(["min_body": "50B", "language": "en-AU"]).process(&small) == .keep)
        #expect(small.article.language == "en-AU")
    }

    @Test("explain lists the blocks with what became of them")
    func explain() throws {
        var event = event(Self.page)
        let stage = try stage()
        _ = try stage.process(&event)
        let explanation = try #require(stage.explain(event))
        #expect(explanation.children.map(\.label) == ["page kind", "origins", "blocks"])
        #expect(explanation.children[0].detail == "article")
        #expect(explanation.children[1].detail == "title h1, authors meta, language text, body page")
        let blocks = explanation.children[2].children
        #expect(blocks.map(\.held) == [false, true, true])
        #expect(blocks[0].label == "title")
        #expect(blocks[1].label.hasPrefix("paragraph (worth "))
    }

    @Test("a page in another charset is read by its declaration and by the transport's")
    func charset() throws {
        let text = Array("<title>".utf8) + [0xB2, 0xE2, 0xCA, 0xD4] + Array("</title>".utf8)
        var article = Article()
        _ = try ArticleExtractor().fill(
            &article, from: Document.Content(bytes: text, type: ContentType(header: "text/html; charset=GBK")))
        #expect(article.title == "\u{6D4B}\u{8BD5}")
    }

    @Test(
        "bylines of many forms give names",
        arguments: [
            ("By Ann Example", ["Ann Example"]), ("by Ann Example and Bo Sample", ["Ann Example", "Bo Sample"]),
            ("By Ann Example, Bo Sample and Cy Third", ["Ann Example", "Bo Sample", "Cy Third"]),
            ("BY: ANN EXAMPLE", ["ANN EXAMPLE"]), ("@ Ann ExampleLineDec 5, 2025", ["Ann Example"]),
            ("Written by Ann Example | 3 May 2026", ["Ann Example"]), ("By Ann Example 5 hours ago", []),
            ("By Dr. Ann O'Neill-Ruiz Jr.", ["Dr. Ann O'Neill-Ruiz Jr."]),
        ])
    func bylines(line: String, expected: [String]) throws {
        let dump = """
            Seven machines that count the birds of a city

            \(line)
            May 3, 2026

            Seven machines listen from the roofs of the city, and together they know where every swift sleeps, says the council.

            They cost less than one park bench, and they need no more power than a clock on the wall of a kitchen does.
            """
        let result = try ArticleExtractor().extract(Document.Content(bytes: Array(dump.utf8), type: .plainText))
        #expect(result.article.authors == expected)
        #expect(result.article.published?.text.hasPrefix(line.contains("Dec 5") ? "2025-12-05" : "2026-05-03") == true)
    }

    @Test(
        "captions are parted from their credits",
        arguments: [
            ("A robot waves. Photo: Ann Example", "A robot waves.", "Ann Example"),
            ("A robot waves. (Photo by Bo Sample/Agency)", "A robot waves.", "Bo Sample/Agency"),
            ("A robot waves. [Photo/Agency]", "A robot waves.", "Agency"),
            ("A robot waves. Photograph: Courtesy of the Makers", "A robot waves.", "Courtesy of the Makers"),
            ("A robot waves", "A robot waves", nil),
            ("A photo by the robot hangs here", "A photo by the robot hangs here", nil),
        ] as [(String, String, String?)])
    func captions(text: String, caption: String, credit: String?) throws {
        let page = Self.page.replacing(
            "<p>One", with: "<figure><img src=a><figcaption>\(text)</figcaption></figure><p>One")
        let result = try ArticleExtractor().extract(Document.Content(bytes: Array(page.utf8), type: .html))
        #expect(result.article.captions == [Caption(text: caption, credit: credit)])
    }
}
