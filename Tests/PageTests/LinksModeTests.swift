import Synchronization
import Testing
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@testable import WirewatchPage

private let watch: [(String, OptionLiteral)] = [("watch", "links")]

/// Serves a list that grows by its poll's number, and its articles.
private func site(
    robots: String? = nil, _ list: @escaping @Sendable (Int) -> LoopbackServer.Reply,
    article page: (@Sendable (String, Int) -> LoopbackServer.Reply?)? = nil
) throws -> LoopbackServer {
    try LoopbackServer { path, number, headers in
        if path == "/robots.txt" { return robots.map { .init(200, [], $0) } ?? .init(404) }
        if path == "/news/" || path == "/news" { return list(number) }
        let name = String(path.prefix { $0 != "?" })
        return page?(name, number) ?? .init(200, html, article(name))
    }
}

@Suite struct LinksModeTests {
    @Test("a new source takes the topmost articles, lowest first, and then what is new, each once across restarts")
    func newLinks() async throws {
        let server = try site { .init(200, html, newsroom((1...($0 + 3)).reversed())) }
        let watcher = try Watcher(server, "/news/", watch + [("first", 2)])
        try await watcher.poll()
        #expect(watcher.names == ["robot-report-number-3", "robot-report-number-4"])
        for _ in 0..<3 { try await watcher.poll() }
        #expect(watcher.names == (3...7).map { "robot-report-number-\($0)" })
        let first = watcher.output.documents[0]
        #expect(first.identity == "page:" + server.url("/news/robot-report-number-3"))
        #expect(first.article.canonicalURL == server.url("/news/robot-report-number-3"))
        #expect(first.content?.type == ContentType("text/html", charset: "utf-8"))
        #expect(first.article.title.isEmpty && first.article.received == watcher.clock.now() - .seconds(1800))
        #expect(server.requests.count == 1 + 4 + 5, "robots.txt once, the list at each poll, each article once")
        #expect(watcher.waiting.isEmpty && watcher.figure("pages_waiting") == "0")
    }

    @Test("first: none takes only what comes later")
    func firstNone() async throws {
        let server = try site { .init(200, html, newsroom((1...($0 + 3)).reversed())) }
        let watcher = try Watcher(server, "/news/", watch + [("first", "none")])
        for _ in 0..<2 { try await watcher.poll() }
        #expect(watcher.names == ["robot-report-number-5"])
    }

    @Test("a list that did not change is not read again, by 304 or by its bytes", arguments: [true, false])
    func unmodified(conditional: Bool) async throws {
        let server = try LoopbackServer { path, _, headers in
            if path == "/robots.txt" { return .init(404) }
            if path != "/news/" { return .init(200, html, article(path)) }
            if conditional, headers["if-none-match"] == "\"a\"" { return .init(304) }
            return .init(200, html + (conditional ? ["ETag: \"a\""] : []), newsroom([2, 1]))
        }
        let watcher = try Watcher(server, "/news/", watch)
        for _ in 0..<3 { try await watcher.poll() }
        #expect(watcher.names.count == 2 && watcher.memory.polls304 == (conditional ? 2 : 0))
    }

    @Test("two links to one article yield it once: tracking, canonical, AMP and redirects")
    func duplicates() async throws {
        let canonical = "<link rel=canonical href='/news/robot-report-number-1'>"
        let server = try site { number in
            let more = """
                <p><a href="/amp/news/robot-report-number-1">Robot report number one, for phones</a>
                <p><a href="/news/robot-report-number-1?utm_medium=x#part">Robot report number one again</a>
                <p><a href="/2026/01/an-old-way-to-number-one">The old address of robot report one</a>
                """
            return .init(200, html, newsroom(number == 1 ? [1] : [2, 1], more: number == 1 ? "" : more))
        } article: { name, _ in
            switch name {
            case "/2026/01/an-old-way-to-number-one": .init(301, ["Location: /news/robot-report-number-1"])
            case "/amp/news/robot-report-number-1": .init(200, html, article("AMP", head: canonical))
            default: nil
            }
        }
        let watcher = try Watcher(server, "/news/", watch)
        for _ in 0..<3 { try await watcher.poll() }
        #expect(watcher.names == ["robot-report-number-1", "robot-report-number-2"])
        #expect(watcher.figure("duplicate_links") == nil, "those of this run, of which there were none")
        #expect(server.requests("/amp/news/robot-report-number-1").count == 1)
    }

    @Test("of an article's two new addresses the one that is read first wins")
    func duplicatesAtOnce() async throws {
        let canonical = "<link rel=canonical href='/news/robot-report-number-1?utm_source=c'>"
        let server = try site { _ in
            .init(
                200, html,
                newsroom([1], more: "<a href='/amp/robot-report-number-1-amp'>Robot report number one for phones</a>"))
        } article: { name, _ in
            name.hasPrefix("/amp") ? .init(200, html, article("AMP", head: canonical)) : nil
        }
        let watcher = try Watcher(server, "/news/", watch)
        try await watcher.poll()
        #expect(watcher.names == ["robot-report-number-1"])
        #expect(watcher.figure("duplicate_links") == "1")
    }

    @Test(
        "a canonical address that every page of a site has is not believed",
        arguments: ["/", "/news/", "https://other.example/x"])
    func falseCanonical(_ address: String) async throws {
        let server = try site { _ in
            .init(200, html, newsroom([2, 1]))
        } article: { name, _ in
            .init(200, html, article(name, head: "<link rel=canonical href='\(address)'>"))
        }
        let watcher = try Watcher(server, "/news/", watch)
        try await watcher.poll()
        #expect(watcher.names == ["robot-report-number-1", "robot-report-number-2"])
    }

    @Test("a page that fails is asked for again at later polls, and yielded when it comes")
    func failingPage() async throws {
        let server = try site { _ in
            .init(200, html, newsroom([1]))
        } article: { _, number in
            number < 3 ? .init(503) : nil
        }
        let watcher = try Watcher(server, "/news/", watch)
        for _ in 0..<6 { try await watcher.poll() }
        #expect(watcher.names == ["robot-report-number-1"])
        // At the first, second and fourth poll: the waits double.
        #expect(server.requests("/news/robot-report-number-1?utm_source=home").count == 3)
        #expect(watcher.output.rejections.isEmpty && watcher.waiting.isEmpty)
    }

    @Test("a page that fails for ever is a dead letter after five times")
    func deadPage() async throws {
        let server = try site { _ in
            .init(200, html, newsroom([2, 1]))
        } article: { name, _ in
            name.hasSuffix("1") ? .init(404) : nil
        }
        let watcher = try Watcher(server, "/news/", watch)
        for _ in 0..<40 { try await watcher.poll() }
        #expect(watcher.names == ["robot-report-number-2"])
        let dead = try #require(watcher.output.rejections.first)
        #expect(watcher.output.rejections.count == 1 && dead.reason.contains("404") && dead.reason.contains("5 times"))
        #expect(dead.url?.contains("/news/robot-report-number-1") == true)
        #expect(server.requests.count { $0.path.contains("number-1") } == 5 && watcher.waiting.isEmpty)
    }

    @Test(
        "what can never be read is a dead letter at once",
        arguments: [
            ("gone", "410"), ("pdf", "PDF"), ("disguised", "PDF"), ("image", "image/png"), ("robots", "robots.txt"),
            ("big", "larger"),
            ("circle", "never arrives"), ("empty", "empty"),
        ])
    func hopeless(kind: String, reason: String) async throws {
        let robots = kind == "robots" ? "User-agent: *\nDisallow: /news/robot" : nil
        let server = try site(robots: robots) { _ in
            .init(200, html, newsroom([1]))
        } article: { name, _ in
            switch kind {
            case "gone": .init(410)
            case "pdf": .init(200, ["Content-Type: application/pdf"], "%PDF-1.7")
            case "disguised": .init(200, html, "%PDF-1.7")
            case "image": .init(200, ["Content-Type: image/png"], "x")
            case "big": .init(200, html, String(repeating: "x", count: 5000))
            case "circle": .init(200, html, "<meta http-equiv=refresh content='0; url=\(name)x'>")
            case "empty": .init(200, html, "")
            default: nil
            }
        }
        let watcher = try Watcher(server, "/news/", watch + [("max_size", "4096B")])
        for _ in 0..<2 { try await watcher.poll() }
        #expect(watcher.output.documents.isEmpty && watcher.output.rejections.count == 1)
        let found = watcher.output.rejections.first?.reason ?? ""
        #expect(found.contains(reason), "\(found)")
    }

    @Test("an article that leads to the start page or back to the list is none", arguments: ["/", "/news/"])
    func leadsHome(_ target: String) async throws {
        let server = try site {
            _ in
            .init(200, html, newsroom([1]))
        } article: { name, _ in
            name.hasSuffix("-1") ? .init(302, ["Location: \(target)"]) : nil
        }
        let watcher = try Watcher(server, "/news/", watch)
        for _ in 0..<40 { try await watcher.poll() }
        #expect(watcher.output.documents.isEmpty)
        #expect(watcher.output.rejections.map { $0.reason.contains("no article") } == [true])
    }

    @Test("a server that asks for patience is not asked for its other pages either")
    func patience() async throws {
        let server = try site {
            _ in
            .init(200, html, newsroom([3, 2, 1]))
        } article: { _, number in
            number == 1 ? .init(429, ["Retry-After: 900"]) : nil
        }
        let watcher = try Watcher(server, "/news/", watch)
        try await watcher.poll()
        #expect(server.requests.count { $0.path.contains("robot-report") } == 1)
        for _ in 0..<8 { try await watcher.poll() }
        #expect(watcher.names.sorted() == (1...3).map { "robot-report-number-\($0)" })
    }

    @Test("a page that leads on at once is followed")
    func refresh() async throws {
        let server = try site { _ in
            .init(200, html, newsroom([1]))
        } article: { name, _ in
            name == "/real-page" ? nil : .init(200, html, "<meta http-equiv=refresh content='1;url=/real-page'>")
        }
        let watcher = try Watcher(server, "/news/", watch)
        try await watcher.poll()
        #expect(watcher.names == ["real-page"])
    }

    @Test("robots.txt is obeyed for the list itself")
    func robotsOfList() async throws {
        let server = try site(robots: "User-agent: wirewatch\nDisallow: /news/") { _ in .init(200, html, newsroom([1]))
        }
        let watcher = try Watcher(server, "/news/", watch)
        try await watcher.poll()
        #expect(server.requests("/news/").isEmpty)
        #expect(watcher.memory.failure?.contains("robots.txt") == true && watcher.report.failures == 1)
    }

    @Test(
        "nofollow is obeyed, by element and by field, noindex is no hindrance", arguments: ["meta", "field", "noindex"])
    func nofollow(how: String) async throws {
        let server = try site { _ in
            .init(
                200, html + (how == "field" ? ["X-Robots-Tag: otherbot: noindex", "X-Robots-Tag: nofollow"] : []),
                newsroom(
                    [1],
                    head: how == "meta"
                        ? "<meta name=robots content='noindex,nofollow'>" : "<meta name=robots content=noindex>"))
        }
        let watcher = try Watcher(server, "/news/", watch)
        try await watcher.poll()
        #expect(watcher.names.count == (how == "noindex" ? 1 : 0))
        #expect((watcher.memory.failure?.contains("nofollow") == true) == (how != "noindex"))
        #expect(server.requests.count == (how == "noindex" ? 3 : 2))
    }

    @Test("a moved list is remembered, and its links are resolved where it is now")
    func moved() async throws {
        let server = try LoopbackServer { path, _, _ in
            switch path {
            case "/robots.txt": .init(404)
            case "/old": .init(308, ["Location: /moved/list/"])
            case "/moved/list/":
                .init(200, html, "<main><h2><a href='a-robot-learns-to-walk'>A robot learns to walk</a></h2></main>")
            default: .init(200, html, article(path))
            }
        }
        let watcher = try Watcher(server, "/old", watch)
        for _ in 0..<2 { try await watcher.poll() }
        #expect(server.requests("/old").count == 1 && server.requests("/moved/list/").count == 2)
        #expect(watcher.output.documents.map(\.article.url) == [server.url("/moved/list/a-robot-learns-to-walk")])
    }

    @Test("410 stops the source, an error and Retry-After put it off")
    func troubles() async throws {
        let gone = try Watcher(site { _ in .init(410) }, "/news/", watch)
        #expect(try await gone.poll().stop?.contains("410 Gone") == true)
        let busy = try site { _ in .init(503, ["Retry-After: 7200"]) }
        #expect(try await Watcher(busy, "/news/", watch).poll().wait == .seconds(7200))
    }

    @Test(
        "what is no list says so",
        arguments: [
            ("application/pdf", "%PDF", "PDF"), ("application/rss+xml", "<rss/>", "'feed'"),
            ("text/plain", "words", "watch: text"),
            ("text/html", "<div id=app></div>", "JavaScript"), ("application/json", "{}", "application/json"),
        ])
    func noList(type: String, body: String, reason: String) async throws {
        let server = try site { _ in .init(200, ["Content-Type: \(type)"], body) }
        let watcher = try Watcher(server, "/news/", watch)
        try await watcher.poll()
        #expect(watcher.memory.failure?.contains(reason) == true, "\(watcher.memory.failure ?? "")")
    }

    @Test("further pages are read at the first poll alone")
    func nextPages() async throws {
        let server = try site { _ in
            .init(200, html, newsroom([9, 8], more: "<a rel=next href='/news/page/2'>Older</a>"))
        } article: {
            name, _ in
            guard name.hasPrefix("/news/page/"), let number = Int(name.split(separator: "/").last ?? "") else {
                return nil
            }
            return .init(
                200, html,
                newsroom(
                    [9 - number * 2, 8 - number * 2], more: "<a rel=next href='/news/page/\(number + 1)'>Older</a>"))
        }
        let watcher = try Watcher(server, "/news/", watch + [("next_pages", 2)])
        for _ in 0..<2 { try await watcher.poll() }
        #expect(watcher.names == [2, 3, 4, 5, 8, 9].map { "robot-report-number-\($0)" })
        #expect(server.requests.count { $0.path.hasPrefix("/news/page/") } == 2)
    }

    @Test("a rebuilt site does not flood: no more than max_items of one poll")
    func flood() async throws {
        let server = try site { .init(200, html, newsroom($0 == 1 ? 1...2 : 100...140)) }
        let watcher = try Watcher(server, "/news/", watch + [("max_items", 5)])
        for _ in 0..<3 { try await watcher.poll() }
        #expect(watcher.names.count == 2 + 5)
    }

    @Test("links are chosen by globs, words, place and part of the page")
    func choosing() async throws {
        let page = """
            <nav><a href=/reports/n>In the navigation</a></nav><div id=list><a href=/reports/a>One two</a><a href=/reports/b/>One</a>
            <a href=/reports/x/c>Deep down here</a><a href=/reports/d?print=1>Print it out</a><p class=ad><a href=/reports/e>An ad here</a></p></div>
            <a href=/reports/f>Outside the list</a><a href=http://other.invalid/reports/g>Another site altogether</a>
            """
        let server = try site { _ in .init(200, html, page) }
        let cases: [([(String, OptionLiteral)], String)] = [
            ([("links", ["include": "/reports/*"])], "f e d?print=1 b a"),
            ([("links", ["include": "/reports/*", "exclude": ["*/d", "/reports/[ab]"]])], "f e"),
            ([("links", ["include": ["/reports/**"], "min_words": 2])], "f e d?print=1 c a"),
            ([("links", ["include": "/reports/*", "within": "page"])], "f e d?print=1 b a n"),
            ([("links", ["include": "http://127.0.0.1*/**/c"])], "c"),
            ([("links", ["include": "*print*"])], "d?print=1"),
            ([("links", ["include": "/reports/*"]), ("select", "#list"), ("ignore", ".ad")], "d?print=1 b a"),
        ]
        for (literal, expected) in cases {
            let watcher = try Watcher(server, "/news/", literal)
            try await watcher.poll()
            #expect(watcher.names == expected.split(separator: " ").map(String.init), "\(literal)")
        }
    }

    @Test("a crash between two pages loses none and repeats none")
    func crash() async throws {
        struct Crash: Error {}
        /// Fails at the second document, as an engine that goes down.
        final class Failing: SourceOutput {
            let inner: CollectingOutput
            let count = Mutex(0)
            init(_ inner: CollectingOutput) { self.inner = inner }
            func emit(_ document: Document) async throws {
                if count.withLock({
                    $0 += 1
                    return $0 == 2
                }) {
                    throw Crash()
                }
                try await inner.emit(document)
            }
            func reject(
                identity: String, url: String?, reason: String, excerpt: String, cursor: [StateChange]
            ) async throws {
                try await inner.reject(identity: identity, url: url, reason: reason, excerpt: excerpt, cursor: cursor)
            }
            func advance(_ changes: [StateChange]) async throws { try await inner.advance(changes) }
        }
        let server = try site { _ in .init(200, html, newsroom([3, 2, 1])) }
        let watcher = try Watcher(server, "/news/", watch)
        await #expect(throws: Crash.self) { try await watcher.poll(Failing(watcher.output)) }
        #expect(watcher.names.count == 1 && watcher.waiting.count == 2)
        try await watcher.poll()
        #expect(watcher.names == (1...3).map { "robot-report-number-\($0)" })
    }

    @Test("a draining run polls once and ends; one that fails says why")
    func drain() async throws {
        let server = try site { _ in .init(200, html, newsroom([2, 1])) }
        let watcher = try Watcher(server, "/news/", watch)
        try await watcher.source(drain: true).run(watcher.output)
        #expect(watcher.names.count == 2)
        let broken = try Watcher(site { _ in .init(500) }, "/news/", watch)
        await #expect(throws: SourceError.self) {
            try await broken.source(drain: true).run(broken.output)
        }
    }

    @Test(
        "a hostile list stays bounded",
        arguments: ["<a href=/news/robot-report-number->Robot report \u{0} number", "<div>", "<a href='?", "\u{0}"])
    func hostile(_ piece: String) async throws {
        let body = String(repeating: piece, count: (1 << 20) / piece.utf8.count) + newsroom([1])
        let server = try site { _ in .init(200, html, body) }
        let watcher = try Watcher(server, "/news/", watch + [("first", 3)])
        try await watcher.poll()
        #expect(watcher.output.documents.count <= 3)
    }
}
