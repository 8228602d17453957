import Synchronization
import Testing
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@testable import WirewatchFeed

/// A source with its state: each poll is made by a new session, as after a restart.
private struct Poller {
    let state = MemoryState()
    let output: CollectingOutput
    let clock = ManualClock()
    let options: FeedOptions
    let report = SourceReport()

    init(_ url: String, _ literal: [(String, OptionLiteral)] = []) throws {
        output = CollectingOutput(state: state)
        let base: [(String, OptionLiteral)] = [
            ("url", .string(url)), ("allow_private_addresses", true), ("adaptive", false), ("every", "10m"),
        ]
        options = try WirewatchTesting.options(
            FeedOptions.self, .map(base.filter { pair in !literal.contains { $0.0 == pair.0 } } + literal))
    }

    var context: SourceContext {
        var context = SourceContext.test(clock: clock, state: state, drain: false)
        context.report = report
        return context
    }

    func session() throws -> PollSession { try FeedSource(options, context).session() }

    /// Returns why the source stops, and how long until the next poll.
    @discardableResult
    func poll(
        after wait: Duration = .seconds(600), _ output: (any SourceOutput)? = nil
    ) async throws -> (stop: String?, wait: Duration) {
        clock.advance(by: wait)
        let session = try session()
        let stop = try await session.poll(output ?? self.output)
        return (stop, session.schedule.due(await session.memory, now: clock.now()) - clock.now())
    }

    var memory: PollMemory { PollMemory(encoded: state.value(PollMemory.key) ?? []) }
    var titles: [String] { output.documents.map(\.article.title) }
}

@Suite struct PollingTests {
    @Test("a feed is read once, and asked for conditionally afterwards, validators byte for byte")
    func conditional() async throws {
        let server = try LoopbackServer { _, _, headers in
            headers["if-none-match"] == "W/\"a,1\"" && headers["if-modified-since"] == "1 Feb 2025 +0000"
                ? .init(304) : .init(200, ["ETag: W/\"a,1\"", "Last-Modified: 1 Feb 2025 +0000"], rss(items([2, 1])))
        }
        let poller = try Poller(server.url("/feed"))
        for _ in 0..<3 { try await poller.poll() }
        #expect(poller.titles == ["Item 1", "Item 2"])
        #expect(
            server.requests[0].headers["if-none-match"] == nil && server.requests[0].headers["if-modified-since"] == nil
        )
        #expect(poller.memory.polls304 == 2 && poller.memory.unmodified == 2 && poller.memory.polls == 3)
        let article = poller.output.documents[0].article
        #expect(article.url == "https://press.example/g1" && article.site == "Press")
    }

    @Test("a new ETag is taken from every reply, a 304 too")
    func movingETags() async throws {
        let server = try LoopbackServer { _, number, headers in
            .init(headers["if-none-match"] == nil ? 200 : 304, ["ETag: \"t-\(number)\""], rss(items([1])))
        }
        let poller = try Poller(server.url("/feed"))
        for _ in 0..<4 { try await poller.poll() }
        #expect(server.requests.map { $0.headers["if-none-match"] } == [nil, "\"t-1\"", "\"t-2\"", "\"t-3\""])
    }

    @Test(
        "permanent redirects are remembered, temporary ones are not",
        arguments: [(301, true), (308, true), (302, false), (307, false)])
    func redirects(status: Int, isRemembered: Bool) async throws {
        let server = try LoopbackServer { path, _, _ in
            switch path {
            case "/old": .init(status, ["Location: /between"])
            case "/between": .init(301, ["Location: /new"])
            default: .init(200, [], rss(items([1])))
            }
        }
        let poller = try Poller(server.url("/old"))
        for _ in 0..<3 { try await poller.poll() }
        #expect(server.requests("/old").count == (isRemembered ? 1 : 3))
        #expect(server.requests("/new").count == 3)
        #expect(poller.memory.movedTo == (isRemembered ? server.url("/new") : nil))
        #expect(poller.titles == ["Item 1"])
    }

    @Test("a move to what is no feed is not remembered")
    func movedToNothing() async throws {
        let server = try LoopbackServer { path, _, _ in
            path == "/old"
                ? .init(301, ["Location: /parked"]) : .init(200, ["Content-Type: text/html"], "<html>Buy this domain")
        }
        let poller = try Poller(server.url("/old"))
        try await poller.poll()
        #expect(poller.memory.movedTo == nil)
        #expect(
            poller.memory.failure?.contains("is no feed") == true && poller.memory.failure?.contains("web page") == true
        )
    }

    @Test("410 stops the source, and a restart within a day does not ask again")
    func gone() async throws {
        let server = try LoopbackServer { _, _, _ in .init(410) }
        let poller = try Poller(server.url("/feed"))
        let stop = try await poller.poll().stop
        #expect(stop?.contains("410 Gone") == true)
        await #expect(throws: SourceError.self) {
            try await FeedSource(poller.options, poller.context).run(poller.output)
        }
        #expect(server.requests.count == 1)
    }

    @Test("Retry-After is honoured in both forms", arguments: [429, 503])
    func retryAfter(status: Int) async throws {
        let server = try LoopbackServer { _, number, _ in
            // The clock stands at 12:10 at the first poll and at 13:40 at the second.
            .init(status, [number == 1 ? "Retry-After: 5400" : "Retry-After: Sun, 04 Jan 2026 15:40:00 GMT"])
        }
        let poller = try Poller(server.url("/feed"))
        #expect(try await poller.poll().wait == .seconds(5400))
        #expect(try await poller.poll(after: .seconds(5400)).wait == .seconds(7200))
        #expect(poller.memory.failures == 2 && poller.memory.failure?.contains("\(status)") == true)
    }

    @Test("a server in trouble is asked ever less often, and what it has afterwards is not missed")
    func trouble() async throws {
        let server = try LoopbackServer { _, number, _ in
            (2...5).contains(number)
                ? .init(500) : .init(200, ["ETag: \"e\(number)\""], rss(items((1...number).reversed())))
        }
        let poller = try Poller(server.url("/feed"))
        var waits: [Duration] = []
        for _ in 0..<5 { waits.append(try await poller.poll().wait) }
        #expect(waits[0] == .seconds(600))
        #expect(waits[4] > waits[1] * 4)
        #expect(server.requests[5 - 1].headers["if-none-match"] == "\"e1\"", "an error leaves the validators alone")
        #expect(poller.report.failures == 4)
        try await poller.poll()
        #expect(poller.titles == (1...6).map { "Item \($0)" })
        #expect(poller.memory.failures == 0)
    }

    @Test("a slow server is a failed poll with a clear reason")
    func slow() async throws {
        let server = try LoopbackServer { _, _, _ in
            var reply = LoopbackServer.Reply(200, [], rss(items([1])))
            reply.delayMilliseconds = 3000
            return reply
        }
        let poller = try Poller(server.url("/feed"), [("timeout", "1s")])
        try await poller.poll()
        #expect(poller.memory.failures == 1 && poller.output.documents.isEmpty)
        #expect(poller.memory.failure?.contains(server.url("/feed")) == true)
    }

    @Test("what is no feed is a failed poll, asked for anew the next time without its validators")
    func broken() async throws {
        let server = try LoopbackServer { _, number, headers in
            headers["if-none-match"] != nil
                ? .init(304) : .init(200, ["ETag: \"x\""], number == 1 ? "oops" : rss(items([1])))
        }
        let poller = try Poller(server.url("/feed"))
        try await poller.poll()
        #expect(poller.memory.failure?.contains("no feed") == true)
        try await poller.poll()
        #expect(poller.titles == ["Item 1"] && poller.memory.failure == nil)
    }

    @Test("the charset of the reply's header is used")
    func charset() async throws {
        let server = try LoopbackServer { _, _, _ in
            var reply = LoopbackServer.Reply(200, ["Content-Type: application/rss+xml; charset=windows-1251"])
            // "Робот" in windows-1251.
            reply.body =
                Array(rss([]).utf8.dropLast(16)) + Array("<item><title>".utf8) + [0xD0, 0xEE, 0xE1, 0xEE, 0xF2]
                + Array("</title></item></channel></rss>".utf8)
            return reply
        }
        let poller = try Poller(server.url("/feed"))
        try await poller.poll()
        #expect(poller.titles == ["\u{420}\u{43E}\u{431}\u{43E}\u{442}"])
    }

    @Test("a thousand new items come in order, each once, the state with the last")
    func thousand() async throws {
        let server = try LoopbackServer { _, number, _ in
            number == 1 ? .init(200, [], rss([])) : .init(200, [], rss(items((1...1000).reversed())))
        }
        let poller = try Poller(server.url("/feed"))
        for _ in 0..<3 { try await poller.poll() }
        #expect(poller.titles == (1...1000).map { "Item \($0)" })
        #expect(poller.output.documents.dropLast().allSatisfy { $0.cursor.isEmpty })
        #expect(Set(poller.output.documents.map(\.identity)).count == 1000)
    }

    @Test(
        "ended between two items, the rest comes after the restart and none is another document",
        arguments: [0, 1, 7, 19])
    func killed(after count: Int) async throws {
        let server = try LoopbackServer { _, number, headers in
            // New items come while the daemon is down.
            headers["if-none-match"] != nil
                ? .init(304) : .init(200, ["ETag: \"\(number)\""], rss(items((1...(number == 1 ? 20 : 22)).reversed())))
        }
        let poller = try Poller(server.url("/feed"), [("first", 100)])
        let first = FailingOutput(after: count)
        await #expect(throws: CancellationError.self) { try await poller.poll(first) }
        #expect(poller.state.value(PollMemory.key) == nil, "nothing is done before the last item is")
        try await poller.poll()
        try await poller.poll()
        #expect(poller.titles == (1...22).map { "Item \($0)" })
        let again = Set(first.documents.map(\.identity)).subtracting(poller.output.documents.map(\.identity))
        #expect(first.documents.count == count && again.isEmpty, "the engine knows them again")
    }

    @Test("resurfaced old items are known, changed ones are a new version")
    func resurfaced() async throws {
        let bodies = [
            items([3, 2, 1]), items([4, 3]), items([4, 3, 2, 1]), [("g4", "Item 4, corrected"), ("g3", "Item 3")],
        ]
        let server = try LoopbackServer { _, number, _ in .init(200, [], rss(bodies[min(number, 4) - 1])) }
        let poller = try Poller(server.url("/feed"))
        for _ in 0..<5 { try await poller.poll() }
        #expect(poller.titles == ["Item 1", "Item 2", "Item 3", "Item 4", "Item 4, corrected"])
        #expect(Set(poller.output.documents.map(\.identity)).count == 5)
    }

    @Test("full text comes from pages that robots.txt allows, else from the item")
    func fullText() async throws {
        let place = Mutex("")
        let server = try LoopbackServer { path, _, _ in
            switch path {
            case "/feed":
                .init(
                    200, [], rss([("private/3", "c"), ("gone/2", "b"), ("open/1", "a")], pages: place.withLock { $0 }))
            case "/robots.txt": .init(200, [], "User-agent: *\nDisallow: /private/")
            case "/open/1": .init(200, ["Content-Type: text/html; charset=utf-8"], "<p>The whole story")
            default: .init(404)
            }
        }
        place.withLock { $0 = server.url("") }
        let poller = try Poller(server.url("/feed"), [("full_text", true)])
        let session = try poller.session()
        _ = try await session.poll(poller.output)
        let contents = poller.output.documents.map { String(decoding: $0.content?.bytes ?? [], as: UTF8.self) }
        #expect(poller.titles == ["a", "b", "c"])
        #expect(contents[0] == "<p>The whole story")
        #expect(poller.output.documents[0].content?.type == ContentType("text/html", charset: "utf-8"))
        let first = poller.output.documents[0]
        let own = String(decoding: first.content?.item ?? [], as: UTF8.self) + first.article.body
        #expect(own.contains("About a"))
        #expect((contents[1] + poller.output.documents[1].article.body).contains("About b"))
        #expect((contents[2] + poller.output.documents[2].article.body).contains("About c"))
        #expect(server.requests("/private/3").isEmpty && server.requests("/robots.txt").count == 1)
        await session.report(next: nil)
        let figures = Dictionary(uniqueKeysWithValues: poller.report.figures.map { ($0.name, $0.value) })
        #expect(figures["page_robots"] == "1" && figures["page_status"] == "1")
    }

    @Test("ttl, skipHours and max-age put the next poll off, also after a 304")
    func hints() async throws {
        let server = try LoopbackServer { path, _, headers in
            let isKnown = headers["if-none-match"] != nil
            return switch path {
            case "/ttl": .init(isKnown ? 304 : 200, ["ETag: \"a\""], rss([], extra: "<ttl>30</ttl>"))
            case "/age": .init(isKnown ? 304 : 200, ["ETag: \"a\"", "Cache-Control: public, max-age=4000"], rss([]))
            default:
                .init(isKnown ? 304 : 200, ["ETag: \"a\""], rss([], extra: "<skipHours><hour>12</hour></skipHours>"))
            }
        }
        for (path, first, second) in [("/ttl", 1800, 1800), ("/age", 4000, 4000), ("/skip", 3000, 2400)] {
            let poller = try Poller(server.url(path))
            #expect(try await poller.poll().wait == .seconds(first), "\(path)")
            #expect(try await poller.poll().wait == .seconds(second), "\(path)")
        }
    }

    @Test("requests say who asks, bring no cookies and no referrer")
    func headers() async throws {
        let server = try LoopbackServer { _, _, _ in .init(200, ["Set-Cookie: a=1; Path=/"], rss(items([1]))) }
        let poller = try Poller(
            server.url("/feed"),
            [("contact", "https://desk.example/bot"), ("headers", ["X-Key": "k"]), ("auth", ["bearer": "t"])])
        for _ in 0..<2 { try await poller.poll() }
        for request in server.requests {
            #expect(request.headers["user-agent"] == "wirewatch/\(wirewatchVersion) (+https://desk.example/bot)")
            #expect(request.headers["x-key"] == "k" && request.headers["authorization"] == "Bearer t")
            #expect(request.headers["cookie"] == nil && request.headers["referer"] == nil)
            #expect(request.headers["accept"]?.contains("application/atom+xml") == true)
        }
    }

    @Test("a poll that drains waits for what the server asked, and fails when it fails")
    func draining() async throws {
        let server = try LoopbackServer { _, number, _ in
            number == 1 ? .init(200, ["Cache-Control: max-age=900"], rss(items([1]))) : .init(500)
        }
        let poller = try Poller(server.url("/feed"))
        var context = poller.context
        context.drain = true
        let source = FeedSource(poller.options, context)
        try await source.run(poller.output)
        try await source.run(poller.output)
        #expect(server.requests.count == 1 && poller.titles == ["Item 1"])
        poller.clock.advance(by: .seconds(1000))
        await #expect(throws: SourceError.self) { try await source.run(poller.output) }
    }
}

/// Takes so many documents, then fails as an engine that stops.
private final class FailingOutput: SourceOutput {
    private let count: Int
    private let taken = Mutex<[Document]>([])

    init(after count: Int) { self.count = count }

    var documents: [Document] { taken.withLock { $0 } }

    func emit(_ document: Document) async throws {
        try taken.withLock { taken in
            guard taken.count < count else { throw CancellationError() }
            taken.append(document)
        }
    }

    func reject(identity: String, url: String?, reason: String, excerpt: String, cursor: [StateChange]) async throws {}

    func advance(_ changes: [StateChange]) async throws {}
}

extension Poller {
    @discardableResult
    fileprivate func poll(_ output: any SourceOutput) async throws -> (stop: String?, wait: Duration) {
        try await poll(after: .seconds(600), output)
    }
}
