import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchStory

@Suite("story")
struct StoryTests {
    static let start: Int64 = 1_767_528_000

    static func stage(_ literal: OptionLiteral = [:]) throws -> StoryStage {
        StoryStage(try options(StoryOptions.self, literal), log: Logger(label: "test"))
    }

    static func article(
        _ id: String, _ title: String, _ body: String, hours: Double = 0, url: String? = nil
    ) -> Article {
        var article = Article()
        article.id = id
        article.title = title
        article.body = body
        article.url = url
        article.source = "wire"
        article.received = Timestamp(milliseconds: start * 1000 + Int64(hours * 3_600_000))
        return article
    }

    static func story(_ stage: StoryStage, _ article: Article, _ state: MemoryState) throws -> Story {
        var event = ArticleEvent(article: article)
        #expect(try stage.process(&event, state: state) == .keep)
        return try #require(event.article.story)
    }

    static let plant = [
        (
            "Velmora opens humanoid plant in Lisbon",
            "Robot maker Velmora opened its first humanoid assembly plant in Lisbon on Monday, with room for 4,000 Brava "
                + "robots a year. Chief executive Ines Caldeira said that the Lisbon plant would employ 600 people."
        ),
        (
            "Lisbon gets a factory for Velmora's Brava humanoids",
            "Velmora's new factory in Lisbon will assemble 4,000 of its Brava humanoid robots a year and employ 600, chief "
                + "executive Ines Caldeira told reporters at the opening."
        ),
        (
            "Velmora starts making Brava robots in Portugal",
            "The first Brava humanoid left the Lisbon assembly line of Velmora on Monday. Ines Caldeira, its chief, expects "
                + "4,000 robots a year from the plant."
        ),
    ]
    static let cable = (
        "Harbour towns agree on shared undersea cable",
        "A consortium of nine harbour towns along the Norwegian coast agreed to lay a shared undersea cable by summer, said "
            + "project lead Oda Fjelstad. The cable will carry forty terabits each second to Bergen."
    )

    @Test("puts the reports of one event into one story and counts its publishers")
    func groups() throws {
        let stage = try Self.stage()
        let state = MemoryState()
        var stories: [Story] = []
        for (at, (title, body)) in Self.plant.enumerated() {
            let url = ["https://www.a.example/1", "https://b.example/2", "http://A.example/3"][at]
            stories.append(
                try Self.story(stage, Self.article("p\(at)", title, body, hours: Double(at), url: url), state))
        }
        let other = try Self.story(stage, Self.article("c", Self.cable.0, Self.cable.1, hours: 3), state)
        #expect(Set(stories.map(\.id)).count == 1)
        #expect(stories.map(\.sources) == [1, 2, 2])
        #expect(stories.allSatisfy { $0.firstSeen.seconds == Self.start })
        #expect(other.id != stories[0].id)
        #expect(other.sources == 1)
    }

    @Test("makes the story's id from its first article, whatever came before")
    func identity() throws {
        let first = try Self.story(Self.stage(), Self.article("x", Self.cable.0, Self.cable.1), MemoryState())
        let stage = try Self.stage()
        let state = MemoryState()
        _ = try Self.story(stage, Self.article("p", Self.plant[0].0, Self.plant[0].1), state)
        let second = try Self.story(stage, Self.article("x", Self.cable.0, Self.cable.1), state)
        #expect(first.id == second.id)
        #expect(first.id.utf8.count == 32)
    }

    @Test("closes a story the window after its first article")
    func window() throws {
        let stage = try Self.stage(["window": "1d"])
        let state = MemoryState()
        let (title, body) = Self.plant[0]
        let first = try Self.story(stage, Self.article("1", title, body), state)
        let inside = try Self.story(stage, Self.article("2", title, body, hours: 23.9), state)
        let outside = try Self.story(stage, Self.article("3", title, body, hours: 24.1), state)
        #expect(inside.id == first.id)
        #expect(outside.id != first.id)
        #expect(outside.firstSeen.seconds == Self.start + 24 * 3600 + 360)
    }

    @Test("gives an article without words a story that nothing joins")
    func empty() throws {
        let stage = try Self.stage()
        let state = MemoryState()
        let first = try Self.story(stage, Self.article("1", "", "!!!"), state)
        let second = try Self.story(stage, Self.article("2", "", "!!!"), state)
        #expect(first.id != second.id)
    }

    @Test(
        "marks corrections and updates by what the article says",
        arguments: [
            ("Correction: Velmora plant employs 600", "", [StoryChange.Kind.correction]),
            ("CORRECTED-Velmora opens plant", "", [.correction]),
            ("UPDATE 2-Velmora opens plant", "", [.update]),
            ("Velmora opens plant (Updated)", "", [.update]),
            ("Velmora opens plant", "It opened.\n\nCorrection: an earlier version gave another date.", [.correction]),
            ("Update your robots now", "Updates were sent. Corrected figures are not here.", []),
            ("Updated robots arrive", "(updates later)", []),
            ("", "Update", []),
        ])
    func revisions(title: String, body: String, kinds: [StoryChange.Kind]) {
        #expect(Revision.marks(of: Self.article("1", title, body)).map(\.kind) == kinds)
    }

    @Test("marks a figure that differs from what was told of the story, once")
    func figures() throws {
        let stage = try Self.stage()
        let state = MemoryState()
        func report(_ id: String, _ robots: Double, people: Double?) throws -> [StoryChange] {
            var article = Self.article(id, Self.plant[0].0, Self.plant[0].1)
            func metric(_ value: Double, _ unit: String, _ subject: String?) -> Metric {
                Metric(
                    kind: "other_count", span: TextSpan(.body, 0..<1), surface: "", amount: .value(value), unit: unit,
                    subject: subject, sentence: 0..<1)
            }
            if let people { article.metrics.append(metric(people, "person", "Velmora")) }
            article.metrics.append(metric(robots, "robot", "Brava"))
            article.metrics.append(metric(robots, "other", nil))
            return try Self.story(stage, article, state).changes
        }
        #expect(try report("1", 4000, people: nil) == [])
        #expect(try report("2", 4010, people: 600) == [])
        #expect(try report("3", 5000, people: 600) == [StoryChange(.figure, metric: 1, before: 4000)])
        #expect(try report("4", 5000, people: 600) == [])
    }

    @Test("explains which stories were near, and by which words")
    func explains() throws {
        let stage = try Self.stage()
        let state = MemoryState()
        var event = ArticleEvent(article: Self.article("1", Self.plant[0].0, Self.plant[0].1))
        _ = try stage.process(&event, state: state)
        #expect(stage.explain(event)?.detail == "founded, 1 source so far")
        event = ArticleEvent(article: Self.article("2", Self.plant[1].0, Self.plant[1].1))
        _ = try stage.process(&event, state: state)
        let explanation = try #require(stage.explain(event))
        #expect(explanation.detail == "joined, 1 source so far")
        let nearest = try #require(explanation.children.first)
        #expect(nearest.held == true)
        #expect(nearest.detail?.contains("Velmora") == true)
        #expect(nearest.spans.allSatisfy { event.article.text(of: $0) != nil })
    }
}
