import Testing
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@testable import WirewatchSitemap

@Suite struct SitemapRestartTests {
    private let site: Site

    init() throws { site = try Site() }

    @Test("ended between two pages, the rest comes after the restart and none twice", arguments: [0, 1, 7, 19])
    func killed(after count: Int) async throws {
        let pages = (10..<30).map { (path: "/\($0)", date: Optional("2026-01-03T00:00:\($0)Z")) }
        for page in pages { site.page(page.path, page.path) }
        site.put("/map.xml", site.urlset(pages))
        let poller = try Poller(site.url("/map.xml"), [("first", 100)])
        let first = FailingOutput(after: count, poller.state)
        await #expect(throws: CancellationError.self) { try await poller.poll(to: first) }
        try await poller.poll()
        try await poller.poll()
        let before = first.documents.compactMap(\.article.url)
        let after = poller.output.documents.compactMap(\.article.url)
        #expect(before + after == pages.map { site.url($0.path) })
        // What was yielded is not fetched again, only what was in hand.
        #expect(pages.map { site.count($0.path) }.reduce(0, +) <= 21)
    }

    @Test("ended before anything was durable, everything comes again under the same identities")
    func lost() async throws {
        site.put("/map.xml", site.urlset([("/a", nil), ("/b", nil)]))
        for path in ["/a", "/b"] { site.page(path, path) }
        let lost = try Poller(site.url("/map.xml"))
        try await lost.poll()
        let again = try Poller(site.url("/map.xml"))
        try await again.poll()
        #expect(lost.output.documents.map(\.identity) == again.output.documents.map(\.identity))
        #expect(again.output.documents.count == 2)
    }

    @Test("a page that fails is tried again, and comes when it is there")
    func retried() async throws {
        site.put("/map.xml", site.urlset([("/a", nil), ("/late", nil)]))
        site.page("/a", "a")
        site.put("/late", status: 503)
        let poller = try Poller(site.url("/map.xml"))
        for _ in 0..<3 { try await poller.poll() }
        #expect(poller.paths == ["/a"] && site.count("/late") == 3)
        #expect(poller.figure("waiting_pages") == "1")
        site.page("/late", "late")
        for _ in 0..<2 { try await poller.poll() }
        #expect(poller.paths == ["/a", "/late"] && site.count("/late") == 4)
        #expect(poller.state.entries(prefix: PendingPage.prefix).isEmpty)
    }

    @Test("a page that never comes is given up after five polls: a news entry as it is, any other as a dead letter")
    func givenUp() async throws {
        site.put("/news.xml", site.news("/arm", title: "An arm walks"))
        let news = try Poller(site.url("/news.xml"))
        for _ in 0..<7 { try await news.poll() }
        #expect(news.output.documents.map(\.article.title) == ["An arm walks"] && site.count("/arm") == 5)
        #expect(news.output.documents[0].content == nil)
        site.put("/map.xml", site.urlset([("/nothing", nil)]))
        let plain = try Poller(site.url("/map.xml"))
        for _ in 0..<7 { try await plain.poll() }
        #expect(plain.output.documents.isEmpty && site.count("/nothing") == 5)
        #expect(plain.output.rejections.map(\.identity) == ["url:" + site.url("/nothing")])
        #expect(plain.output.rejections[0].reason.contains("the server says 404"))
        #expect(plain.state.entries(prefix: PendingPage.prefix).isEmpty)
    }

    @Test("what is no page is not tried again")
    func notAPage() async throws {
        site.put("/map.xml", site.urlset([("/a.pdf", nil)]))
        site.put("/a.pdf", "%PDF", type: "application/pdf")
        let poller = try Poller(site.url("/map.xml"))
        for _ in 0..<3 { try await poller.poll() }
        #expect(site.count("/a.pdf") == 1 && poller.output.rejections.count == 1)
    }

    @Test("a changed lastmod is a new version if the text changed, and only then")
    func updates() async throws {
        site.put("/map.xml", site.urlset([("/a", "2026-01-03T00:00:00Z")]))
        site.page("/a", "One word")
        let poller = try Poller(site.url("/map.xml"))
        let quiet = try Poller(site.url("/map.xml"), [("updates", false)])
        func both() async throws {
            try await poller.poll()
            try await quiet.poll()
        }
        try await both()
        // Other markup, the same words.
        site.put(
            "/a", "<html><nav>3 visitors</nav><main><h1>Page</h1><p>One\n<b>word</b></p></main></html>",
            type: "text/html")
        site.put("/map.xml", site.urlset([("/a", "2026-01-04T00:00:00Z")]))
        try await both()
        #expect(poller.paths == ["/a"] && poller.figure("unchanged_updates") == "1")
        site.page("/a", "Another word")
        try await both()
        #expect(poller.paths == ["/a"], "its lastmod stands still")
        site.put("/map.xml", site.urlset([("/a", "2026-01-04T06:00:00Z")]))
        try await both()
        try await both()
        #expect(poller.paths == ["/a", "/a"])
        #expect(Set(poller.output.documents.map(\.identity)).count == 2)
        #expect(quiet.paths == ["/a"])
    }

    @Test("pages that were there before the source are not fetched when their lastmod moves")
    func oldOnes() async throws {
        site.put("/map.xml", site.urlset([("/a", "2026-01-02"), ("/b", "2026-01-03")]))
        for path in ["/a", "/b"] { site.page(path, path) }
        let poller = try Poller(site.url("/map.xml"), [("first", 1)])
        try await poller.poll()
        site.put("/map.xml", site.urlset([("/a", "2026-01-04"), ("/b", "2026-01-03")]))
        try await poller.poll()
        #expect(poller.paths == ["/b"] && site.count("/a") == 0)
    }

    @Test("sitemaps that the first poll did not get to bring what is newer than it, and nothing older")
    func baseline() async throws {
        let names = (1...5).map { "/\($0).xml" }
        for (number, name) in names.enumerated() {
            site.put(name, site.urlset([("/old/\(number)", "2025-12-0\(number + 1)")]))
            site.page("/old/\(number)", "old")
        }
        func list(_ first: String) {
            site.put(
                "/index.xml",
                site.index(names.enumerated().map { ($1, $0 == 0 ? first : "2025-12-0\($0 + 1)") }))
        }
        list("2025-12-01")
        let poller = try Poller(site.url("/index.xml"), [("max_sitemaps", 2), ("first", 1)])
        for _ in 0..<4 { try await poller.poll() }
        #expect(names.map { site.count($0) } == [0, 0, 0, 1, 1], "the newest")
        #expect(poller.paths == ["/old/4"])
        site.put(names[0], site.urlset([("/old/0", "2025-12-01"), ("/old/x", nil), ("/new", "2026-01-04T13:00:00Z")]))
        site.page("/new", "new")
        list("2026-01-04T13:00:00Z")
        try await poller.poll()
        #expect(poller.paths == ["/old/4", "/new"])
    }

    @Test("a sitemap that appears later with old pages does not flood, what a known one adds is new whatever its date")
    func moved() async throws {
        site.put("/index.xml", site.index([("/a.xml", nil)]))
        site.put("/a.xml", site.urlset([("/a", "2026-01-03")]))
        let poller = try Poller(site.url("/index.xml"))
        for path in ["/a", "/old", "/fresh", "/backdated"] { site.page(path, path) }
        try await poller.poll()
        site.put("/index.xml", site.index([("/a.xml", nil), ("/b.xml", nil)]))
        site.put(
            "/b.xml", site.urlset([("/old", "2019-01-01"), ("/fresh", "2026-01-04T12:00:00Z"), ("/a", "2026-01-03")]))
        try await poller.poll()
        #expect(poller.paths == ["/a", "/fresh"] && poller.figure("old_urls") == "1")
        site.put("/a.xml", site.urlset([("/a", "2026-01-03"), ("/backdated", "2015-01-01")]))
        try await poller.poll()
        #expect(poller.paths == ["/a", "/fresh", "/backdated"])
    }

    @Test("one session does over many polls what restarted ones do")
    func oneSession() async throws {
        let poller = try Poller(site.url("/index.xml"))
        let session = try SitemapSource(poller.options, poller.context).session()
        var expected: [String] = []
        site.put("/index.xml", site.index([("/map.xml", nil)]))
        for number in 1...6 {
            site.page("/\(number)", "Text \(number)")
            site.put("/map.xml", site.urlset((1...number).map { ("/\($0)", "2026-01-04T0\($0):00:00Z") }))
            expected.append("/\(number)")
            _ = try await session.poll(poller.output)
            poller.clock.advance(by: .seconds(600))
            #expect(poller.paths == expected)
        }
        site.page("/6", "Text 6, corrected")
        site.put("/map.xml", site.urlset([("/6", "2026-01-04T12:00:00Z")]))
        _ = try await session.poll(poller.output)
        #expect(poller.paths == expected + ["/6"])
        #expect(poller.state.entries(prefix: PendingPage.prefix).isEmpty)
        let known = try KnownURLs(poller.state)
        #expect(known.count == 6)
    }

    @Test("a poll takes max_items of what is new, the newest")
    func mostItems() async throws {
        site.put("/map.xml", site.urlset([]))
        let poller = try Poller(site.url("/map.xml"), [("max_items", 2)])
        try await poller.poll()
        let pages = (1...5).map { (path: "/\($0)", date: Optional("2026-01-04T0\($0):00:00Z")) }
        for page in pages { site.page(page.path, "x") }
        site.put("/map.xml", site.urlset(pages))
        for _ in 0..<2 { try await poller.poll() }
        #expect(poller.paths == ["/4", "/5"])
    }

    @Test("another URL begins anew with what it takes, and does not bring known pages again")
    func anotherURL() async throws {
        site.put("/one.xml", site.urlset([("/a", nil)]))
        site.put("/two.xml", site.urlset([("/a", nil), ("/b", nil)]))
        for path in ["/a", "/b"] { site.page(path, path) }
        let poller = try Poller(site.url("/one.xml"))
        try await poller.poll()
        let other = try Poller(site.url("/two.xml"))
        var context = poller.context
        context.state = poller.state
        let session = try SitemapSource(other.options, context).session()
        _ = try await session.poll(poller.output)
        #expect(poller.paths == ["/a", "/b"])
    }
}

@Suite struct SitemapStateTests {
    @Test("known URLs come back as they were, and one new one changes one shard")
    func known() throws {
        let state = MemoryState()
        var known = try KnownURLs(state)
        for number in 0..<2000 {
            known[ItemIdentity.key(of: "\(number)")] = KnownURLs.Entry(owner: 7, modified: UInt32(number), versions: 3)
        }
        let changes = known.changes()
        #expect(changes.count == 64)
        state.apply(changes)
        var again = try KnownURLs(state)
        #expect(again.count == 2000)
        #expect(again[ItemIdentity.key(of: "17")] == KnownURLs.Entry(owner: 7, modified: 17, versions: 3))
        #expect(again.changes().isEmpty)
        again[ItemIdentity.key(of: "new")] = KnownURLs.Entry(owner: 1, modified: 1)
        #expect(again.changes().count == 1 && again.count == 2001)
    }

    @Test("a URL that no sitemap lists is forgotten after a month, one that is listed never")
    func orphans() throws {
        var known = try KnownURLs(MemoryState())
        for key in UInt64(1)...4 { known[key << 59] = KnownURLs.Entry(owner: UInt16(key % 2), modified: 9) }
        known.orphan([1], except: [1 << 59], day: 100)
        #expect(known.prune(day: 130).keys.isEmpty)
        #expect(known.prune(day: 131).keys == [3 << 59])
        #expect(known.count == 3)
    }

    @Test("damaged state is no state", arguments: [[], [1], [2, 0, 0], [1, 2, 3]] as [[UInt8]])
    func damaged(bytes: [UInt8]) throws {
        let state = MemoryState()
        state.apply([
            StateChange(key: "known/3", value: bytes), StateChange(key: "known/99", value: bytes),
            StateChange(key: "map/1", value: bytes), StateChange(key: "todo/1", value: bytes),
            StateChange(key: "site", value: bytes), StateChange(key: "poll", value: bytes),
        ])
        #expect(try KnownURLs(state).count == 0)
        _ = try SitemapSource(options(SitemapOptions.self, ["url": "https://a.example/"]), .test(state: state))
            .session()
    }

    @Test("sitemaps and waiting pages come back as they were")
    func encoding() {
        var node = SitemapNode(url: "https://a.example/m.xml", id: 9, parent: 77, depth: 2)
        node.listed = "2026-01-02"
        node.validators = Validators(etag: "W/\"a b\"", lastModified: "x y")
        node.asked = Timestamp(seconds: 5)
        node.since = Timestamp(seconds: 6)
        node.failures = 3
        #expect(SitemapNode(encoded: node.encoded) == node)
        var entry = SitemapEntry(url: "https://a.example/1")
        var news = SitemapNews()
        news.title = "Two\nlines"
        news.keywords = ["a b", "c"]
        news.published = PublicationDate(text: "2026-01-02")
        entry.news = news
        var page = PendingPage(entry, key: 1 << 63, canonicalURL: "https://a.example/1", date: Timestamp(seconds: 1))
        page.attempts = 2
        page.isUpdate = true
        let again = PendingPage(encoded: page.encoded)
        page.news?.title = "Two lines"
        #expect(again == page)
    }

    @Test(
        "mistakes in options are told",
        arguments: [
            (["url": "ftp://a.example/"], "'url'"), (["hosts": ["*.org"]], "'hosts': '*.org' is no host"),
            (["hosts": ["https://a.example"]], "is no host"), (["include": ["/[a"]], "'include': the glob"),
            (["exclude": [""]], "'exclude'"), (["first": "some"], "'first' is 'some'"),
            (["every": "10s"], "less than a minute"),
        ] as [(OptionLiteral, String)])
    func mistakes(literal: OptionLiteral, expected: String) {
        #expect {
            try options(SitemapOptions.self, literal)
        } throws: {
            ($0 as? RefusedOptions)?.diagnostics.contains { $0.message.contains(expected) } == true
        }
    }
}
