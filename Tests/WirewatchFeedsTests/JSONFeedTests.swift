import Testing
import WirewatchFeeds
import WirewatchKit

@Suite("JSON Feed")
struct JSONFeedTests {
    @Test("every member of version 1.1")
    func members() throws {
        let feed = try read(
            """
            {"version":"https://jsonfeed.org/version/1.1","title":"T","home_page_url":"https://example.org/","feed_url":"feed.json",
            "next_url":"feed2.json","icon":"/i.png","favicon":"/f.ico","user_comment":"for machines","hubs":[{"type":"WebSub","url":"https://hub.example.org/"},7],
            "authors":[{"name":"A","url":"https://example.org/a"}],
            "items":[{"id":"https://example.org/1","external_url":"https://example.net/x","content_html":"<a href='/z'>z</a>","image":"p.png",
            "date_modified":"2026-01-02T03:04:05Z","language":"fr","attachments":[{"url":"m.mp3","mime_type":"audio/mpeg","size_in_bytes":9}]}]}
            """, url: "https://example.org/feed.json")
        #expect(feed.selfLink == "https://example.org/feed.json")
        #expect(feed.hubs == ["https://hub.example.org/"])
        #expect(feed.logo == "https://example.org/i.png")
        #expect(feed.icon == "https://example.org/f.ico")
        #expect(feed.info?.text == "for machines")
        let item = try #require(feed.items.first)
        #expect(item.url == "https://example.net/x")
        #expect(item.authors == [FeedPerson(name: "A", url: "https://example.org/a")])
        #expect(item.content?.text == "<a href='https://example.org/z'>z</a>")
        #expect(item.image?.url == "https://example.org/p.png")
        #expect(item.updated?.text == "2026-01-02T03:04:05Z")
        #expect(item.language == "fr")
        #expect(item.enclosures == [FeedEnclosure(url: "https://example.org/m.mp3", type: "audio/mpeg", length: 9)])
    }

    @Test("nesting without end is refused, not followed")
    func deep() {
        let text = #"{"items":"# + String(repeating: "[", count: 100_000)
        #expect(throws: FeedError.self) { try read(text) }
    }
}
