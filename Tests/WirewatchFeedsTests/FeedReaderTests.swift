import Testing
import WirewatchFeeds
import WirewatchKit

struct FeedReaderTests {
    private func read(_ text: String, url: String? = nil) throws -> Feed {
        try FeedReader.read(Array(text.utf8), options: FeedReaderOptions(url: url))
    }

    @Test("RSS 2.0 with the usual modules")
    func rss() throws {
        let feed = try read(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <!-- a comment before the root -->
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
              xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
              xmlns:media="http://search.yahoo.com/mrss/">
            <channel>
              <title>Robots &amp;amp; Chips</title>
              <atom:link href="https://example.org/feed.xml" rel="self"/>
              <link>https://example.org/</link>
              <description>All about &lt;b&gt;machines&lt;/b&gt;</description>
              <language>en-gb</language>
              <image><title>Logo</title><url>x.png</url><link>https://example.org/logo</link></image>
              <item>
                <title><![CDATA[A <em>new</em> arm &amp; hand]]></title>
                <link> /arm </link>
                <guid isPermaLink="false">g1</guid>
                <dc:creator>Ada Example</dc:creator>
                <dc:creator>Bo Example</dc:creator>
                <pubDate>Tue, 30 Dec 2025 22:24:00 +0800</pubDate>
                <category>Robotics</category><category>Arms</category>
                <description>Short.</description>
                <content:encoded><![CDATA[<p>Long &amp; <b>bold</b>.</p>]]></content:encoded>
                <enclosure url="/a.mp3" type="audio/mpeg" length="123"/>
                <media:title>not this</media:title>
              </item>
              <item>
                <guid>https://example.org/second</guid>
                <author>desk@example.org (The Desk)</author>
                <description>&lt;p&gt;Only &lt;i&gt;this&lt;/i&gt;&lt;/p&gt;</description>
              </item>
            </channel></rss>
            """)
        #expect(feed.format == FeedFormat(.rss, version: "2.0"))
        #expect(feed.title == "Robots & Chips")
        #expect(feed.link == "https://example.org/")
        #expect(feed.description == FeedText("All about <b>machines</b>", isHTML: true))
        #expect(feed.language == "en-gb")
        try #require(feed.items.count == 2)
        let first = feed.items[0]
        #expect(first.title == "A new arm & hand")
        #expect(first.url == "https://example.org/arm")
        #expect(first.id == "g1")
        #expect(first.authors.map(\.name) == ["Ada Example", "Bo Example"])
        #expect(first.published?.text == "2025-12-30T22:24:00+08:00")
        #expect(first.tags.map(\.term) == ["Robotics", "Arms"])
        #expect(first.summary == FeedText("Short.", isHTML: false))
        #expect(first.content == FeedText("<p>Long &amp; <b>bold</b>.</p>", isHTML: true))
        #expect(first.enclosures.map(\.length) == [123])
        let second = feed.items[1]
        #expect(second.url == "https://example.org/second")
        #expect(second.authors == [FeedPerson(name: "The Desk", email: "desk@example.org")])
        #expect(second.summary == FeedText("<p>Only <i>this</i></p>", isHTML: true))
        #expect(second.summary?.plain == "Only this")
    }

    @Test("RSS 1.0 on RDF, whose items stand beside the channel")
    func rdf() throws {
        let feed = try read(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
              xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel rdf:about="https://example.org/rdf"><title>RDF</title><link>https://example.org/</link>
            <items><rdf:Seq><rdf:li resource="https://example.org/1"/></rdf:Seq></items></channel>
            <item rdf:about="https://example.org/1"><title>One</title><link>https://example.org/1</link>
            <dc:date>2025-12-03</dc:date><dc:subject>AI</dc:subject></item></rdf:RDF>
            """)
        #expect(feed.format == FeedFormat(.rdf, version: "1.0"))
        #expect(feed.title == "RDF")
        #expect(feed.items.map(\.id) == ["https://example.org/1"])
        #expect(feed.items[0].published?.text == "2025-12-03")
        #expect(feed.items[0].tags == [FeedTag("AI")])
    }

    @Test("Atom 1.0 with its text types, bases and links")
    func atom() throws {
        let feed = try read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/blog/">
              <title type="html">Less &amp;lt; &lt;b&gt;more&lt;/b&gt;</title>
              <id>tag:example.org,2025:feed</id>
              <link rel="self" href="feed.atom"/><link href="."/>
              <author><name>Feed Author</name><email>a@example.org</email></author>
              <updated>2025-12-03T10:00:00Z</updated>
              <entry xml:base="2025/">
                <title>1 &lt; 2</title><id>tag:example.org,2025:1</id>
                <link rel="enclosure" href="pod.mp3" type="audio/mpeg"/>
                <link rel="alternate" type="text/html" href="../one"/>
                <published>2025-12-01T09:30:00+01:00</published><updated>2025-12-02T09:30:00Z</updated>
                <author><name>Entry Author</name></author>
                <category term="x" label="Label X"/>
                <summary type="text">Plain &lt;text&gt;</summary>
                <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b class="k">bold</b> &amp; <br/>x</div></content>
                <source><title>Elsewhere</title><id>other</id></source>
              </entry>
            </feed>
            """)
        #expect(feed.format.name == "atom10")
        #expect(feed.title == "Less < more")
        #expect(feed.id == "tag:example.org,2025:feed")
        #expect(feed.link == "https://example.org/blog/")
        #expect(feed.authors == [FeedPerson(name: "Feed Author", email: "a@example.org")])
        let entry = try #require(feed.items.first)
        #expect(entry.title == "1 < 2")
        #expect(entry.id == "tag:example.org,2025:1")
        #expect(entry.url == "https://example.org/blog/one")
        #expect(entry.enclosures.map(\.url) == ["https://example.org/blog/2025/pod.mp3"])
        #expect(entry.published?.text == "2025-12-01T09:30:00+01:00")
        #expect(entry.updated?.text == "2025-12-02T09:30:00Z")
        #expect(entry.authors.map(\.name) == ["Entry Author"])
        #expect(entry.tags == [FeedTag("x", label: "Label X")])
        #expect(entry.summary == FeedText("Plain <text>", isHTML: false))
        #expect(entry.content?.text == "<div>A <b class=\"k\">bold</b> &amp; <br>x</div>")
        #expect(entry.content?.isHTML == true)
    }

    @Test("Atom 0.3 under its own names")
    func atom03() throws {
        let feed = try read(
            """
            <feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><tagline>Still here</tagline>
            <entry><title mode="escaped" type="text/html">T &lt;i&gt;i&lt;/i&gt;</title><id>1</id>
            <issued>2004-05-06T07:08:09Z</issued><modified>2004-05-07T07:08:09Z</modified>
            <content type="text/html" mode="escaped">&lt;p&gt;x</content></entry></feed>
            """)
        #expect(feed.description == FeedText("Still here", isHTML: false))
        #expect(feed.format.name == "atom03")
        #expect(feed.items[0].title == "T i")
        #expect(feed.items[0].published?.text == "2004-05-06T07:08:09Z")
        #expect(feed.items[0].content == FeedText("<p>x", isHTML: true))
    }

    @Test("JSON Feed, with members of the wrong type left out")
    func json() throws {
        let feed = try read(
            """
            {"version":"https://jsonfeed.org/version/1.1","title":" J ","home_page_url":"https://example.org/","language":"de",
            "authors":[{"name":"A"},{"name":7},5],"items":[
            {"id":1,"url":"/1","title":null,"content_text":"Plain","tags":["a",3,"b"],"date_published":"2025-12-03T10:00:00+01:00"},
            "junk",
            {"id":"2","content_html":"<p>x","summary":"s","attachments":[{"url":"/a.mp3","size_in_bytes":5}],"author":{"name":"Old"}}]}
            """)
        #expect(feed.title == "J")
        #expect(feed.authors.map(\.name) == ["A"])
        #expect(feed.items.map(\.id) == ["1", "2"])
        #expect(feed.items[0].url == "https://example.org/1")
        #expect(feed.items[0].tags.map(\.term) == ["a", "b"])
        #expect(feed.items[0].published?.text == "2025-12-03T10:00:00+01:00")
        #expect(feed.items[1].content == FeedText("<p>x", isHTML: true))
        #expect(feed.items[1].authors.map(\.name) == ["Old"])
        #expect(feed.items[1].enclosures == [.init(url: "https://example.org/a.mp3", length: 5)])
    }

    @Test(
        "a broken feed yields what can be told of it",
        arguments: [
            "<rss><channel><item><title>A</title></item><item><title>B & C</title>",
            "<rss><channel><item><title>A</title><x:y><item><title>nested</title></item></x:y></item><item><title>B &amp; C</title></item></channel></rss>",
            "<rss><channel><item><title>A<item><title>B &amp; C</title></item></channel></rss>",
            "<rss><channel><item><title>A</title></wrong></item><item><title>B &amp; C</title><p></item></channel>",
            "\u{FEFF}\n <?xml version='1.0'?><rss><channel><item><title>A</title><description>x<br>y</description></item>"
                + "<item><title>B &amp; C</title></item></channel></rss>junk",
        ])
    func broken(_ text: String) throws {
        #expect(try read(text).items.map(\.title) == ["A", "B & C"])
    }

    @Test("a feed in another charset is read as it declares, or as the server says")
    func charset() throws {
        let end = Array("</title></channel></rss>".utf8)
        let latin = Array("<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>Caf".utf8) + [0xE9] + end
        #expect(try FeedReader.read(latin).title == "Caf\u{E9}")
        let bare = Array("<rss><channel><title>".utf8) + [0xCF, 0xF0, 0xE8] + end
        #expect(try FeedReader.read(bare, charset: "windows-1251").title == "\u{41F}\u{440}\u{438}")
    }

    @Test(
        "what is no feed is refused",
        arguments: ["", "hello", "<html><body></body></html>", "<a><b/></a>", "{\"x\":1}", "{"])
    func refused(_ text: String) {
        #expect(throws: FeedError.self) { try read(text) }
    }

    @Test("entities that a document type declares are never expanded")
    func entities() throws {
        var bomb = "<!DOCTYPE rss [<!ENTITY a0 \"ha\">"
        for level in 1..<40 {
            bomb += "<!ENTITY a\(level) \"" + String(repeating: "&a\(level - 1);", count: 10) + "\">"
        }
        bomb +=
            "<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>T &a39; &x;</title></item></channel></rss>"
        let title = try read(bomb).items.first?.title
        #expect(title == "T &a39; &x;")
    }

    @Test(
        "references are resolved as RFC 3986 has it",
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            (".", "http://a/b/c/"), ("..", "http://a/b/"), ("../g", "http://a/b/g"), ("../../../g", "http://a/g"),
            ("mailto:x@y", "mailto:x@y"), (" g\n", "http://a/b/c/g"),
        ])
    func references(_ reference: String, _ expected: String) throws {
        let feed = try read(
            "<rss><channel><item><title>t</title><link>\(reference)</link></item></channel></rss>",
            url: "http://a/b/c/d;p?q")
        #expect(feed.items[0].url == expected)
    }
}
