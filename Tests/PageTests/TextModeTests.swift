import Testing
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@testable import WirewatchPage

private func serve(_ bodies: [String], type: String = "text/html") throws -> LoopbackServer {
    try LoopbackServer { path, number, _ in
        path == "/robots.txt"
            ? .init(404) : .init(200, ["Content-Type: \(type)"], bodies[min(number, bodies.count) - 1])
    }
}

@Suite struct TextModeTests {
    private static let prices = """
        <html lang=en-GB><head><title>Prices | Arms Ltd</title></head><body><nav>Home</nav><main><h1>Prices</h1>
        <table><tr><td>Arm</td><td>5,000 EUR</td></tr></table><p class=date>As of Monday</p></main><footer>Tel.</footer></body></html>
        """

    @Test("the text is yielded once, and again when it changes, as a version of its own")
    func versions() async throws {
        let server = try serve([Self.prices, Self.prices, Self.prices.replacing("5,000", with: "4,500"), Self.prices])
        let watcher = try Watcher(server, "/prices")
        for _ in 0..<5 { try await watcher.poll() }
        #expect(
            watcher.bodies == ["5,000", "4,500", "5,000"].map { "Prices\nArm | \($0) EUR\nAs of Monday" },
            "a page that returns to what it was has changed again")
        #expect(Set(watcher.output.documents.map(\.identity)).count == 3)
        let article = watcher.output.documents[0].article
        #expect(
            article.title == "Prices | Arms Ltd" && article.language == "en-GB" && article.url == server.url("/prices"))
        #expect(watcher.output.documents[0].content == nil)
        #expect(watcher.memory.items == 3)
    }

    @Test("markup, scripts, nonces, comments and white space that change are no change")
    func sameText() async throws {
        let server = try serve([
            Self.prices, Self.prices.replacing("<td>", with: "<td class=x1>"),
            Self.prices.replacing(" EUR", with: "\n\u{A0} EUR "),
            Self.prices.replacing("<main>", with: "<script nonce=8>var a = 1</script><!-- 17 --><main data-t=9>"),
            Self.prices.replacing("Home", with: "Start").replacing("Tel.", with: "Tel. 2"),
        ])
        let watcher = try Watcher(server, "/prices")
        for _ in 0..<5 { try await watcher.poll() }
        #expect(watcher.bodies.count == 1)
    }

    @Test("a part is selected and parts of it are ignored")
    func selecting() async throws {
        let server = try serve([
            Self.prices, Self.prices.replacing("Monday", with: "Tuesday"),
            Self.prices.replacing("<h1>Prices", with: "<h1>Offers"),
            Self.prices.replacing("5,000", with: "4,900"),
        ])
        let whole = try Watcher(server, "/a", [("ignore", ".date")])
        for _ in 0..<4 { try await whole.poll() }
        #expect(whole.bodies == ["Prices\nArm | 5,000 EUR", "Offers\nArm | 5,000 EUR", "Prices\nArm | 4,900 EUR"])
        let table = try Watcher(server, "/b", [("select", ["main > table", "footer"])])
        for _ in 0..<4 { try await table.poll() }
        #expect(table.bodies == ["Arm | 5,000 EUR\nTel.", "Arm | 4,900 EUR\nTel."])
    }

    @Test("first: none yields changes alone")
    func firstNone() async throws {
        let server = try serve([Self.prices, Self.prices.replacing("5,000", with: "4,500")])
        let watcher = try Watcher(server, "/prices", [("first", "none")])
        for _ in 0..<3 { try await watcher.poll() }
        #expect(watcher.bodies == ["Prices\nArm | 4,500 EUR\nAs of Monday"])
    }

    @Test("plain text and XHTML are read, in their charset")
    func types() async throws {
        let plain = try Watcher(serve(["a  b\r\n\n c", "a b\nc\n", "a b\nd"], type: "text/plain"), "/x")
        for _ in 0..<3 { try await plain.poll() }
        #expect(plain.bodies == ["a b\nc", "a b\nd"])
        let xhtml = try Watcher(
            serve(["<?xml version='1.0'?><html><body><p>a</p></body></html>"], type: "application/xhtml+xml"), "/x")
        try await xhtml.poll()
        #expect(xhtml.bodies == ["a"])
        let server = try LoopbackServer { path, _, _ in
            path == "/robots.txt"
                ? .init(404)
                : .init(200, ["Content-Type: text/html; charset=iso-8859-1"], bytes: Array("<p>Caf".utf8) + [0xE9])
        }
        let latin = try Watcher(server, "/x")
        try await latin.poll()
        #expect(latin.bodies == ["Caf\u{E9}"])
    }

    @Test(
        "what has no text says why",
        arguments: [
            ("application/pdf", "%PDF-1.4", "", "PDF"), ("image/png", "x", "", "image/png"),
            ("text/html", "<div id=app></div>", "", "JavaScript"),
            ("text/html", "<p>a", "#prices", "'select' (#prices)"),
            ("text/html", "<p id=prices></p>a", "#prices", "no text"),
            ("text/plain", "a", "p", "plain text"), ("text/html", "", "", "empty"),
        ])
    func noText(type: String, body: String, select: String, reason: String) async throws {
        let server = try serve([body], type: type)
        let watcher = try Watcher(server, "/x", select.isEmpty ? [] : [("select", .string(select))])
        try await watcher.poll()
        #expect(watcher.memory.failure?.contains(reason) == true, "\(watcher.memory.failure ?? "none")")
        #expect(watcher.bodies.isEmpty && watcher.report.failures == 1)
    }

    @Test("robots.txt is obeyed, nofollow and noindex are no hindrance")
    func robots() async throws {
        let server = try LoopbackServer { path, _, _ in
            path == "/robots.txt"
                ? .init(200, [], "User-agent: *\nDisallow: /secret")
                : .init(200, html + ["X-Robots-Tag: none"], "<meta name=robots content=none><p>a")
        }
        let open = try Watcher(server, "/x")
        try await open.poll()
        #expect(open.bodies == ["a"])
        let shut = try Watcher(server, "/secret/x")
        try await shut.poll()
        #expect(shut.bodies.isEmpty && shut.memory.failure?.contains("robots.txt") == true)
        #expect(server.requests("/secret/x").isEmpty)
    }

    @Test("conditional requests, permanent moves and 410 are as for feeds")
    func polling() async throws {
        let server = try LoopbackServer { path, number, headers in
            switch path {
            case "/robots.txt": .init(404)
            case "/old": .init(301, ["Location: /new"])
            case "/new": headers["if-none-match"] == "\"v\"" ? .init(304) : .init(200, html + ["ETag: \"v\""], "<p>a")
            default: .init(410)
            }
        }
        let moved = try Watcher(server, "/old")
        for _ in 0..<3 { try await moved.poll() }
        #expect(moved.bodies == ["a"] && moved.memory.polls304 == 2 && server.requests("/old").count == 1)
        #expect(try await Watcher(server, "/gone").poll().stop?.contains("410") == true)
    }

    @Test("a hostile page stays bounded", arguments: ["<div>", "<td>a", "a\u{0}", "<main>", "<table><tr>"])
    func hostile(_ piece: String) async throws {
        let body = "<p>a</p>" + String(repeating: piece, count: (1 << 20) / piece.utf8.count)
        let watcher = try Watcher(serve([body]), "/x", [("select", "p, div div td"), ("ignore", "main > main")])
        try await watcher.poll()
        #expect(watcher.bodies.count == 1)
    }
}
