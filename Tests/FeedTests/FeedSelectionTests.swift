import Testing
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@testable import WirewatchFeed

@Suite struct ItemSelectionTests {
    private static let now = Timestamp(seconds: 1_767_528_000)
    private let base: HTTPURL

    init() throws { base = try HTTPURL("https://press.example/feed.xml") }

    private struct Item {
        var guid: String?
        var link: String?
        var title: String
        var date: String?
        var text = "words"

        init(_ title: String, guid: String? = nil, link: String? = nil, date: String? = nil, text: String = "words") {
            self.title = title
            self.guid = guid
            self.link = link
            self.date = date
            self.text = text
        }

        var xml: String {
            var xml = "<item><title>\(title)</title><description>\(text)</description>"
            if let guid { xml += "<guid isPermaLink=\"false\">\(guid)</guid>" }
            if let link { xml += "<link>\(link)</link>" }
            if let date { xml += "<pubDate>\(date)</pubDate>" }
            return xml + "</item>"
        }
    }

    private func select(
        _ items: [Item], known: KnownItems? = KnownItems(), document: UInt32 = 1, _ literal: OptionLiteral = [:]
    ) throws -> FeedSelection {
        let xml = "<rss version=\"2.0\"><channel><title>Press</title><link>https://press.example/</link>"
        let feed = try FeedReader.read(
            Array((xml + items.map(\.xml).joined() + "</channel></rss>").utf8),
            options: FeedReaderOptions(url: base.text))
        return try FeedSelection(
            feed, known: known, document: document, base: base, options: options(FeedOptions.self, literal),
            now: Self.now)
    }

    private func titles(_ selection: FeedSelection) -> [String] {
        selection.chosen.map { selection.items[$0.place].title }
    }

    private func day(_ day: Int) -> String { "\(day) Dec 2025 08:00:00 GMT" }

    @Test("items come oldest first, whichever way the feed lists them")
    func order() throws {
        let falling = [Item("c", date: day(3)), Item("b", date: day(2)), Item("a", date: day(1))]
        #expect(try titles(select(falling)) == ["a", "b", "c"])
        #expect(try titles(select(falling.reversed())) == ["a", "b", "c"])
        #expect(try titles(select([Item("c"), Item("b"), Item("a")])) == ["a", "b", "c"])
        let mixed = [Item("d", date: day(3)), Item("c"), Item("b", date: day(2)), Item("a", date: day(1))]
        #expect(try titles(select(mixed)) == ["a", "b", "c", "d"])
    }

    @Test("a date in the future does not stick on top, nor in the record")
    func future() throws {
        let items = [Item("c", date: day(3)), Item("b", date: "1 Jan 2031 00:00:00 GMT"), Item("a", date: day(1))]
        let selection = try select(items)
        #expect(titles(selection) == ["a", "b", "c"])
        let document = try FeedDocument.make(
            selection.chosen[1].place, of: selection, feed: Feed(format: FeedFormat(.rss)),
            options: options(FeedOptions.self, [:]), now: Self.now)
        #expect(document.article.published == nil)
    }

    @Test("the first poll takes the newest, and knows the rest")
    func first() throws {
        let items = (1...30).reversed().map { Item("t\($0)", guid: "g\($0)", date: day($0)) }
        let selection = try select(items, known: nil, ["first": 3])
        #expect(titles(selection) == ["t28", "t29", "t30"])
        #expect(try select(items, known: selection.known).chosen.isEmpty)
        #expect(try titles(select(items, known: nil, ["first": "7d"])) == ["t29", "t30"])
        #expect(try select(items, known: nil, ["first": 0]).chosen.isEmpty)
        #expect(try select(items, known: nil).chosen.count == 20)
    }

    @Test("items that share a guid are told apart by URL, then by content")
    func repeatedGuids() throws {
        let byURL = (1...10).map { Item("t", guid: "same", link: "https://press.example/\($0)") }
        let first = try select(byURL)
        #expect(first.chosen.count == 10)
        #expect(try select(byURL, known: first.known).chosen.isEmpty)
        let byContent = (1...10).map { Item("t\($0)", guid: "same") }
        #expect(try select(byContent).chosen.count == 10)
        #expect(
            try select([Item("t", guid: "same"), Item("t", guid: "same")]).chosen.count == 1, "the same thing twice")
    }

    @Test("a guid that becomes shared or changes does not bring an item again")
    func changedGuids() throws {
        let first = try select([Item("a", guid: "1", link: "https://press.example/a")])
        let shared = [
            Item("b", guid: "1", link: "https://press.example/b"),
            Item("a", guid: "1", link: "https://press.example/a"),
        ]
        #expect(try titles(select(shared, known: first.known)) == ["b"])
        let renamed = [Item("a", guid: "new-1", link: "https://press.example/a?utm_source=rss")]
        let after = try select(renamed, known: first.known)
        #expect(after.chosen.isEmpty)
        #expect(try select(renamed, known: after.known).chosen.isEmpty)
    }

    @Test("a changed title or text is a new version, a changed date or markup is not")
    func versions() throws {
        let first = try select([Item("a", guid: "1", date: day(1), text: "one &lt;b&gt;word&lt;/b&gt;")])
        func next(_ item: Item, _ literal: OptionLiteral = [:]) throws -> FeedSelection {
            try select([item], known: first.known, literal)
        }
        #expect(try next(Item("a", guid: "1", date: day(9), text: "one &lt;i&gt;word&lt;/i&gt;")).chosen.isEmpty)
        let changed = try next(Item("a", guid: "1", date: day(1), text: "another word"))
        #expect(changed.chosen.map(\.isUpdate) == [true])
        #expect(try next(Item("b", guid: "1", date: day(1))).chosen.count == 1)
        #expect(try next(Item("b", guid: "1", date: day(1)), ["updates": false]).chosen.isEmpty)
        let feed = Feed(format: FeedFormat(.rss))
        let identities = try [first, changed].map {
            try FeedDocument.make(
                $0.chosen[0].place, of: $0, feed: feed, options: options(FeedOptions.self, [:]), now: Self.now
            ).identity
        }
        #expect(identities[0] != identities[1])
    }

    @Test("a text that differs at each poll is not news for ever")
    func restless() throws {
        var known = KnownItems()
        var versions = 0
        var restless = 0
        for number in 0..<50 {
            let selection = try select([Item("a", guid: "1", text: "read \(number) times")], known: known)
            versions += selection.chosen.count
            restless += selection.restless
            known = selection.known
        }
        #expect(versions == 20 && restless == 30)
    }

    @Test("what is known stays bounded, and keeps what was there lately")
    func bounds() throws {
        var known = KnownItems()
        for document in UInt32(0)..<300 {
            let items = (0..<20).map { Item("t", guid: "\(document)-\($0)") }
            known = try select(items, known: known, document: document).known
        }
        #expect(known.entries.count <= 2020)
        let recent = (0..<20).map { Item("t", guid: "290-\($0)") }
        #expect(try select(recent, known: known, document: 300).chosen.isEmpty, "resurfaced items are known")
        #expect(KnownItems(encoded: known.encoded) == known)
        #expect(KnownItems(encoded: Array(known.encoded.dropLast())) == nil)
        #expect(KnownItems(encoded: []) == nil)
    }

    @Test("plain text keeps its paragraphs")
    func plainText() {
        func body(_ text: String) -> String {
            var item = FeedItem()
            item.content = FeedText(text, isHTML: false)
            return item.article(in: Feed(format: FeedFormat(.rss)), received: Timestamp(seconds: 0)).article.body
        }
        #expect(body("  a\n b \r\n\n \n c\td\n") == "a b\n\nc d")
        #expect(body(" \n ") == "")
    }
}
