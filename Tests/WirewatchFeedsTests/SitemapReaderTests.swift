import Testing
import WirewatchFeeds
import WirewatchKit

@Suite struct SitemapReaderTests {
    private func read(
        _ text: String, url: String? = "https://press.example/maps/a.xml", type: String? = nil, limit: Int = 50_000
    ) throws -> Sitemap {
        var options = SitemapReaderOptions(url: url, contentType: type)
        options.maximumEntries = limit
        return try SitemapReader.read(Array(text.utf8), options: options)
    }

    private static let namespace = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""

    @Test("a urlset's pages with their dates, at each precision")
    func urls() throws {
        let dates = [
            "2025", "2025-12", "2025-12-03", "2025-12-03T08:15Z", "2025-12-03T08:15:30+01:00",
            "2025-12-03T08:15:30.25+01:00",
        ]
        let entries = dates.map { "<url><loc>https://press.example/\($0.count)</loc><lastmod>\($0)</lastmod></url>" }
        let sitemap = try read("<?xml version=\"1.0\"?><urlset \(Self.namespace)>\(entries.joined())</urlset>")
        #expect(sitemap.kind == .urls && !sitemap.isMalformed && !sitemap.isTruncated)
        #expect(
            sitemap.entries.map { $0.modified?.text } == [
                "2025", "2025-12", "2025-12-03", "2025-12-03T08:15:00Z", "2025-12-03T08:15:30+01:00",
                "2025-12-03T08:15:30.250+01:00",
            ])
        #expect(sitemap.entries[2].url == "https://press.example/10")
    }

    @Test("an index lists sitemaps")
    func index() throws {
        let sitemap = try read(
            """
            <sitemapindex \(Self.namespace)>
              <sitemap><loc> https://press.example/maps/1.xml.gz </loc><lastmod>2025-12-03</lastmod></sitemap>
              <sitemap><loc>2.xml</loc></sitemap>
            </sitemapindex>
            """)
        #expect(sitemap.kind == .index && !sitemap.isMalformed)
        #expect(
            sitemap.entries.map(\.url) == ["https://press.example/maps/1.xml.gz", "https://press.example/maps/2.xml"])
        #expect(sitemap.entries.map { $0.modified?.text } == ["2025-12-03", nil])
    }

    private static let newsEntry = """
        <url><loc>https://press.example/arm?a=1&amp;b=2</loc>
        <news:news><news:publication><news:name>The Robot &#x26; Post</news:name><news:language>en</news:language>
        </news:publication><news:publication_date>2025-12-03T08:15:30+01:00</news:publication_date>
        <news:title><![CDATA[An arm that <learns> & walks]]></news:title>
        <news:keywords>arms, robots , , gait</news:keywords><news:stock_tickers>NASDAQ:AAAA, XETR:BB</news:stock_tickers>
        </news:news>
        <image:image><image:loc>https://press.example/arm.jpg</image:loc><image:caption>The arm
         at work</image:caption><image:title>Arm</image:title></image:image>
        <video:video><video:title>Not the title</video:title><video:publication_date>1999-01-01</video:publication_date>
        <video:player_loc>https://video.example/p</video:player_loc></video:video>
        <xhtml:link rel="alternate" hreflang="de" href="https://press.example/de/arm"/></url>
        """

    @Test(
        "news and captions are read whatever the namespaces and prefixes",
        arguments: [
            "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">",
            "<urlset>", "<URLSET xmlns='http://www.google.com/schemas/sitemap/0.84'>", "<sm:urlset xmlns:sm='x'>",
        ])
    func news(root: String) throws {
        let name = root.dropFirst().prefix { $0 != " " && $0 != ">" }
        let sitemap = try read(root + Self.newsEntry + "</\(name)>")
        #expect(sitemap.entries.count == 1 && !sitemap.isMalformed)
        let entry = try #require(sitemap.entries.first)
        #expect(entry.url == "https://press.example/arm?a=1&b=2")
        let news = try #require(entry.news)
        #expect(news.publication == "The Robot & Post" && news.language == "en")
        #expect(news.title.hasPrefix("An arm that") && news.title.hasSuffix("walks"))
        #expect(news.published?.text == "2025-12-03T08:15:30+01:00" && entry.date == news.published)
        #expect(news.keywords == ["arms", "robots", "gait"] && news.stockTickers == ["NASDAQ:AAAA", "XETR:BB"])
        #expect(entry.images.map(\.caption) == ["The arm at work"] && entry.images.map(\.title) == ["Arm"])
    }

    @Test(
        "broken sitemaps yield what can be told of them, and say that they are broken",
        arguments: [
            ("its end is missing", "<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2"),
            ("tags that are not closed", "<urlset><url><loc>https://a.example/1<url><loc>https://a.example/2</urlset>"),
            ("no root", "<url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc></url>"),
            (
                "an entry without a URL",
                "<urlset><url><loc>https://a.example/1</loc></url><url><lastmod>2025</lastmod></url><url><loc>https://a.example/2</loc></url></urlset>"
            ),
            (
                "a URL of another scheme",
                "<urlset><url><loc>https://a.example/1</loc></url><url><loc>ftp://a.example/3</loc></url><url><loc>https://a.example/2</loc></url></urlset>"
            ),
            (
                "crossed tags",
                "<urlset><url><loc>https://a.example/1</url></loc><url><loc>https://a.example/2</loc></url></urlset>"
            ),
        ])
    func broken(what: String, text: String) throws {
        let sitemap = try read(text)
        #expect(sitemap.entries.map(\.url) == ["https://a.example/1", "https://a.example/2"], "\(what)")
        #expect(sitemap.isMalformed, "\(what)")
    }

    @Test("a list of URLs, however its lines end")
    func text() throws {
        let sitemap = try read(
            "\u{FEFF}https://a.example/1\r\nhttps://a.example/2\r\rhttp://a.example/3 \n", type: "text/plain")
        #expect(sitemap.kind == .text && !sitemap.isMalformed)
        #expect(sitemap.entries.map(\.url) == ["https://a.example/1", "https://a.example/2", "http://a.example/3"])
        #expect(try read("# pages\nhttps://a.example/1").isMalformed)
    }

    @Test("a feed stands in for a sitemap")
    func feeds() throws {
        let rss = try read(
            """
            <rss version="2.0"><channel><title>Post</title><language>en</language><item><title>Arm</title>
            <link>https://a.example/1</link><pubDate>Wed, 03 Dec 2025 08:15:30 GMT</pubDate><category>arms</category>
            </item><item><title>No link</title></item></channel></rss>
            """)
        #expect(rss.kind == .feed && rss.entries.map(\.url) == ["https://a.example/1"])
        let news = try #require(rss.entries[0].news)
        #expect(news.title == "Arm" && news.publication == "Post" && news.keywords == ["arms"])
        #expect(rss.entries[0].date?.text == "2025-12-03T08:15:30Z")
        let atom = try read(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><link href=\"/b\"/><updated>2025-12-03T00:00:00Z</updated></entry></feed>"
        )
        #expect(atom.entries.map(\.url) == ["https://press.example/b"])
        #expect(atom.entries[0].modified?.text == "2025-12-03T00:00:00Z")
    }

    @Test(
        "what is no sitemap is said to be none",
        arguments: [
            ("", "it is empty"), (" \n", "it is empty"),
            ("<!doctype html><html><body>Not found</body></html>", "it is a web page"),
            ("<error>no</error>", "its root element is <error>"), ("<!-- -->", "it has no element"),
            ("Not Found", "neither XML nor a list"), ("{\"a\": 1}", "neither a sitemap nor a feed"),
        ])
    func errors(text: String, expected: String) {
        #expect {
            _ = try read(text)
        } throws: {
            "\($0)".contains(expected)
        }
    }

    @Test("entries beyond the limit are left out, and it is said")
    func limit() throws {
        let text = (1...5).map { "<url><loc>https://a.example/\($0)</loc></url>" }.joined()
        let sitemap = try read("<urlset>\(text)</urlset>", limit: 3)
        #expect(sitemap.entries.count == 3 && sitemap.isTruncated)
        #expect(try !read("<urlset>\(text)</urlset>", limit: 5).isTruncated)
        #expect(try read("https://a.example/1\nhttps://a.example/2", limit: 1).isTruncated)
    }

    @Test("hostile sitemaps are read in bounds")
    func hostile() throws {
        let deep = String(repeating: "<url><loc>", count: 20_000)
        #expect(try read("<urlset>" + deep).entries.isEmpty)
        let images = String(repeating: "<image:image><image:caption>c</image:caption></image:image>", count: 10_000)
        let entry = "<url><loc>https://a.example/1</loc>\(images)</url>"
        #expect(try read("<urlset>\(entry)</urlset>").entries[0].images.count <= 32)
        let long = "https://a.example/" + String(repeating: "a", count: 100_000)
        #expect(try read("<urlset><url><loc>\(long)</loc></url></urlset>").entries.isEmpty)
        let entities = "<!DOCTYPE urlset [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
        #expect(
            try read("\(entities)<urlset><url><loc>https://a.example/&a;</loc></url></urlset>").entries.count == 1)
    }
}
