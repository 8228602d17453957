import Testing
import WirewatchFeeds
import WirewatchKit

@Suite("Items")
struct ItemTests {
    @Test(
        "a guid is the page only where it says so and looks so",
        arguments: [
            ("<guid>https://example.org/a</guid>", "https://example.org/a"),
            ("<guid isPermaLink='true'>https://example.org/a</guid>", "https://example.org/a"),
            ("<guid isPermaLink='FALSE'>https://example.org/a</guid>", nil),
            ("<guid>tag:example.org,2026:a</guid>", nil),
            ("<guid>https://example.org/a</guid><link>https://example.org/b</link>", "https://example.org/b"),
        ] as [(String, String?)])
    func guid(text: String, url: String?) throws {
        #expect(try item(text).url == url)
    }

    @Test("items that share a guid stay several items")
    func repeated() throws {
        let one = "<item><guid isPermaLink='false'>same</guid></item>"
        #expect(try channel(one + one + one).items.map(\.id) == ["same", "same", "same"])
    }

    @Test(
        "persons are read in each way that RSS writes them",
        arguments: [
            ("ada@example.org (Ada Example)", "Ada Example", "ada@example.org"),
            ("Ada Example (ada@example.org)", "Ada Example", "ada@example.org"),
            ("Ada Example &lt;ada@example.org&gt;", "Ada Example", "ada@example.org"),
            ("\"Ada Example\" &lt;mailto:ada+x@example.org&gt;", "Ada Example", "ada+x@example.org"),
            ("ada@example.org", nil, "ada@example.org"), ("Ada Example", "Ada Example", nil),
            ("<name>Ada Example</name><email>ada@example.org</email>", "Ada Example", "ada@example.org"),
            ("Ada @ Example", "Ada @ Example", nil),
        ] as [(String, String?, String?)])
    func persons(text: String, name: String?, email: String?) throws {
        #expect(try item("<author>\(text)</author>").authors == [FeedPerson(name: name, email: email)])
    }

    @Test("an item without authors has its source's, else its feed's")
    func inherited() throws {
        let feed = try read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom"><author><name>F</name></author>
            <entry><title>a</title></entry><entry><author><name>E</name></author></entry>
            <entry><source><title>S</title><author><name>S</name></author></source></entry></feed>
            """)
        #expect(feed.items.map { $0.authors.map(\.name) } == [["F"], ["E"], ["S"]])
        #expect(feed.items[2].source?.title == "S")
    }

    @Test("a better vocabulary's word counts, whatever the order")
    func precedence() throws {
        for text in [
            "<media:title>m</media:title><dc:title>d</dc:title><title>t</title>",
            "<title>t</title><dc:title>d</dc:title>",
        ] {
            #expect(try item(text).title == "t")
        }
        #expect(try item("<itunes:title>i</itunes:title><dc:title>d</dc:title>").title == "d")
    }

    @Test("description beside content, beside summary, and alone")
    func texts() throws {
        let both = try item(
            "<description>short</description><content:encoded><![CDATA[<p>long</p>]]></content:encoded>")
        #expect(both.summary == FeedText("short", isHTML: false))
        #expect(both.content == FeedText("<p>long</p>", isHTML: true))
        let summary = try item("<summary>short</summary><description>long</description>")
        #expect(summary.summary?.text == "short")
        #expect(summary.content?.text == "long")
        #expect(try item("<itunes:summary>i</itunes:summary><description>d</description>").summary?.text == "d")
        #expect(try item("<itunes:summary>i</itunes:summary>").summary?.text == "i")
    }

    @Test("tags of each vocabulary, each once")
    func tags() throws {
        let found = try item(
            """
            <category domain="urn:d">A</category><category>A</category><dc:subject>B</dc:subject>
            <itunes:category text="C"><itunes:category text="D"/></itunes:category><media:keywords>E, F,</media:keywords>
            <atom:category term="g" label="G" scheme="urn:s"/>
            """)
        #expect(found.tags.map(\.term) == ["A", "B", "C", "D", "E", "F", "g"])
        #expect(found.tags.first?.scheme == "urn:d")
        #expect(found.tags.last == FeedTag("g", label: "G", scheme: "urn:s"))
    }

    @Test("enclosures, media and pictures")
    func media() throws {
        let found = try item(
            """
            <enclosure url="a.mp3" length="12x" type="audio/mpeg"/><enclosure url="b.jpg" length="34" type="image/jpeg"/>
            <media:group><media:content url="c.mp4" medium="VIDEO" fileSize="56" duration="7"/>
            <media:content url="d.png" width="8" height="9"/></media:group><media:thumbnail url="t.jpg" width="1"/>
            """, url: "https://example.org/f/")
        #expect(found.enclosures.map(\.url) == ["https://example.org/f/a.mp3", "https://example.org/f/b.jpg"])
        #expect(found.enclosures.map(\.length) == [nil, 34])
        #expect(found.media.map(\.medium) == ["video", nil])
        #expect(found.media[1].width == 8)
        #expect(found.thumbnails.map(\.url) == ["https://example.org/f/t.jpg"])
        #expect(found.image?.url == "https://example.org/f/d.png")
    }

    @Test("who wants articles alone gets no media of items, nor their page twice, and all the rest")
    func withoutMedia() throws {
        let text = """
            <rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>F</title>
            <image><url>https://example.org/logo.png</url></image>
            <item><title>A</title><enclosure url="a.mp3"/><media:content url="b.mp4"><media:title>Not this</media:title>
            </media:content><media:thumbnail url="t.jpg"/><link>https://example.org/a</link>
            <description>&lt;p&gt;x &lt;img src="c.png"&gt;&lt;/p&gt;</description></item></channel></rss>
            """
        var options = FeedReaderOptions(url: "https://example.org/f/")
        let whole = try FeedReader.read(Array(text.utf8), options: options)
        options.readsMedia = false
        let bare = try FeedReader.read(Array(text.utf8), options: options)
        var expected = whole
        expected.items[0].enclosures = []
        expected.items[0].media = []
        expected.items[0].thumbnails = []
        expected.items[0].image = nil
        #expect(whole.items[0].links.map(\.rel) == ["enclosure", "alternate"])
        expected.items[0].links = []
        #expect(whole.items[0].enclosures.count == 1 && whole.items[0].image != nil && whole.image != nil)
        #expect(bare == expected)
    }

    @Test("the podcast vocabulary")
    func podcast() throws {
        let found = try item(
            """
            <itunes:duration>1:02:03</itunes:duration><itunes:explicit>clean</itunes:explicit><itunes:block>Yes</itunes:block>
            <itunes:episode>4</itunes:episode><itunes:season>2</itunes:season><itunes:image href="https://example.org/e.jpg"/>
            """)
        #expect(found.podcast?.duration == 3723)
        #expect(found.podcast?.isExplicit == false)
        #expect(found.podcast?.isBlocked == true)
        #expect(found.podcast?.episode == 4)
        #expect(found.image?.url == "https://example.org/e.jpg")
        #expect(try item("<itunes:duration>99999999999999999999</itunes:duration>").podcast?.duration == nil)
    }

    @Test("places, comments and the page behind a service's link")
    func modules() throws {
        let found = try item(
            """
            <georss:point>52.5 13.4</georss:point><slash:comments>12</slash:comments><comments>/c</comments>
            <link>https://proxy.example.net/1</link><feedburner:origLink>https://example.org/1</feedburner:origLink>
            """, url: "https://example.org/")
        #expect(found.location == FeedLocation(latitude: 52.5, longitude: 13.4))
        #expect(found.commentCount == 12)
        #expect(found.comments == "https://example.org/c")
        #expect(found.url == "https://proxy.example.net/1")
        #expect(found.originalURL == "https://example.org/1")
        #expect(try item("<geo:lat>95</geo:lat><geo:long>1</geo:long>").location == nil)
        #expect(try item("<geo:Point><geo:lat>5</geo:lat><geo:long>1</geo:long></geo:Point>").location?.latitude == 5)
    }

    @Test(
        "an item without a title is called by its text, else by its page",
        arguments: [
            ("<description>Some &lt;b&gt;text&lt;/b&gt;.</description>", "Some text."),
            ("<link>https://example.org/x</link>", "https://example.org/x"),
            ("<title>T</title><description>d</description>", "T"),
            (
                "<description>\(String(repeating: "word ", count: 50))</description>",
                String(repeating: "word ", count: 19) + "word\u{2026}"
            ),
        ])
    func displayTitle(text: String, title: String) throws {
        #expect(try item(text).displayTitle == title)
    }

    @Test("of several dates the vocabulary's best and then the last counts")
    func dates() throws {
        let found = try item(
            "<dc:date>2020-01-01</dc:date><pubDate>Thu, 02 Jan 2020 00:00:00 GMT</pubDate><dc:date>2020-01-03</dc:date>"
        )
        #expect(found.published?.text == "2020-01-02T00:00:00Z")
        let later = try entry("<updated>2020-01-02T00:00:00Z</updated><updated>2020-01-01T00:00:00Z</updated>")
        #expect(later.updated?.text == "2020-01-01T00:00:00Z")
        #expect(try item("<pubDate>soon</pubDate>").published == nil)
    }
}
