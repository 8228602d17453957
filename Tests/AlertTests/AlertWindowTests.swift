import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchAlert

/// The kinds of window are tested one by one in the rules of `Tests/IntegrationTests/RuleLanguage`.
@Suite("Windows of rules")
struct AlertWindowTests {
    private static let rules: OptionLiteral = [
        "rules": [
            ["id": "plain", "when": ["text": ["any": "brass"]], "alert": ["repeat_interval": "5h"]],
            [
                "id": "sliding", "when": ["text": ["any": ["pump", "valve"]]],
                "window": ["over": "6h", "by": "source", "distinct": "story", "at_least": 2],
            ],
            [
                "id": "tumbling", "when": ["text": ["any": "pump"]],
                "window": ["kind": "tumbling", "over": "12h", "at_least": 3],
            ],
            [
                "id": "new", "when": ["text": ["any": ["pump", "valve", "hose"]]],
                "window": ["kind": "new_term", "over": "20h", "by": "term"],
            ],
            [
                "id": "spike", "when": ["text": ["any": ["pump"]]],
                "window": ["kind": "spike", "over": "3h", "baseline": "2d", "at_least": 2, "score": 0.5],
            ],
            [
                "id": "silence", "when": ["text": ["any": ["pump", "valve"]]],
                "window": ["kind": "flatline", "over": "7h", "by": "source"],
            ],
            [
                "id": "sequence", "when": ["text": ["any": ["pump"]]],
                "window": [
                    "kind": "sequence", "over": "1d", "by": "source",
                    "then": [["text": ["any": ["valve"]]], ["text": ["any": ["hose"]]]],
                ],
            ],
        ]
    ]

    private static func articles(_ seed: UInt64) -> [Article] {
        var dice = Dice(seed)
        var hour = 0.0
        return (0..<300).map { number in
            hour += Double.random(in: 0..<3, using: &dice)
            var article = Article()
            article.id = "a\(number)"
            article.source = ["x", "y", "z"].randomElement(using: &dice) ?? ""
            article.title = ["Pump of brass", "Valve", "Hose", "Bread", "Pumps"].randomElement(using: &dice) ?? ""
            article.received = Timestamp(milliseconds: 1_767_528_000_000 + Int64(hour * 3_600_000))
            if Bool.random(using: &dice) {
                article.story = Story(id: "s\(number / 20)", sources: 1, firstSeen: article.received)
            }
            return article
        }
    }

    /// The alerts of every article; the stage is made anew from its options and the state before those that are named.
    private static func alerts(_ articles: [Article], restartingAt restarts: Set<Int> = []) throws -> [Alert] {
        let options = try options(AlertOptions.self, rules)
        let state = MemoryState()
        var stage = AlertStage(options)
        return try articles.enumerated().flatMap { number, article in
            if restarts.contains(number) { stage = AlertStage(options) }
            var event = ArticleEvent(article: article)
            _ = try stage.process(&event, state: state)
            return event.article.alerts
        }
    }

    @Test("A restart at any place leads to the same alerts, with the same ids", arguments: 1...8)
    func restarts(_ seed: UInt64) throws {
        let articles = Self.articles(seed)
        let alerts = try Self.alerts(articles)
        // Each kind has its say.
        #expect(Set(alerts.map(\.rule)).count >= 6)
        #expect(Set(alerts.map(\.id)).count == alerts.count)
        #expect(try Self.alerts(articles, restartingAt: Set(articles.indices)) == alerts)
        #expect(try Self.alerts(articles, restartingAt: [7, 100, 101, 250]) == alerts)
    }

    @Test("A state of other bytes is no state, and no crash", arguments: [0, 1, 7, 8, 9, 15, 16, 17, 23, 40, 100])
    func strangeState(_ count: Int) throws {
        let articles = Self.articles(1)
        let options = try options(AlertOptions.self, Self.rules)
        for filler: UInt8 in [0, 0x7F, 0x80, 0xFF] {
            let state = MemoryState()
            let stage = AlertStage(options)
            for article in articles.prefix(40) {
                var event = ArticleEvent(article: article)
                _ = try stage.process(&event, state: state)
            }
            for (key, value) in state.entries(prefix: "") {
                // Not run out, but cut short or filled with one byte.
                state.set(key, Array((value.prefix(8) + Array(repeating: filler, count: 100)).prefix(count)))
            }
            for article in articles.dropFirst(40) {
                var event = ArticleEvent(article: article)
                _ = try stage.process(&event, state: state)
            }
        }
    }

    @Test("What has run out is forgotten")
    func forgets() throws {
        let options = try options(AlertOptions.self, Self.rules)
        let (stage, state) = (AlertStage(options), MemoryState())
        for article in Self.articles(3) {
            var event = ArticleEvent(article: article)
            _ = try stage.process(&event, state: state)
        }
        #expect(state.entries(prefix: "").count > 10)
        var event = ArticleEvent(article: Article())
        event.article.received = Timestamp(seconds: 1_767_528_000 + 86_400 * 400)
        _ = try stage.process(&event, state: state)
        #expect(state.entries(prefix: "").map(\.key).filter { !$0.hasPrefix("f:") } == ["swept"])
    }

    @Test("An alert says what was counted, in its record too")
    func record() throws {
        let articles = (0..<2).map { number in
            var article = Article()
            article.id = "a\(number)"
            article.source = "wire"
            article.title = "Valve \(number)"
            article.received = Timestamp(seconds: 1_767_528_000 + Int64(number) * 60)
            return article
        }
        let alert = try #require(try Self.alerts(articles).first { $0.rule == "sliding" })
        let expected = AlertWindow(
            kind: "sliding", by: "source", key: "wire", over: .seconds(21_600), from: articles[0].received,
            to: articles[1].received, count: 2)
        #expect(alert.window == expected)
        var json = JSONWriter(capacity: 1024)
        Record.alert(alert).write(to: &json, seq: nil)
        #expect(try Alert(json: json.bytes) == alert)
    }

    @Test("A pattern whose search gives up counts as not found, and is told once")
    func gaveUp() throws {
        let stage = try AlertStage(
            options(
                AlertOptions.self,
                ["rules": [["id": "r", "when": ["text": ["pattern": "(a+)+[bc]"]]]]]))
        var event = ArticleEvent(article: Article())
        event.article.body = String(repeating: "a", count: 5000)
        for _ in 0..<2 { #expect(try stage.process(&event, state: MemoryState()) == .keep) }
        #expect(event.article.alerts.isEmpty)
        #expect(stage.gaveUp == [0: 2])
    }
}
