import Testing
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@testable import WirewatchSitemap

@Suite struct SitemapSourceTests {
    private let site: Site

    init() throws { site = try Site() }

    @Test("the first poll takes the newest pages, later ones each new page once, with its text")
    func each() async throws {
        var pages = (1...9).map { (path: "/a/\($0)", date: Optional("2026-01-03T0\($0):00:00Z")) }
        for number in 1...11 { site.page("/a/\(number)", "Text \(number)") }
        site.put("/map.xml", site.urlset(pages.reversed()))
        let poller = try Poller(site.url("/map.xml"), [("first", 3)])
        try await poller.poll()
        #expect(poller.paths == ["/a/7", "/a/8", "/a/9"])
        try await poller.poll()
        #expect(poller.memory.polls304 == 1)
        // The older of the two is listed behind, and neither at an end.
        pages.insert(("/a/11", "2026-01-04T12:15:00Z"), at: 2)
        pages.insert(("/a/10", "2026-01-04T12:14:00Z"), at: 5)
        site.put("/map.xml", site.urlset(pages))
        for _ in 0..<3 { try await poller.poll() }
        #expect(poller.paths == ["/a/7", "/a/8", "/a/9", "/a/10", "/a/11"])
        let document = try #require(poller.output.documents.last)
        let text = String(decoding: document.content?.bytes ?? [], as: UTF8.self)
        #expect(text.contains("Text 11"))
        #expect(document.article.modified?.text == "2026-01-04T12:15:00Z")
        #expect(document.identity == "url:" + site.url("/a/11"))
        #expect(poller.figure("known_urls") == "11" && poller.figure("waiting_pages") == "0")
        #expect(poller.memory.items == 5)
    }

    @Test("first: an age takes what is dated since")
    func age() async throws {
        let pages: [(String, String?)] = [
            ("/a", "2026-01-01"), ("/b", "2026-01-04T11:00:00Z"), ("/c", nil), ("/d", "2026-01-03T13:00:00Z"),
        ]
        for (path, _) in pages { site.page(path, path) }
        site.put("/map.xml", site.urlset(pages))
        let poller = try Poller(site.url("/map.xml"), [("first", "1d")])
        try await poller.poll()
        #expect(poller.paths == ["/d", "/b"])
    }

    @Test("of indexes in indexes only what changed is asked for, conditionally")
    func nested() async throws {
        for name in ["a1", "a2", "b1", "b2"] { site.page("/\(name)", name) }
        site.put("/index.xml", site.index([("/deep.xml", "2026-01-04"), ("/a.xml", "2026-01-04")]))
        site.put("/deep.xml", site.index([("/b.xml", "2026-01-04")]))
        site.put("/a.xml", site.urlset([("/a1", "2026-01-02")]))
        site.put("/b.xml", site.urlset([("/b1", "2026-01-03")]))
        let poller = try Poller(site.url("/index.xml"))
        for _ in 0..<3 { try await poller.poll() }
        #expect(poller.paths == ["/a1", "/b1"])
        #expect(site.count("/a.xml") == 1 && site.count("/b.xml") == 1 && site.count("/index.xml") == 3)

        // One changes, and says so all the way up.
        site.put("/b.xml", site.urlset([("/b1", "2026-01-03"), ("/b2", nil)]))
        site.put("/deep.xml", site.index([("/b.xml", "2026-01-05")]))
        site.put("/index.xml", site.index([("/deep.xml", "2026-01-05"), ("/a.xml", "2026-01-04")]))
        try await poller.poll()
        #expect(poller.paths == ["/a1", "/b1", "/b2"])
        #expect(site.count("/a.xml") == 1 && site.count("/b.xml") == 2)
        let second = try #require(site.server.requests("/b.xml").last)
        #expect(second.headers["if-none-match"] != nil)

        // One whose lastmod stands still is asked for once a day.
        site.put("/a.xml", site.urlset([("/a1", "2026-01-02"), ("/a2", nil)]))
        try await poller.poll(after: .seconds(3600))
        #expect(site.count("/a.xml") == 1)
        try await poller.poll(after: .seconds(86_400))
        #expect(site.count("/a.xml") == 2 && poller.paths.last == "/a2")
    }

    @Test("sitemaps without a lastmod in the index are asked for each time")
    func undated() async throws {
        site.put("/index.xml", site.index([("/a.xml", nil)]))
        site.put("/a.xml", site.urlset([("/a1", nil)]))
        site.page("/a1", "x")
        let poller = try Poller(site.url("/index.xml"))
        for _ in 0..<3 { try await poller.poll() }
        #expect(site.server.requests("/a.xml").map { $0.headers["if-none-match"] != nil } == [false, true, true])
        #expect(poller.paths == ["/a1"])
    }

    @Test("an index that leads back to itself is read once", arguments: [1, 2, 5])
    func cycle(length: Int) async throws {
        for number in 0..<length {
            let next = "/\((number + 1) % length).xml"
            site.put("/\(number).xml", site.index([(next, nil), ("/leaf.xml", nil), ("/\(number).xml", nil)]))
        }
        site.put("/leaf.xml", site.urlset([("/a", nil)]))
        site.page("/a", "x")
        let poller = try Poller(site.url("/0.xml"))
        try await poller.poll()
        #expect(poller.paths == ["/a"])
        for number in 0..<length { #expect(site.count("/\(number).xml") <= 1) }
        #expect(site.count("/leaf.xml") == 1)
    }

    @Test("an index without end is left after so many sitemaps and so deep")
    func endless() async throws {
        let server = try LoopbackServer { path, _, _ in
            let number = Int(path.dropFirst().prefix { $0 != "." }) ?? 0
            let entries = (1...40).map { "<sitemap><loc>/\(number * 40 + $0).xml</loc></sitemap>" }
            return .init(200, [], "<sitemapindex>\(entries.joined())</sitemapindex>")
        }
        let poller = try Poller(server.url("/0.xml"), [("max_sitemaps", 30)])
        for _ in 0..<3 { try await poller.poll() }
        #expect(server.requests.count <= 3 * 31)
        #expect(poller.memory.failure == nil && poller.output.documents.isEmpty)
    }

    @Test(
        "compressed sitemaps are read, whatever they are called",
        arguments: ["application/gzip", "application/x-gzip", "application/octet-stream", "application/xml"])
    func gzip(type: String) async throws {
        site.put("/index.xml.gz", bytes: try gzipped(Array(site.index([("/a.xml.gz", nil)]).utf8)), type: type)
        site.put("/a.xml.gz", bytes: try gzipped(gzipped(Array(site.urlset([("/a", nil)]).utf8))), type: type)
        site.page("/a", "x")
        let poller = try Poller(site.url("/index.xml.gz"))
        try await poller.poll()
        #expect(poller.paths == ["/a"])
    }

    @Test("a gzip bomb is a failed poll, in bounds", arguments: [false, true])
    func bomb(isInside: Bool) async throws {
        var bomb = try gzipped([UInt8](repeating: 0x20, count: 8 << 20))
        if isInside { bomb = try gzipped(bomb) }
        site.put("/map.xml.gz", bytes: bomb, type: "application/gzip")
        let poller = try Poller(site.url("/map.xml.gz"), [("max_size", "1MiB")])
        try await poller.poll()
        #expect(poller.memory.failure?.contains("larger than 'max_size'") == true)
        #expect(poller.output.documents.isEmpty)
    }

    @Test("a cut off gzip file is a failed poll")
    func cutOff() async throws {
        let bytes = try gzipped(Array(site.urlset([("/a", nil)]).utf8))
        site.put("/map.xml.gz", bytes: bytes.dropLast(20), type: "application/gzip")
        let poller = try Poller(site.url("/map.xml.gz"))
        try await poller.poll()
        #expect(poller.memory.failure?.contains("gzip data is cut off") == true)
    }

    @Test("a site's robots.txt names its sitemaps")
    func robots() async throws {
        site.put(
            "/robots.txt",
            "User-agent: *\nDisallow: /private/\nSitemap: /one.xml\nsitemap: \(site.url("/two.txt"))\n",
            type: "text/plain")
        site.put("/one.xml", site.urlset([("/a", "2026-01-03"), ("/private/b", "2026-01-02")]))
        site.put("/two.txt", "\(site.url("/c"))\n", type: "text/plain")
        for path in ["/a", "/private/b", "/c"] { site.page(path, path) }
        let poller = try Poller(site.url("/"))
        try await poller.poll()
        #expect(Set(poller.paths) == ["/a", "/c"])
        #expect(site.count("/private/b") == 0)
        // A page that may not be fetched, and of which nothing is known, is a dead letter.
        #expect(poller.output.rejections.map(\.url) == [site.url("/private/b")])
        #expect(poller.output.rejections[0].reason.contains("robots.txt"))
        #expect(poller.figure("page_robots") == "1")
    }

    @Test("without a word in robots.txt /sitemap.xml is tried, and what to do is said when there is none")
    func noRobots() async throws {
        site.remove("/robots.txt")
        let poller = try Poller(site.url("/"))
        try await poller.poll()
        #expect(poller.memory.failure?.contains("/sitemap.xml: the server says 404") == true)
        site.put("/sitemap.xml", site.urlset([("/a", nil)]))
        site.page("/a", "x")
        try await poller.poll()
        try await poller.poll()
        #expect(poller.paths == ["/a"] && poller.memory.failure == nil)
    }

    @Test("pages on other hosts are refused, unless 'hosts' has them")
    func hosts() async throws {
        let other = site.url("/b").replacing("127.0.0.1", with: "localhost")
        site.put("/map.xml", site.urlset([("/a", nil), (other, nil), ("https://elsewhere.example/c", nil)]))
        for path in ["/a", "/b"] { site.page(path, path) }
        let strict = try Poller(site.url("/map.xml"))
        try await strict.poll()
        #expect(strict.paths == ["/a"] && strict.figure("foreign_urls") == "2")
        let open = try Poller(site.url("/map.xml"), [("hosts", ["localhost"])])
        try await open.poll()
        #expect(Set(open.paths) == ["/a", "/b"] && open.figure("foreign_urls") == "1")
    }

    @Test("globs choose by the path")
    func globs() async throws {
        let paths = ["/news/a/", "/news/sport/b", "/about", "/news/c.html?page=2", "/news/2026/deep/d"]
        site.put("/map.xml", site.urlset(paths.map { ($0, nil) }))
        for path in paths { site.page(path, path) }
        let poller = try Poller(
            site.url("/map.xml"), [("include", ["/news/**"]), ("exclude", ["/news/sport/**", "*.html"])])
        try await poller.poll()
        #expect(Set(poller.paths) == ["/news/a/", "/news/2026/deep/d"])
    }

    @Test("a news entry brings its title, date, language and keywords")
    func news() async throws {
        site.put("/news.xml", site.news("/arm", title: "An arm walks"))
        site.page("/arm", "It walked.")
        let poller = try Poller(site.url("/news.xml"))
        try await poller.poll()
        let article = try #require(poller.output.documents.first?.article)
        #expect(article.title == "An arm walks" && article.published?.text == "2026-01-04T11:00:00Z")
        #expect(article.language == "en" && article.tags == ["arms", "gait"] && article.site == "Robot Press")
        #expect(poller.output.documents[0].content != nil && article.received == poller.clock.now())
    }

    @Test("without full_text entries with a title are yielded as they are")
    func titlesAlone() async throws {
        site.put("/news.xml", site.news("/arm", title: "An arm walks"))
        let poller = try Poller(site.url("/news.xml"), [("full_text", false)])
        try await poller.poll()
        #expect(poller.output.documents.map(\.article.title) == ["An arm walks"] && site.count("/arm") == 0)
        site.put("/map.xml", site.urlset([("/arm", nil)]))
        let plain = try Poller(site.url("/map.xml"), [("full_text", false)])
        try await plain.poll()
        #expect(plain.output.documents.isEmpty && plain.figure("untitled") == "1")
    }

    @Test("410 stops the source, what is no sitemap is a failed poll that says what it is")
    func failures() async throws {
        site.put("/gone.xml", status: 410)
        let stop = try await Poller(site.url("/gone.xml")).poll()
        #expect(stop?.contains("the sitemap is no more") == true)
        site.put("/page", "<html><body>Hello", type: "text/html")
        let poller = try Poller(site.url("/page"))
        try await poller.poll()
        #expect(poller.memory.failure?.contains("is no sitemap") == true)
        #expect(poller.memory.failure?.contains("web page") == true && poller.report.failures == 1)
    }

    @Test("one sitemap of an index that fails does not hold up the others, and is tried again")
    func oneFails() async throws {
        site.put("/index.xml", site.index([("/bad.xml", "2026-01-04"), ("/good.xml", "2026-01-03")]))
        site.put("/bad.xml", status: 500)
        site.put("/good.xml", site.urlset([("/a", nil)]))
        for path in ["/a", "/b"] { site.page(path, path) }
        let poller = try Poller(site.url("/index.xml"))
        try await poller.poll()
        #expect(poller.paths == ["/a"] && poller.memory.failure == nil && poller.figure("sitemap_failures") == "1")
        site.put("/bad.xml", site.urlset([("/b", "2026-01-04T18:00:00Z")]))
        site.put("/index.xml", site.index([("/bad.xml", "2026-01-04T18:00:00Z"), ("/good.xml", "2026-01-03")]))
        try await poller.poll()
        #expect(poller.paths == ["/a", "/b"])
    }

    @Test("a run that drains polls once, and fails when the poll fails")
    func drain() async throws {
        site.put("/map.xml", site.urlset([("/a", nil), ("/b", nil)]))
        for path in ["/a", "/b"] { site.page(path, path) }
        let poller = try Poller(site.url("/map.xml"))
        var context = poller.context
        context.drain = true
        try await SitemapSource(poller.options, context).run(poller.output)
        try await SitemapSource(poller.options, context).run(poller.output)
        #expect(Set(poller.paths) == ["/a", "/b"] && poller.paths.count == 2 && site.count("/map.xml") == 2)
        site.put("/map.xml", status: 503)
        await #expect(throws: SourceError.self) {
            try await SitemapSource(poller.options, context).run(poller.output)
        }
    }
}
