import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchClassify

/// Where a term counts: near others, in some languages, in some fields, in some number.
@Suite("Conditions of topics")
struct TermContextTests {
    /// The topic `r` of these options, and whether it is found.
    static func finds(
        _ topic: [(String, OptionLiteral)], title: String = "", subtitle: String? = nil, body: String = "",
        tags: [String] = [], captions: [String] = [], language: String? = nil, note: String? = nil
    ) throws -> Bool {
        var article = Article()
        article.title = title
        article.subtitle = subtitle
        article.body = body
        article.tags = tags
        article.captions = captions.map { Caption(text: $0) }
        article.language = language
        article.editorsNote = note
        var event = ArticleEvent(article: article)
        let literal: OptionLiteral = .map([("topics", .map([("r", .map(topic))]))])
        _ = try Classify(options(ClassifyOptions.self, literal)).process(&event)
        return event.article.topics.map(\.id) == ["r"]
    }

    @Test(
        "count a term near another alone, on either side, within so many words, in the same text",
        arguments: [
            ("An arm with a gripper", true), ("A gripper and its arm", true), ("Arms and grippers", true),
            ("An arm that has one two three four five six seven grippers", true),
            ("An arm that has one two three four five six seven eight nine grippers", false),
            ("An arm, no more", false), ("A gripper, no more", false),
        ])
    func near(_ title: String, _ expected: Bool) throws {
        let terms: OptionLiteral = [["term": "arm", "near": ["gripper", "robot*"]]]
        #expect(try Self.finds([("terms", terms)], title: title) == expected)
        #expect(try !Self.finds([("terms", terms)], title: "An arm", body: "Grippers."))
    }

    @Test(
        "do not count a term near what makes it another",
        arguments: [
            ("Apple shows a phone", true), ("Apple pie for all", false), ("The orchard's best Apple", false),
            ("Apple shows a phone, a watch and a pie", true), ("Apple, Apple, and pie far from the last", false),
        ])
    func notNear(_ title: String, _ expected: Bool) throws {
        let terms: OptionLiteral = [["term": "Apple", "not_near": ["pie", "orchard"], "within": "4 words"]]
        #expect(try Self.finds([("terms", terms)], title: title) == expected)
    }

    @Test("let a shorter term count where the longer one does not")
    func refusedCoversNothing() throws {
        let terms: OptionLiteral = ["watch", ["term": "smart watch", "near": "never said"]]
        #expect(try Self.finds([("terms", terms)], title: "A smart watch"))
    }

    @Test("count words of Chinese one by one for nearness")
    func chinese() throws {
        let terms: OptionLiteral = [["term": "轨道", "near": "卫星", "within": 6]]
        #expect(try Self.finds([("terms", terms)], title: "卫星进入预定轨道"))
        #expect(try !Self.finds([("terms", terms)], title: "卫星厂旁的城市铁路新线轨道"))
    }

    @Test(
        "keep to the languages of topics and terms, but not where the language is unknown",
        arguments: [("en", false), ("de", true), ("de-AT", true), ("DE", true), ("den", false), (nil, true)])
    func languages(_ language: String?, _ expected: Bool) throws {
        let terms: OptionLiteral = ["Gift"]
        #expect(
            try Self.finds([("terms", terms), ("languages", "de")], title: "Gift", language: language) == expected)
        let some: OptionLiteral = [["term": ["Gift", "Rat"], "languages": ["de"]]]
        #expect(try Self.finds([("terms", some)], title: "Rat", language: language) == expected)
    }

    @Test("weigh fields as they are told, and not at all those of weight 0")
    func fieldWeights() throws {
        func finds(
            _ weights: OptionLiteral, title: String = "", body: String = "", tags: [String] = [], threshold: Double = 3
        ) throws -> Bool {
            try Self.finds(
                [("terms", ["robot"]), ("threshold", .number(threshold)), ("field_weights", weights)], title: title,
                body: body, tags: tags)
        }
        #expect(try finds([:], title: "Robot"))
        #expect(try !finds(["title": 2], title: "Robot"))
        #expect(try finds(["tags": 2], tags: ["robot"], threshold: 2.4))
        #expect(try !finds([:], tags: ["robot"], threshold: 2.4))
        #expect(try !finds(["tags": 0], title: "Rest", tags: ["robot"], threshold: 0.1))
        let body = "Rest.\n\nRest.\n\n" + String(repeating: "and so on ", count: 130) + "robot robot robot robot"
        #expect(try finds(["body": 2], body: body))
        #expect(try !finds(["body": 0], body: body))
        // The lede of weight 0 is body; with both at 0 nothing counts.
        #expect(try finds(["lede": 0, "body": 4], body: "A robot."))
        #expect(try !finds(["lede": 0, "body": 0], body: "Robot robot robot"))
    }

    @Test("take field weights of the stage where a topic has none")
    func stageWeights() throws {
        let literal: OptionLiteral = [
            "field_weights": ["title": 1],
            "topics": ["a": ["terms": ["robot"]], "b": ["terms": ["robot"], "field_weights": ["title": 3]]],
        ]
        let found = try ClassifyTests.classified(title: "Robot", options: literal).topics
        #expect(found.map(\.id) == ["b"])
    }

    @Test(
        "ask for occurrences, different terms and density",
        arguments: [
            (["count": 3], "Robot robot", false), (["count": 3], "Robot robot cog", true),
            (["distinct": 2], "Robot robot robots", false), (["distinct": 2], "Robot cog", true),
            (["distinct": 2], "Robot and steel", false),
            (["density": 2], "Robot", false), (["density": 2], "Robot robot robot", true),
        ] as [(OptionLiteral, String, Bool)])
    func minimums(_ minimum: OptionLiteral, _ body: String, _ expected: Bool) throws {
        let topic: [(String, OptionLiteral)] = [
            ("terms", ["robot", "cog"]), ("vague", ["steel"]), ("at_least", minimum), ("threshold", 0.5),
        ]
        #expect(try Self.finds(topic, body: body) == expected)
    }

    @Test("count no term of the publisher's note")
    func note() throws {
        #expect(try !Self.finds([("terms", ["robot"])], title: "Rest", note: "Robot robot robot"))
    }

    // MARK: Parents

    static func family(_ includes: Bool, excluded: Bool = false) -> OptionLiteral {
        var machines: [(String, OptionLiteral)] = [("terms", ["machine"])]
        if excluded { machines.append(("excluded", ["robot"])) }
        return .map([
            (
                "topics",
                .map([
                    ("machines", .map(machines)),
                    (
                        "robotics",
                        ["terms": ["robot"], "parent": "machines", "include_parent": .bool(includes)] as OptionLiteral
                    ),
                    ("autonomy", ["terms": ["robotaxi"], "parent": "robotics", "include_parent": .bool(includes)]),
                ])
            )
        ])
    }

    @Test("find a parent with its child only where that is said, and its own parent too")
    func parents() throws {
        func found(_ title: String, _ literal: OptionLiteral) throws -> [String] {
            try ClassifyTests.classified(title: title, options: literal).topics.map(\.id).sorted()
        }
        #expect(try found("Robotaxis", Self.family(false)) == ["autonomy"])
        #expect(try found("Robotaxis", Self.family(true)) == ["autonomy", "machines", "robotics"])
        #expect(try found("Robots", Self.family(true)) == ["machines", "robotics"])
        #expect(try found("Machines", Self.family(true)) == ["machines"])
        #expect(try found("Robots", Self.family(true, excluded: true)) == ["robotics"])
    }

    @Test("give a parent the child's evidence and score, or its own where these are higher")
    func parentEvidence() throws {
        let topics = try ClassifyTests.classified(title: "Robots", options: Self.family(true)).topics
        #expect(topics.map(\.evidence.first?.term) == ["robot", "robot"])
        #expect(topics[0].score == topics[1].score)
        let both = try ClassifyTests.classified(
            title: "Robot", body: "Machines, machines.", options: Self.family(true)
        ).topics
        #expect(both.map(\.id) == ["machines", "robotics"])
        #expect(both.map(\.evidence.first?.term) == ["machine", "robot"])
    }

    // MARK: Extending

    @Test("add terms and topics, and replace what is written again")
    func extends() throws {
        let literal: OptionLiteral = [
            "topics": ["a": ["terms": ["robot", ["term": "cog", "weight": 0.1]], "threshold": 90]],
            "extend": [
                ["a": ["terms": ["gear", "Cog"], "threshold": 2.5], "b": ["terms": ["nut"]]],
                ["b": ["terms": ["bolt"]]],
            ],
        ]
        func found(_ title: String) throws -> [String] {
            try ClassifyTests.classified(title: title, options: literal).topics.map(\.id)
        }
        #expect(try found("Gears") == ["a"])
        #expect(try found("Cogs") == ["a"])
        #expect(try found("Nuts") == ["b"])
        #expect(try found("Bolts") == ["b"])
    }

    @Test("prefer the term whose case is right, wherever it stands in the list")
    func caseFirst() throws {
        let literal: OptionLiteral = [
            "topics": ["a": ["terms": [["term": "ice", "weight": 0.01], ["term": "ICE", "case": true], "x"]]]
        ]
        #expect(try ClassifyTests.classified(title: "ICE", options: literal).topics.map(\.id) == ["a"])
        #expect(try ClassifyTests.classified(title: "Ice", options: literal).topics.isEmpty)
    }
}
