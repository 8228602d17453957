import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchAlert

@Suite("Updates as further sources tell a story")
struct StoryUpdateTests {
    /// The alerts of articles of one story that then has these numbers of sources, a new stage for each article.
    private static func alerts(_ sources: [Int], _ alert: OptionLiteral) throws -> [Alert] {
        let rules: OptionLiteral = ["rules": [["id": "brass", "when": ["text": ["any": "brass"]], "alert": alert]]]
        let state = MemoryState()
        return try sources.enumerated().flatMap { number, sources in
            var article = Article()
            article.id = "a\(number)"
            article.source = "wire"
            article.title = "A pump of brass"
            article.received = Timestamp(seconds: 1_767_528_000 + Int64(number) * 60)
            article.story = Story(id: "s", sources: sources, firstSeen: article.received)
            var event = ArticleEvent(article: article)
            _ = try AlertStage(options(AlertOptions.self, rules)).process(&event, state: state)
            return event.article.alerts
        }
    }

    private struct Case {
        var sources: [Int]
        var alert: OptionLiteral
        /// The number in the reasons of each alert; 0 for the first.
        var updates: [Int]
    }

    @Test("An alert comes again at the numbers of sources that were asked for, once each")
    func updates() throws {
        let cases = [
            Case(sources: [1, 2, 3, 3, 4, 9, 10, 10, 11], alert: ["update_sources": [3, 10]], updates: [0, 3, 10]),
            Case(sources: [1, 2, 3, 4], alert: ["update_sources": 2], updates: [0, 2]),
            // Two numbers passed at once; the order in the file does not matter.
            Case(sources: [1, 12, 12], alert: ["update_sources": [10, 3]], updates: [0, 10]),
            // The first alert told of four already.
            Case(sources: [4, 4, 5, 6], alert: ["update_sources": [3, 6]], updates: [0, 6]),
            Case(sources: [1, 2, 3, 10], alert: [:], updates: [0]),
            Case(sources: [1, 2, 3], alert: ["update_sources": 3, "repeat_interval": "30d"], updates: [0, 3]),
        ]
        for item in cases {
            let alerts = try Self.alerts(item.sources, item.alert)
            let expected = item.updates.map { $0 == 0 ? [] : ["update at \($0) sources"] }
            #expect(alerts.map { $0.because.map(\.condition).filter { $0.hasPrefix("update") } } == expected)
            #expect(Set(alerts.map(\.id)).count == alerts.count)
            #expect(alerts.allSatisfy { $0.story == "s" })
        }
    }
}
