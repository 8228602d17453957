import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchAlert

@Suite("alert")
struct AlertTests {
    /// An article with one topic, two metrics and a tag.
    static let article: Article = {
        var article = Article()
        article.id = "a1"
        article.source = "wire"
        article.url = "https://example.org/a"
        article.language = "en-GB"
        article.title = "Walker maker wins orders"
        article.body = "The firm won 1.3 billion yuan (US$180.6 million) in humanoid orders. Costs fell 29 percent."
        article.tags = ["Robot Arms"]
        article.received = Timestamp(seconds: 1_767_528_000)
        article.topics = [
            Topic(
                id: "robotics", score: 0.7, evidence: [TopicEvidence(term: "humanoid", span: TextSpan(.body, 52..<60))])
        ]
        article.entities = [
            Entity(
                id: "walker", name: "Walker", type: "product", role: .subject, score: 0.6,
                mentions: [TextSpan(.title, 0..<6)]),
            Entity(
                id: "us", name: "United States", type: "place", role: .mention, mentions: [TextSpan(.body, 31..<33)]),
        ]
        article.metrics = [
            Metric(
                kind: "orders_contracts", span: TextSpan(.body, 13..<48),
                surface: "1.3 billion yuan (US$180.6 million)",
                amount: .value(1.3e9), unit: "CNY", qualifier: .about, subject: "humanoid orders",
                equivalents: [Quantity(.value(180.6e6), unit: "USD")], sentence: 0..<68),
            Metric(
                kind: "cost_change", span: TextSpan(.body, 80..<90), surface: "29 percent", amount: .value(29),
                unit: "%",
                change: Change(direction: .down), sentence: 69..<91),
        ]
        return article
    }()

    static func stage(when: OptionLiteral, not: OptionLiteral? = nil, alert: OptionLiteral = [:]) throws -> AlertStage {
        var rule: [(String, OptionLiteral)] = [("id", "r"), ("when", when), ("alert", alert)]
        if let not { rule.append(("not", not)) }
        return try AlertStage(options(AlertOptions.self, .map([("rules", .list([.map(rule)]))])))
    }

    static func alerts(_ stage: AlertStage, _ article: Article = article) throws -> [Alert] {
        var event = ArticleEvent(article: article)
        #expect(try stage.process(&event) == .keep)
        return event.article.alerts
    }

    @Test(
        "raises an alert when its conditions hold",
        arguments: [
            (["topic": "robotics"], true), (["topic": "ai"], false),
            (["topic": ["ai", "robotics"]], true),
            (["topic": ["robotics": ">= 0.6"]], true), (["topic": ["robotics": "> 0.7"]], false),
            (["topic": ["robotics": ">= 0.6", "ai": ">= 0.5"]], false), (["topic": ["ai": "< 0.5"]], true),
            (["metric": ["kind": "orders_contracts"]], true), (["metric": ["kind": ["downloads", "funding"]]], false),
            (["metric": ["value": ">= 1 billion CNY"]], true), (["metric": ["value": ">= 1 billion USD"]], false),
            // By the equivalent that the article gives.
            (["metric": ["value": ">= 100 million USD"]], true), (["metric": ["value": ">= 200 million EUR"]], false),
            // An amount of money is never compared with a bare number, a percentage is.
            (["metric": ["kind": "orders_contracts", "value": ">= 100"]], false),
            (["metric": ["kind": "cost_change", "value": ">= 25"]], true),
            (["metric": ["kind": "cost_change", "value": ">= 25 %", "change": "down"]], true),
            (["metric": ["kind": "cost_change", "change": "up"]], false),
            (["metric": ["unit": "%", "value": "< 30"]], true), (["metric": ["qualifier": ["over", "about"]]], true),
            (["metric": ["qualifier": "over"]], false), (["metric": ["subject": "order"]], true),
            (["metric": ["kind": "cost_change", "subject": "order"]], false),
            (["metric": ["kind": "cost_change", "sentence": "costs"]], true),
            (["metric": ["kind": "cost_change", "sentence": "humanoid"]], false),
            (["text": ["any": ["humanoid", "biped"]]], true), (["text": ["all": ["humanoid", "biped"]]], false),
            (["text": ["any": ["human"]]], false), (["text": ["any": "order*", "in": "title"]], true),
            (["text": ["any": "humanoid", "in": "title"]], false),
            (["text": ["any": "arm", "in": ["title", "tags"]]], true),
            (["text": ["any": "walker", "case": true]], false), (["text": ["any": "Walker", "case": true]], true),
            (["text": ["any": ["walker"], "all": ["orders", "costs"]]], true),
            (["entity": "walker"], true), (["entity": ["acme", "us"]], true), (["entity": "acme"], false),
            (["entity": ["any": ["walker", "acme"], "role": "subject"]], true),
            (["entity": ["any": "us", "role": "subject"]], false), (["entity": ["all": ["walker", "us"]]], true),
            (["entity": ["all": ["walker", "us"], "role": "mention"]], false),
            (["entity": ["all": ["walker", "acme"]]], false), (["entity": ["all": "us", "any": "walker"]], true),
            (["entity": ["all": "us", "any": "acme"]], false), (["entity": ["type": "place"]], true),
            (["entity": ["type": ["person", "company"]]], false),
            (["source": "wire"], true), (["source": ["a", "b"]], false), (["language": "en"], true),
            (["language": "de"], false), (["tag": "robot-arms"], true), (["tag": "robot"], false),
            (["any": [["topic": "ai"], ["source": "wire"]]], true),
            (["any": [["topic": "ai"], ["source": "x"]]], false),
            (["all": [["topic": "robotics"], ["source": "x"]]], false), (["not": ["topic": "ai"]], true),
            (["not": [["topic": "ai"], ["source": "wire"]]], false),
            (["topic": "robotics", "any": [["not": ["any": [["source": "x"]]]]]], true),
        ] as [(OptionLiteral, Bool)])
    func holds(_ when: OptionLiteral, _ expected: Bool) throws {
        let stage = try Self.stage(when: when)
        #expect(try Self.alerts(stage).count == (expected ? 1 : 0))
        // The explanation agrees with the verdict.
        #expect(stage.explain(ArticleEvent(article: Self.article))?.children.first?.held == expected)
    }

    @Test(
        "compares amounts in units of one kind",
        arguments: [
            (4.0, "GW.h", ">= 3000 MWh", true), (4, "GWh", ">= 5 GWh", false), (71, "min", "> 1 hour", true),
            (71, "min", "> 2 h", false), (5, "MW", ">= 5 GWh", false), (12, "download", "> 10 downloads", true),
            (12, "company", "> 10 companies", true), (12, "GPU", "> 10 GPUs", true), (12, "robot", "> 10 Robots", true),
            (3, "USD", "> 1 EUR", true), (3, "XAF", "> 1 EUR", false),
            (2, "a", "<= 24 months", true), (60, "t", ">= 60 tonnes", true), (4.5, "km", "> 4000 m", true),
        ] as [(Double, String, String, Bool)])
    func units(_ value: Double, _ unit: String, _ comparison: String, _ expected: Bool) throws {
        var article = Self.article
        article.metrics = [
            Metric(
                kind: "other_count", span: TextSpan(.body, 0..<3), surface: "The", amount: .value(value), unit: unit,
                sentence: 0..<68)
        ]
        let stage = try Self.stage(when: ["metric": ["value": .string(comparison)]])
        #expect(try Self.alerts(stage, article).count == (expected ? 1 : 0))
    }

    @Test("makes exceptions")
    func exceptions() throws {
        let opinion = try Self.stage(when: ["source": "wire"], not: [["text": ["in": "title", "any": ["opinion"]]]])
        #expect(try Self.alerts(opinion).count == 1)
        var article = Self.article
        article.title = "Opinion: robots"
        #expect(try Self.alerts(opinion, article).isEmpty)
    }

    @Test("names the entities that made it hold")
    func entities() throws {
        let stage = try Self.stage(
            when: ["entity": ["any": ["walker", "us"], "role": "subject"]], alert: ["message": "{entities}: {title}"])
        let alert = try #require(try Self.alerts(stage).first)
        #expect(alert.message == "Walker: Walker maker wins orders")
        #expect(
            alert.because == [
                AlertReason(
                    condition: "entity walker or us as subject", span: TextSpan(.title, 0..<6), text: "Walker")
            ])
    }

    @Test("says why, with the text that made each condition hold")
    func because() throws {
        let stage = try Self.stage(
            when: [
                "all": [
                    ["topic": ["robotics": ">= 0.6"]],
                    ["metric": ["kind": "orders_contracts", "value": ">= 100 million USD"]],
                    ["text": ["any": ["biped", "orders"]]], ["any": [["source": "x"], ["tag": "robot arms"]]],
                    ["not": ["topic": "ai"]],
                ]
            ],
            alert: [
                "severity": "high", "labels": ["desk": "robots"],
                "message": .string(
                    "{title} | {source} | {url} | {rule} | {topics} | {metric.surface} | {metric.value} {metric.unit} | "
                        + "{metric.subject} | {text} | {{}}"),
            ])
        let alert = try #require(Self.alerts(stage).first)
        let because: [[String]] = alert.because.map { [$0.condition, $0.span?.field.name ?? "", $0.text] }
        let expected: [[String]] = [
            ["topic robotics >= 0.6", "body", "humanoid"],
            ["metric orders_contracts >= 100 million USD", "body", "1.3 billion yuan (US$180.6 million)"],
            ["text 'biped' or 'orders'", "title", "orders"], ["tag robot arms", "tags[0]", "Robot Arms"],
        ]
        #expect(because == expected)
        for reason in alert.because {
            #expect(reason.span.flatMap { Self.article.text(of: $0) } == reason.text)
        }
        let message =
            "Walker maker wins orders | wire | https://example.org/a | r | robotics | 1.3 billion yuan (US$180.6 million) "
            + "| 1.3 billion CNY | humanoid orders | orders | {}"
        #expect(alert.message == message)
        #expect(alert.severity == .high && alert.labels == ["desk": "robots"] && alert.rule == "r")
        #expect(alert.metrics.map(\.kind) == ["orders_contracts"] && alert.topics.map(\.id) == ["robotics"])
        #expect(alert.time == Self.article.received)
    }

    @Test("gives an alert the same id for the same rule and article, and another for others")
    func identifiers() throws {
        let stage = try Self.stage(when: ["source": "wire"])
        let (first, again) = (try Self.alerts(stage)[0], try Self.alerts(stage)[0])
        var article = Self.article
        article.id = "a2"
        #expect(first.id == again.id && first.id.count == 32 && first.message == article.title)
        #expect(try Self.alerts(stage, article)[0].id != first.id)
    }

    @Test("explains what was missing")
    func explains() throws {
        let stage = try Self.stage(
            when: [
                "topic": "ai", "metric": ["value": ">= 1 billion USD"], "text": ["any": "humanoid", "in": "title"],
            ])
        let tree = try #require(stage.explain(ArticleEvent(article: Self.article))?.children.first)
        #expect(tree.children.map(\.held) == [false, false, false])
        #expect(tree.children[0].detail == "the article does not have it")
        #expect(tree.children[1].children.first?.detail == "180.6 million USD is not >= 1 billion USD")
        #expect(tree.children[1].children.last?.detail == "its unit is %, not USD")
        #expect(tree.children[2].detail == "found in other fields alone")
    }

    @Test("compares amounts in other currencies by the rates, and says by which")
    func rates() throws {
        var article = Self.article
        article.metrics[0].equivalents = []
        let held = try Self.stage(when: ["metric": ["value": ">= 100 million USD"]])
        #expect(try Self.alerts(held, article).count == 1)
        let reasons = try #require(held.explain(ArticleEvent(article: article))?.children.first)
        #expect(
            reasons.children[0].detail
                == "1.3 billion yuan (US$180.6 million) (178.1 million USD at the rate of 2024-12-31)")
        let missed = try Self.stage(when: ["metric": ["value": ">= 1 billion EUR"]])
        #expect(try Self.alerts(missed, article).isEmpty)
        let tree = try #require(missed.explain(ArticleEvent(article: article))?.children.first)
        #expect(
            tree.children[0].children.first?.detail
                == "171.415 million EUR at the rate of 2024-12-31 is not >= 1 billion EUR")
        article.metrics[0].unit = "XAF"
        let unknown = try #require(held.explain(ArticleEvent(article: article))?.children.first)
        #expect(unknown.children[0].children.first?.detail == "no rate from XAF to USD is known; add it to 'rates'")
    }

    @Test("compares units of one dimension with each other")
    func scales() throws {
        var article = Self.article
        article.metrics[0].amount = .value(60)
        article.metrics[0].equivalents = []
        for (unit, value) in [
            ("[mi_i]/h", ">= 96 km/h"), ("GBy", ">= 0.06 TB"), ("MJ", ">= 16 kWh"), ("[mi_i]", ">= 96 km"),
            ("[lb_av]", ">= 27 kg"), ("Gbit/s", ">= 7.5 GB/s"),
        ] {
            article.metrics[0].unit = unit
            let stage = try Self.stage(when: ["metric": ["value": .string(value)]])
            #expect(try Self.alerts(stage, article).count == 1, "\(unit)")
        }
    }

    static func rule(_ when: OptionLiteral) -> OptionLiteral { ["rules": [["id": "r", "when": when]]] }

    @Test(
        "reports mistakes",
        arguments: [
            (rule([:]), "an empty group of conditions"),
            (rule(["any": []]), "'any' is empty"),
            (rule(["any": [[:]]]), "an empty group of conditions"),
            (rule(["metric": ["value": "a lot"]]), "no operator; write an operator and a number, such as '>= 100"),
            (rule(["metric": ["value": ">= 5 USD", "unit": "EUR"]]), "'value' is in USD, but 'unit' is EUR"),
            (rule(["metric": [:]]), "an empty 'metric'"),
            (rule(["topic": ["ai": "0.6"]]), "such as '>= 0.6'"),
            (rule(["topic": ["ai": ">= 6"]]), "lies between 0 and 1"),
            (rule(["text": ["in": "title"]]), "'text' needs words"),
            (rule(["text": ["any": ["--"]]]), "the term '--' has no letter"),
            (rule(["source": []]), "'source' is empty"),
            (
                ["rules": [["id": "r", "when": ["source": "a"]], ["id": "r", "when": ["source": "b"]]]],
                "defined already"
            ),
            (
                ["rules": [["id": "r", "when": ["source": "a"], "alert": ["message": "{titel}"]]]],
                "unknown placeholder '{titel}'"
            ),
            (["rules": [["id": "r", "when": ["source": "a"], "alert": ["message": "{title"]]]], "'{' without '}'"),
        ] as [(OptionLiteral, String)])
    func mistakes(_ literal: OptionLiteral, _ expected: String) throws {
        let refused = #expect(throws: RefusedOptions.self) { try options(AlertOptions.self, literal) }
        #expect(refused?.diagnostics.map(\.message).contains { $0.contains(expected) } == true)
    }

    @Test(
        "warns of what would stay silent",
        arguments: [
            (rule(["metric": ["kind": "order"]]), "finds no kind 'order'; did you mean 'orders_contracts'"),
            (rule(["metric": ["kind": "dowloads"]]), "did you mean 'downloads'"),
            (rule(["metric": ["kind": "funding", "value": "> 5 million"]]), "name it, such as"),
            (rule(["topic": ["ai": ">= 0.3"]]), "means '>= 0.5'"),
            (
                ["rules": [["id": "r", "when": ["source": "a"], "alert": ["message": "{metric.value}"]]]],
                "no 'metric' condition"
            ),
        ] as [(OptionLiteral, String)])
    func doubts(_ literal: OptionLiteral, _ expected: String) throws {
        let diagnostics = OptionReader.Diagnostics()
        _ = try AlertOptions(OptionReader(literal.value, specs: AlertOptions.specs, diagnostics: diagnostics))
        #expect(!diagnostics.hasErrors)
        #expect(diagnostics.all.contains { $0.message.contains(expected) })
    }

    @Test("refuses conditions nested beyond reading")
    func nesting() {
        var when: OptionLiteral = ["source": "a"]
        for _ in 0..<40 { when = ["all": [when]] }
        #expect(throws: RefusedOptions.self) { try options(AlertOptions.self, Self.rule(when)) }
    }
}
