import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchClassify

@Suite("classify")
struct ClassifyTests {
    static let topics: OptionLiteral = [
        "topics": [
            "robotics": [
                "terms": ["robot", "humanoid robot", ["term": "warehouse automation", "weight": 2]],
                "vague": ["actuator", "automation"],
            ],
            "ai": ["terms": [["term": "AI", "case": true], "language model"], "excluded": ["AI weiwei"]],
            "chips": ["terms": ["wafer", "foundry"], "required": ["semiconductor", "chip"]],
        ]
    ]

    static func classified(
        title: String = "", body: String = "", tags: [String] = [], captions: [String] = [],
        options literal: OptionLiteral = topics
    ) throws -> (topics: [Topic], article: Article, explanation: Explanation?) {
        let stage = try Classify(options(ClassifyOptions.self, literal))
        var article = Article()
        article.title = title
        article.body = body
        article.tags = tags
        article.captions = captions.map { Caption(text: $0) }
        var event = ArticleEvent(article: article)
        #expect(try stage.process(&event) == .keep)
        return (event.article.topics, event.article, stage.explain(event))
    }

    static let filler = String(repeating: "Nothing of note was said about anything at the meeting. ", count: 100)

    @Test(
        "finds what an article is about",
        arguments: [
            ("Robots learn to fold laundry", "", ["robotics"]),
            ("A new AI for robots", "", ["ai", "robotics"]),
            ("An aide to the ai people", "", []),
            ("A day at the sea", "The robot waved. " + filler, []),
            ("A day at the sea", filler + "A robot waved.", []),
            ("A day at the sea", "A robot and a humanoid robot waved. Robots are here. Robot by robot.", ["robotics"]),
            ("Automation and actuators", "Actuators need automation, and automation needs actuators.", []),
            ("AI, said Ai Weiwei", "AI, AI and a language model. Ai Weiwei spoke.", []),
            ("Wafers and a foundry", "The foundry bought wafers.", []),
            ("Wafers and a foundry", "The foundry bought wafers for chips.", ["chips"]),
            ("", "", []),
        ])
    func finds(_ title: String, _ body: String, _ expected: [String]) throws {
        #expect(try Self.classified(title: title, body: body).topics.map(\.id).sorted() == expected)
    }

    @Test("gives evidence with spans, first occurrences first, at most as many as asked for")
    func evidence() throws {
        let (topics, article, _) = try Self.classified(
            title: "Humanoid robots at work", body: "Robots, robots and warehouse automation.", tags: ["Robot"],
            captions: ["A robot"])
        let topic = try #require(topics.first)
        #expect(
            topic.evidence.map { [$0.term, $0.span.field.name, article.text(of: $0.span) ?? ""] } == [
                ["humanoid robot", "title", "Humanoid robots"],
                ["warehouse automation", "body", "warehouse automation"],
                ["robot", "body", "Robots"], ["robot", "body", "robots"],
                ["robot", "tags[0]", "Robot"], ["robot", "captions[0].text", "A robot".dropFirst(2).description],
            ])
        let few = try Self.classified(
            title: "Robots, robots, robots",
            options: ["topics": ["robotics": ["terms": ["robot"]]], "evidence_limit": 2])
        #expect(few.topics.first?.evidence.count == 2)
    }

    @Test("scores a topic at one half where its points are its threshold")
    func threshold() throws {
        func score(_ threshold: Double) throws -> Double? {
            try Self.classified(
                title: "Robots",
                options: ["topics": ["r": ["terms": ["robot"], "title_weight": 2.5, "threshold": .number(threshold)]]]
            ).topics.first?.score
        }
        // 2.5 for the title and 0.5 for one distinct term.
        #expect(try score(3) == 0.5)
        #expect(try score(3.1) == nil)
        #expect(try score(1) == 0.75)
    }

    @Test("counts vague terms for no more than the precise ones beside them")
    func vague() throws {
        func score(_ vague: [OptionLiteral]) throws -> Double? {
            try Self.classified(
                title: "Cog", body: "Nut, bolt, gear, cam, lever and spring.",
                options: ["topics": ["r": ["terms": ["cog"], "vague": .list(vague), "threshold": 3]]]
            ).topics.first?.score
        }
        // 2.5 for the title and 0.5 for one distinct term; twice that at most, however many vague ones there are.
        #expect(try score(["axle"]) == 0.5)
        #expect(try #require(try score(["nut", "bolt", "gear", "cam", "lever", "spring"])) < 0.667)
        #expect(try #require(try score(["nut"])) > 0.5)
    }

    @Test("explains topics that were found and those that only had a term")
    func explains() throws {
        let explanation = try #require(
            Self.classified(title: "Robots", body: Self.filler + "A language model.").explanation)
        #expect(explanation.children.map(\.label) == ["robotics", "ai"])
        #expect(explanation.children.map(\.held) == [true, false])
        #expect(explanation.children[0].children.map(\.label) == ["robot"])
        #expect(explanation.children[0].children[0].spans == [TextSpan(.title, 0..<6)])
    }

    @Test("keeps topics of other stages and replaces its own")
    func others() throws {
        let stage = try Classify(options(ClassifyOptions.self, Self.topics))
        var event = ArticleEvent(article: Article())
        event.article.title = "Robots"
        event.article.topics = [Topic(id: "sports", score: 0.9), Topic(id: "ai", score: 1)]
        _ = try stage.process(&event)
        #expect(event.article.topics.map(\.id) == ["robotics", "sports"])
    }

    @Test(
        "reports mistakes",
        arguments: [
            (["topics": ["a": ["terms": ["--"]]]], "the term '--' of topic 'a' has no letter"),
            (["topics": ["a": ["terms": ["robot", "robot"]]]], "was given before"),
            (["topics": ["a": ["terms": [["term": "chip", "weight": 0.2]]]]], "vague terms alone"),
            (["topics": ["a": ["terms": ["x"], "excluded": ["*"]]]], "the 'excluded' term '*'"),
            (["topics": [:]], "no topics"),
        ] as [(OptionLiteral, String)])
    func mistakes(_ literal: OptionLiteral, _ expected: String) throws {
        let refused = #expect(throws: RefusedOptions.self) { try options(ClassifyOptions.self, literal) }
        #expect(refused?.diagnostics.map(\.message).contains { $0.contains(expected) } == true)
    }
}
