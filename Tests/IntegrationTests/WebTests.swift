import Testing
import WirewatchKit

@testable import WirewatchCommand

/// What commands that fetch do, with the real binary and a server on loopback.
@Suite("Fetching and adding from the command line")
struct WebTests {
    private static let feed = """
        <rss version="2.0"><channel><title>Robot's weekly</title><ttl>120</ttl>
        <item><title>An arm</title><link>/arm</link></item></channel></rss>
        """

    private static func page(_ head: String) -> WebServer.Page {
        let text = String(repeating: "The arm lifts boxes in the hall, day and night. ", count: 12)
        return WebServer.Page(
            body:
                "<!doctype html><html><head><title>Arms at work</title>\(head)</head><body><article><h1>Arms at work</h1>"
                + "<p>\(text)</p><p>\(text)</p></article></body></html>")
    }

    private static func server() throws -> WebServer {
        let rss = WebServer.Page(
            type: "application/rss+xml", headers: ["ETag: \"v1\"", "Cache-Control: max-age=600"], body: feed)
        let link = "<link rel=alternate type=application/rss+xml href="
        return try WebServer([
            "/feed.xml": rss, "/rss.xml": rss,
            "/second.xml": WebServer.Page(
                type: "text/xml", body: "<feed xmlns='http://www.w3.org/2005/Atom'><title>Second</title></feed>"),
            "/moved": WebServer.Page(status: 301, headers: ["Location: /feed.xml", "Set-Cookie: id=hidden"]),
            "/page": page(
                "\(link)/comments/feed/><link rel=alternate type=application/rss+xml title=All href=/feed.xml>"
                    + "\(link)/second.xml>"),
            "/plain": page(""), "/blog/plain": page(""), "/text": WebServer.Page(type: "text/plain", body: "just text"),
            "/busy": WebServer.Page(status: 429, headers: ["Retry-After: 120"]),
            "/comments/feed/": rss,
            "/sitemap.xml": WebServer.Page(
                type: "application/xml",
                body: "<urlset><url><loc>https://a.example/1</loc><lastmod>2026-03-04</lastmod></url></urlset>"),
            "/robots.txt": WebServer.Page(
                type: "text/plain", body: "User-agent: wirewatch\nDisallow: /feed\nCrawl-delay: 5"),
            "/list.opml": WebServer.Page(
                type: "text/xml",
                body:
                    "<opml><body><outline text='F'><outline text='One' xmlUrl='https://one.example/f'/></outline></body></opml>"
            ),
        ])
    }

    private static let configuration = "sources: []\npipeline: [{type: extract}]\n"

    private static func run(
        _ arguments: String..., in folder: TestFolder
    ) throws -> (code: Int32, output: String, errors: String) {
        let program = try RunningProgram(arguments, in: folder)
        let code = program.waitForExit()
        return (code, program.output, program.errors)
    }

    @Test("An address is fetched: a feed's items, or a page's article and feeds")
    func addresses() throws {
        let (server, folder) = (try Self.server(), try TestFolder())
        let feed = try Self.run("fetch", "--allow-private-addresses", server.url("/moved"), in: folder)
        #expect(feed.code == 0, "\(feed.errors)")
        #expect(feed.output.hasPrefix("Robot's weekly\nrss20, utf-8, 1 item\n"))
        #expect(feed.output.contains(server.url("/arm")) && feed.errors.isEmpty)
        let page = try Self.run("fetch", "--allow-private-addresses", server.url("/page"), in: folder)
        #expect(page.code == 0 && page.output.hasPrefix("Arms at work\npage, "), "\(page.output)")
        #expect(page.output.contains("rss   \(server.url("/feed.xml"))  All\n"))
        let json = try Self.run("fetch", "--json", "--allow-private-addresses", server.url("/page"), in: folder)
        let value = try #require(JSONValue(Array(json.output.utf8)))
        #expect(value["page"]?["title"]?.text == "Arms at work" && value["error"] == .null)
        #expect(value["feeds"]?.elements.map { $0["via"]?.text } == ["link", "link", "link"])
        #expect(server.requests.allSatisfy { $0.contains("User-Agent: wirewatch/") })
    }

    @Test("A sitemap's entries are listed")
    func sitemap() throws {
        let (server, folder) = (try Self.server(), try TestFolder())
        let result = try Self.run("fetch", "--allow-private-addresses", server.url("/sitemap.xml"), in: folder)
        #expect(result.code == 0, "\(result.errors)")
        #expect(
            result.output
                == "sitemap (urls), 1 entry\n2026-03-04                 https://a.example/1\n")
    }

    @Test("-v shows each hop, what it means for polling, and no secret")
    func verbose() throws {
        let (server, folder) = (try Self.server(), try TestFolder())
        try folder.write(
            """
            sources:
              - name: mine
                type: feed
                url: \(server.url("/moved"))
                every: 5m
                headers: {X-Key: hidden-1}
                auth: {bearer: hidden-2}
                contact: ops@example.org
                allow_private_addresses: true
            pipeline: [{type: extract}]
            """, to: "config.yaml")
        let result = try Self.run("fetch", "-v", "--source", "mine", in: folder)
        #expect(result.code == 0 && result.output.hasPrefix("Robot's weekly"))
        for words in [
            "* connected to 127.0.0.1\n", "> GET /moved HTTP/1.1\n", "> Authorization: [redacted]\n",
            "> X-Key: [redacted]\n",
            "> User-Agent: wirewatch/\(wirewatchVersion) (+ops@example.org)\n", "< HTTP/1.1 301\n",
            "< Location: /feed.xml\n",
            "< Set-Cookie: [redacted]\n", "> GET /feed.xml HTTP/1.1\n",
            "* moved for good: \(server.url("/feed.xml"))\n",
            "* validators: ETag \"v1\", sent back", "* freshness: 10m", "* the feed asks for: ttl 120m\n",
            // Eight times 5m is the most that a ttl can ask for.
            "* next poll: after 40m, at ", "(every: 5m)\n",
            "* robots.txt: does not allow this address to 'wirewatch', with 5s",
        ] { #expect(result.errors.contains(words), "\(words) in \(result.errors)") }
        #expect(!result.errors.contains("hidden"))
        // The server did get them.
        #expect(server.requests[0].contains("Bearer hidden-2") && server.requests[0].contains("X-Key: hidden-1"))
    }

    @Test(
        "A fetch that fails says why, what to do, and how by its exit code",
        arguments: [
            ("/none", 69, "404 Not Found"), ("/busy", 75, "429 Too Many Requests"), ("/busy", 75, "wait 2m"),
            ("/text", 65, "text/plain, 9 bytes"),
        ])
    func failures(path: String, code: Int32, words: String) throws {
        let (server, folder) = (try Self.server(), try TestFolder())
        let result = try Self.run("fetch", "--allow-private-addresses", server.url(path), in: folder)
        #expect(result.code == code)
        #expect(result.errors.contains(words), "\(result.errors)")
    }

    @Test("Private addresses are refused, dead servers and bad addresses told apart")
    func refusals() throws {
        let (server, folder) = (try Self.server(), try TestFolder())
        let refused = try Self.run("fetch", server.url("/feed.xml"), in: folder)
        #expect(refused.code == 69 && refused.errors.contains("--allow-private-addresses"))
        #expect(server.requests.isEmpty)
        let dead = try Self.run("fetch", "--allow-private-addresses", "http://127.0.0.1:1/", in: folder)
        #expect(dead.code == 69 && dead.errors.contains("no connection"))
        let bad = try Self.run("fetch", "http://127.0.0.1:99999/", in: folder)
        #expect(bad.code == 64 && bad.errors.contains("port"))
    }

    @Test("Feeds are discovered, named ones first, comments last, and at usual paths where none is named")
    func discover() throws {
        let (server, folder) = (try Self.server(), try TestFolder())
        let named = try Self.run("sources", "discover", "--allow-private-addresses", server.url("/page"), in: folder)
        #expect(named.code == 0)
        let addresses = named.output.split(separator: "\n").map { $0.split(separator: " ")[1] }
        #expect(addresses.map { String($0) } == ["/feed.xml", "/second.xml", "/comments/feed/"].map { server.url($0) })
        let guessed = try Self.run(
            "sources", "discover", "--json", "--allow-private-addresses", server.url("/blog/plain"), in: folder)
        let value = try #require(JSONValue(Array(guessed.output.utf8)))
        #expect(value["count"]?.text == "1")
        #expect(value["feeds"]?.elements.first?["url"]?.text == server.url("/rss.xml"))
        #expect(value["feeds"]?.elements.first?["via"]?.text == "guess")
    }

    @Test("A feed is added once, whatever address leads to it")
    func add() throws {
        let (server, folder) = (try Self.server(), try TestFolder())
        try folder.write(Self.configuration, to: "config.yaml")
        let added = try Self.run(
            "sources", "add", "--allow-private-addresses", "--every", "10m", server.url("/page"), in: folder)
        #expect(added.code == 0, "\(added.errors)")
        #expect(added.output.contains("adding robots-weekly: Robot's weekly, 1 item, \(server.url("/feed.xml"))\n"))
        #expect(added.errors.contains("wirewatch reload"))
        let text = """
            sources:
              - name: robots-weekly
                type: feed
                url: \(server.url("/feed.xml"))
                every: 10m
                allow_private_addresses: true
            pipeline: [{type: extract}]

            """
        #expect(folder.text("config.yaml") == text)
        // The same by its old address, and by the page again.
        for path in ["/moved", "/page", "/feed.xml"] {
            let again = try Self.run("sources", "add", "--allow-private-addresses", server.url(path), in: folder)
            #expect(again.code == 0 && again.errors.contains("is there already, as 'robots-weekly'"))
        }
        #expect(folder.text("config.yaml") == text)
        let all = try Self.run("sources", "add", "--all", "--allow-private-addresses", server.url("/page"), in: folder)
        #expect(all.code == 0 && all.output.contains("adding second: Second, 0 items"))
        let taken = try Self.run(
            "sources", "add", "--name", "second", "--allow-private-addresses", server.url("/rss.xml"), in: folder)
        #expect(taken.code == 64 && taken.errors.contains("'second' already"))
        let listed = try Self.run("sources", in: folder)
        #expect(listed.output.split(separator: "\n").count == 2)
    }

    @Test("What cannot be right changes nothing")
    func nothing() throws {
        let (server, folder) = (try Self.server(), try TestFolder())
        try folder.write(Self.configuration, to: "config.yaml")
        let wrong = try Self.run(
            "sources", "add", "--allow-private-addresses", "--every", "soon", server.url("/feed.xml"), in: folder)
        #expect(wrong.code == 78 && wrong.errors.contains("nothing was changed"))
        let none = try Self.run("sources", "add", "--allow-private-addresses", server.url("/none"), in: folder)
        #expect(none.code == 69 && none.errors.contains("404"))
        let dry = try Self.run(
            "sources", "add", "--dry-run", "--allow-private-addresses", server.url("/feed.xml"), in: folder)
        #expect(dry.code == 0 && dry.output.hasPrefix("would add robots-weekly"))
        #expect(folder.text("config.yaml") == Self.configuration)
    }

    @Test("A list is imported from an address")
    func importAddress() throws {
        let (server, folder) = (try Self.server(), try TestFolder())
        try folder.write(Self.configuration, to: "config.yaml")
        let result = try Self.run(
            "sources", "import", "--allow-private-addresses", server.url("/list.opml"), in: folder)
        #expect(result.code == 0, "\(result.errors)")
        #expect(folder.text("config.yaml").hasPrefix("sources:\n  # F\n  - name: one\n"))
    }

    @Test("robots.txt and canonical addresses answer by themselves")
    func answers() throws {
        let (server, folder) = (try Self.server(), try TestFolder())
        let robots = try Self.run(
            "sources", "robots", "--allow-private-addresses", server.url("/page"), server.url("/feed.xml"), in: folder)
        #expect(robots.code == 1)
        #expect(robots.output == "allowed  \(server.url("/page"))\ndisallowed  \(server.url("/feed.xml"))\n")
        let other = try Self.run(
            "sources", "robots", "--agent", "x", "--allow-private-addresses", server.url("/feed.xml"), in: folder)
        #expect(other.code == 0)
        let canonical = try Self.run(
            "sources", "canonical", "--own-host", "a.example", "https://A.example/x?ref=a.example&utm_source=b&c=1#d",
            in: folder)
        #expect(canonical.output == "https://a.example/x?c=1\n")
    }
}
