import Testing
import WirewatchKit
import WirewatchMetrics
import WirewatchTesting

@Suite("Who says it, how sure, and about whom")
struct SpeakerTests {
    static let speakers: [(String, String?)] = [
        ("According to Bain, costs could fall by 60 percent.", "Bain"),
        ("The plant makes 4,000 cars a day, the company said on Monday.", "the company"),
        ("Analysts at Citi expect shipments to reach 30,000 units.", "Analysts at Citi"),
        ("\"We sold 20,000 cars,\" said Wang Lin, chief executive of Acme.", "Wang Lin"),
        ("The study found that 40 percent of drivers agree.", "The study"),
        ("The firm found 40 faults.", nil),
        ("The market is forecast to grow 14 percent.", nil),
        ("The plant employs 4,000 people.", nil),
        ("据工信部统计，产量达到55.6万套。", "工信部"),
        ("张伟表示，公司投资30亿元。", "张伟"),
        ("公司投资30亿元。", nil),
    ]

    @Test("Who says it", arguments: speakers)
    func speaker(_ text: String, _ expected: String?) throws {
        let metric = try #require(MetricExtractor().metrics(in: text).first)
        #expect(metric.attribution == expected)
    }

    static let modalities: [(String, Metric.Modality?)] = [
        ("Acme plans to invest $2 billion.", .planned),
        ("The plant will hire 500 engineers.", .planned),
        ("The tax could raise $90 million.", .possible),
        ("The firm did not raise $50 million.", .negated),
        ("The firm didn't raise $50 million.", .negated),
        ("Sales are expected to reach 30,000 units.", .expected),
        ("Sales are not expected to reach 30,000 units.", .negated),
        ("Not only did it earn $5 million in May.", nil),
        ("The plant, which plans to expand, earned $5 million.", nil),
        ("Acme earned no more than $5 million.", nil),
        ("In May it sold 30,000 units.", nil),
        ("公司计划投资30亿元。", .planned),
        ("销量可能达到10万辆。", .possible),
        ("公司投资30亿元。", nil),
    ]

    @Test("How a claim is held", arguments: modalities)
    func modality(_ text: String, _ expected: Metric.Modality?) throws {
        let metric = try #require(MetricExtractor().metrics(in: text).first)
        #expect(metric.modality == expected)
    }

    @Test("A claim is about the name before it in its sentence, else the title's subject")
    func entities() throws {
        var article = Article()
        article.title = "Acme grows"
        article.body = "Acme sold 90,000 scooters while Bolt sold 30,000 scooters. Staff rose to 500 people."
        article.entities = [
            Entity(
                id: "acme", name: "Acme", type: "company", role: .subject,
                mentions: [TextSpan(.title, 0..<4), TextSpan(.body, 0..<4)]),
            Entity(id: "bolt", name: "Bolt", type: "company", role: .mention, mentions: [TextSpan(.body, 32..<36)]),
            // Who speaks of staff is not who has them.
            Entity(id: "staff", name: "Staff", type: "person", role: .mention, mentions: [TextSpan(.body, 59..<64)]),
        ]
        var event = ArticleEvent(article: article)
        _ = try Metrics(MetricsOptions()).process(&event)
        #expect(event.article.metrics.map(\.entity) == ["acme", "bolt", "acme"])
        event.article.entities = []
        _ = try Metrics(MetricsOptions()).process(&event)
        #expect(event.article.metrics.allSatisfy { $0.entity == nil })
    }

    @Test("Chinese units and cue words of a user are known")
    func additions() throws {
        let own = MetricExtractor(units: ["箱": "{box}"], kinds: ["defects": ["次品率"]])
        #expect(own.metrics(in: "公司卖出300箱。").map(\.unit) == ["{box}"])
        #expect(own.metrics(in: "次品率为3%。").map(\.kind) == ["defects"])
    }
}
