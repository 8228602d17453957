import Synchronization
import Testing
import WirewatchKit
import WirewatchMetrics
import WirewatchTesting

@Suite("The metrics stage")
struct StageTests {
    private func run(_ article: Article, _ options: MetricsOptions = MetricsOptions()) throws -> [Metric] {
        var event = ArticleEvent(article: article)
        #expect(try Metrics(options).process(&event) == .keep)
        return event.article.metrics
    }

    private var article: Article {
        var article = Article()
        article.title = "Maker sells 90,000 scooters"
        article.subtitle = "Profit margin hits 12%"
        article.body = "The maker sold 90,000 scooters last year.\n\nIt employs 1,200 people."
        article.captions = [
            Caption(text: "The plant made 90,000 scooters."), Caption(text: "A hall of 7,000 square metres."),
        ]
        return article
    }

    @Test("Every field is read, and what repeats the body is reported once")
    func fields() throws {
        let metrics = try run(article)
        #expect(metrics.filter { $0.unit == "scooter" }.count(where: { $0.span.field == .body }) == 1)
        #expect(metrics.contains { $0.span.field == .subtitle && $0.unit == "%" })
        #expect(metrics.contains { $0.span.field == .caption(1) && $0.unit == "m2" })
        #expect(!metrics.contains { $0.span.field == .title })
        for metric in metrics { #expect(article.text(of: metric.span) == metric.surface) }
    }

    @Test("Only the fields asked for are read")
    func chosenFields() throws {
        let metrics = try run(article, try options(MetricsOptions.self, ["fields": ["title"]]))
        #expect(metrics.map(\.span.field) == [.title])
    }

    @Test("Claims below the confidence asked for are left out")
    func confidence() throws {
        #expect(try run(article, try options(MetricsOptions.self, ["min_confidence": 1.0])).isEmpty)
    }

    @Test("Running twice changes nothing")
    func idempotent() throws {
        let stage = Metrics(MetricsOptions())
        var event = ArticleEvent(article: article)
        _ = try stage.process(&event)
        let once = event.article
        _ = try stage.process(&event)
        #expect(event.article == once)
    }

    @Test("explain shows each metric with its parse")
    func explanation() throws {
        let stage = Metrics(MetricsOptions())
        var event = ArticleEvent(article: article)
        _ = try stage.process(&event)
        let explanation = try #require(stage.explain(event))
        #expect(explanation.children.count(where: { $0.held == true }) == event.article.metrics.count)
        #expect(explanation.children.first?.label == "unit_sales: \"90,000 scooters\" in body")
        #expect(explanation.children.first?.detail?.contains("90000.0 scooter") == true)
    }

    static let rejected: [(text: String, surface: String, reason: String)] = [
        ("It opened on 4 March 2021.", "4", "a date or a time"),
        ("The phone runs Android 15 now.", "15", "part of a name or behind a label"),
        ("Ann Lee, 34, runs it.", "34", "the age of a person"),
        ("It plans five trips.", "", ""),
        ("The Hawks won 45 - 36 at home.", "45", "a score or a result"),
        ("He lives at 221 Baker Street.", "221", "the number of a house"),
        ("They sold 40 cars in the past two years.", "in the past two years", "says when"),
        ("公司成立于2019年3月5日。", "2019年3月5日", "says when"),
    ]

    @Test("explain shows what was read and left out, with the reason", arguments: rejected)
    func rejections(_ text: String, _ surface: String, _ reason: String) throws {
        var article = Article()
        article.body = text
        let stage = Metrics(MetricsOptions())
        var event = ArticleEvent(article: article)
        _ = try stage.process(&event)
        let left = try #require(stage.explain(event)).children.filter { $0.held == false }
        if surface.isEmpty {
            #expect(left.isEmpty)
        } else {
            #expect(left.contains { $0.label == "\"\(surface)\" in body" && $0.detail == reason }, "\(left)")
            for child in left {
                for span in child.spans { #expect(child.label.contains(article.text(of: span) ?? "?")) }
            }
        }
    }

    @Test("No more claims are kept than asked for, the headline's before the body's, and the article is counted")
    func limit() throws {
        let counted = Mutex<[String]>([])
        var article = Article()
        article.title = "Maker hires 70 cooks"
        article.body = String(repeating: "It sold 12 pans and 30 pots. ", count: 50)
        let stage = Metrics(MetricsOptions(maxClaims: 9), count: { word in counted.withLock { $0.append(word) } })
        var event = ArticleEvent(article: article)
        _ = try stage.process(&event)
        #expect(event.article.metrics.count == 9)
        #expect(event.article.metrics.contains { $0.unit == "cook" })
        #expect(event.article.metrics.first?.span.range.lowerBound == 8)
        #expect(counted.withLock { $0 } == ["claims_cut"])
        #expect(stage.explain(event)?.detail?.contains("max_claims is reached") == true)
    }

    @Test("A limit that is not reached changes nothing and counts nothing")
    func unreached() throws {
        let counted = Mutex<[String]>([])
        let stage = Metrics(MetricsOptions(maxClaims: 5), count: { word in counted.withLock { $0.append(word) } })
        var event = ArticleEvent(article: article)
        _ = try stage.process(&event)
        #expect(try event.article.metrics == run(article))
        #expect(counted.withLock { $0 }.isEmpty)
    }

    @Test("Options that cannot work are refused with the reason")
    func refused() throws {
        #expect(throws: RefusedOptions.self) {
            try options(MetricsOptions.self, ["kinds": ["x": ["far too many words"]]])
        }
        #expect(throws: RefusedOptions.self) {
            try options(MetricsOptions.self, ["units": ["one two three four": "x"]])
        }
        let mistakes: [OptionLiteral] = [
            ["units": ["5x": "x"]], ["units": ["--": "x"]], ["units": ["box": "two words"]],
            ["kinds": ["Big Kind": ["word"]]],
            ["kinds": ["orders": [" "]]],
        ]
        for mistake in mistakes {
            #expect(throws: RefusedOptions.self) { try options(MetricsOptions.self, mistake) }
        }
    }

    @Test("The plugin makes the stage")
    func plugin() throws {
        #expect(Plugin.metrics.name == "metrics")
        guard case .stage(let make) = Plugin.metrics.factory else { return #expect(Bool(false)) }
        _ = try make(MetricsOptions(), .test())
    }
}
