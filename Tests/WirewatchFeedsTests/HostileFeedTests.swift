import Testing
import WirewatchFeeds
import WirewatchTesting

@Suite("Hostile feeds")
struct HostileFeedTests {
    @Test(
        "hostile shapes take no more than time in proportion",
        arguments: [
            String(repeating: "<a>", count: 20_000),
            String(repeating: "<item>", count: 10_000),
            String(repeating: "<a>", count: 10_000) + String(repeating: "</b>", count: 10_000),
            "<item><description>" + String(repeating: "<b>", count: 10_000),
            "<item>" + String(repeating: "<category>x</category>", count: 5_000),
            "<item><title>" + String(repeating: "<", count: 20_000),
            "<item><title>" + String(repeating: "&lt;a", count: 10_000),
            String(repeating: "<x xmlns:p='u'>", count: 10_000),
            String(repeating: "<!DOCTYPE [", count: 5_000),
            "<item><link>" + String(repeating: "../", count: 10_000),
            String(repeating: "<x xml:base='a/'>", count: 1000) + "<item><link href='x'/></item>",
        ])
    func hostile(_ body: String) throws {
        _ = try read("<rss><channel>" + body)
        _ = try read("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>" + body)
    }

    @Test("every prefix of a feed is read without harm")
    func prefixes() throws {
        let feed = Array(
            "<?xml version='1.0'?><rss xmlns:a='http://www.w3.org/2005/Atom'><channel><a:link href='x'/><item><title>T&amp;<![CDATA[c]]></title><guid isPermaLink='true'>http://e.org/x</guid><author>a@b (c)</author></item></channel></rss>"
                .utf8)
        for end in 0...feed.count {
            _ = try? FeedReader.read(Array(feed[..<end]), options: FeedReaderOptions(url: "https://example.org/"))
        }
        for at in feed.indices {
            var changed = feed
            for byte: UInt8 in [0, 0x3C, 0x3E, 0x26, 0xFF, 0x22] {
                changed[at] = byte
                _ = try? FeedReader.read(changed)
            }
        }
    }

    @Test("spliced and cut feeds are read without harm", arguments: [1, 2, 3, 4])
    func spliced(seed: Int) {
        let pieces = [
            "<rss>", "<channel>", "<item xmlns:p='http://purl.org/dc/elements/1.1/'>", "</item>",
            "<entry xml:base='../x/'>",
            "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:m='http://search.yahoo.com/mrss/'>", "</entry>",
            "<p:creator>x",
            "<content type='xhtml'>", "<div xmlns='http://www.w3.org/1999/xhtml'>", "</div>", "</content>",
            "<title>t&amp;&bogus;",
            "</title>", "<author><name>n</name>", "</author>", "<link href='a'/>", "<link>/b</link>",
            "<![CDATA[<b>c]]>", "<!--",
            "-->", "<!DOCTYPE x [", "]>", "<m:content url='u'>", "<m:group>", "<source>", "</source>", "<guid>g",
            "</guid>",
            "<category term='k'/>", "<pubDate>Tue, 30 Dec 2025 22:24:00 +0800</pubDate>", "</channel>", "</rss>",
            "</feed>", "\u{0}",
            "<br>", "<description>&lt;p&gt;", "</description>", "\u{FFFD}<", "&#x110000;", "<rdf:RDF>", "<?pi", "?>",
        ].map { Array($0.utf8) }
        var generator = SeededGenerator(seed: UInt64(seed))
        func random(_ limit: Int) -> Int { generator.below(limit) }
        for _ in 0..<1500 {
            var bytes: [UInt8] = Array((random(2) == 0 ? "<rss><channel>" : "<feed>").utf8)
            for _ in 0..<random(40) { bytes += pieces[random(pieces.count)] }
            if random(3) == 0 { bytes.removeLast(random(bytes.count)) }
            let feed = try? FeedReader.read(bytes, options: FeedReaderOptions(url: "https://example.org/a/b"))
            #expect((feed?.items.count ?? 0) <= bytes.count)
        }
    }

    @Test("feeds with changed bytes are read without harm", arguments: [5, 6, 7])
    func mutated(seed: Int) {
        let feed = Array(
            """
            <?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE rss [<!ENTITY e "x">]>
            <rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>&e; &amp;</title><ttl>60</ttl>
            <image><url>u</url><width>3</width></image><skipHours><hour>1</hour></skipHours>
            <item xml:base="b/"><guid>http://example.org/1</guid><author>a@example.org (A)</author><georss:point>1 2</georss:point>
            <description>&lt;a href="x"&gt;y&lt;/a&gt;<b>z</b></description><media:content url="m.jpg" width="1"/>
            <source url="s">S</source><pubDate>Tue, 03 Mar 2026 07:08:09 EST</pubDate><itunes:duration>1:2</itunes:duration></item>
            </channel></rss>
            """.utf8)
        var generator = SeededGenerator(seed: UInt64(seed))
        let marks = Array("<>&;\"'/=![]:- \u{0}x9".utf8) + [0xFF, 0xC3]
        for _ in 0..<800 {
            var bytes = feed
            for _ in 0...generator.below(6) {
                let at = generator.below(bytes.count)
                switch generator.below(4) {
                case 0: bytes[at] = marks[generator.below(marks.count)]
                case 1: bytes.remove(at: at)
                case 2: bytes.insert(marks[generator.below(marks.count)], at: at)
                default:
                    let end = min(bytes.count, at + generator.below(60))
                    bytes.insert(contentsOf: Array(bytes[at..<end]), at: generator.below(bytes.count))
                }
            }
            let read = try? FeedReader.read(bytes, options: FeedReaderOptions(url: "https://example.org/a"))
            #expect((read?.items.count ?? 0) <= bytes.count)
        }
    }
}
