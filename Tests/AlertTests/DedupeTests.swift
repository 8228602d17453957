import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchDedupe

@Suite("dedupe")
struct DedupeTests {
    static let text =
        "The maker of small arms for kitchens said on Monday that it would open a second plant in the valley, "
    static let other =
        "A consortium of harbour towns along the northern coast has agreed to lay a shared cable by next summer, "

    /// Runs articles of (url, body, hours after the first) through the stage; the reasons of those dropped.
    static func verdicts(_ articles: [(String?, String, Int64)], window: OptionLiteral = "30d") throws -> [String?] {
        let stage = try Dedupe(options(DedupeOptions.self, ["window": window]))
        let state = MemoryState()
        return try articles.map { url, body, hours in
            var event = ArticleEvent(article: Article())
            event.article.url = url
            event.article.title = "Title"
            event.article.body = body
            event.article.received = Timestamp(seconds: 1_767_528_000 + hours * 3600)
            guard case .drop(let reason) = try stage.process(&event, state: state) else { return nil }
            return reason
        }
    }

    @Test("drops what was seen, and says by what it knew it")
    func drops() throws {
        let (a, b) = ("https://example.org/a", "https://example.org/b")
        #expect(try Self.verdicts([(a, Self.text, 0), (a, Self.text, 1)]) == [nil, "duplicate_url"])
        #expect(try Self.verdicts([(a, Self.text, 0), (b, Self.text.uppercased(), 1)]) == [nil, "duplicate_text"])
        #expect(try Self.verdicts([(a, Self.text, 0), (b, Self.other, 1)]) == [nil, nil])
        #expect(try Self.verdicts([(nil, Self.text, 0), (nil, Self.text, 1)]) == [nil, "duplicate_text"])
        #expect(
            try Self.verdicts([(a, Self.text, 0), ("http://www.Example.org/a/?utm_source=x#top", Self.text, 1)])
                == [nil, "duplicate_url"])
    }

    @Test("keeps a new version of the text of a URL, once")
    func versions() throws {
        let a = "https://example.org/a"
        #expect(
            try Self.verdicts([(a, Self.text, 0), (a, Self.other, 1), (a, Self.other, 2), (a, Self.text, 3)])
                == [nil, nil, "duplicate_url", "duplicate_text"])
    }

    @Test("does not take a short text for a duplicate of another page")
    func short() throws {
        let (a, b) = ("https://example.org/a", "https://example.org/b")
        #expect(try Self.verdicts([(a, "Daily", 0), (b, "Daily", 1), (a, "Daily", 2)]) == [nil, nil, "duplicate_url"])
    }

    @Test("forgets what was last seen before the window, and no sooner")
    func window() throws {
        let a = "https://example.org/a"
        #expect(try Self.verdicts([(a, Self.text, 0), (a, Self.text, 23)], window: "1d") == [nil, "duplicate_url"])
        #expect(try Self.verdicts([(a, Self.text, 0), (a, Self.text, 25)], window: "1d") == [nil, nil])
        #expect(
            try Self.verdicts([(a, Self.text, 0), (a, Self.text, 20), (a, Self.text, 40)], window: "1d")
                == [nil, "duplicate_url", "duplicate_url"])
    }

    @Test("removes its keys when they are too old, after a long rest too", arguments: [30, 200, 5000])
    func forgets(gap: Int64) throws {
        let stage = try Dedupe(options(DedupeOptions.self, ["window": "1d"]))
        let state = MemoryState()
        func see(_ n: Int64, hours: Int64) throws {
            var event = ArticleEvent(article: Article())
            event.article.url = "https://example.org/\(n)"
            event.article.body = Self.text + "number \(n)"
            event.article.received = Timestamp(seconds: 1_767_528_000 + hours * 3600)
            _ = try stage.process(&event, state: state)
        }
        for n in Int64(0)..<50 { try see(n, hours: n / 5) }
        #expect(state.entries(prefix: "u:").count == 50 && state.entries(prefix: "t:").count == 50)
        for hour in stride(from: Int64(11), through: gap, by: 7) { try see(1000, hours: hour) }
        try see(1000, hours: gap + 12)
        #expect(state.entries(prefix: "u:").count == 1 && state.entries(prefix: "t:").count == 1)
        #expect(state.entries(prefix: "x:").count <= 16)
    }

    @Test(
        "tells URLs apart by what matters",
        arguments: [
            ("https://example.org/a?b=1&a=2", "http://EXAMPLE.org/a?a=2&b=1", true),
            ("https://example.org/a", "https://example.org/A", false),
            ("https://example.org/a?id=1", "https://example.org/a?id=2", false),
            ("https://example.org/?fbclid=x", "https://www.example.org", true),
            ("", "https://", true),
        ])
    func urls(_ a: String, _ b: String, _ same: Bool) { #expect((URLKey.of(a) == URLKey.of(b)) == same) }
}
