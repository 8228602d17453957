import Synchronization
import Testing
import WirewatchDigest
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@testable import WirewatchFeed

/// A publisher and its hub on loopback, by script, and a source that watches them.
private final class Press: Sendable {
    struct State {
        var feed = ""
        var links: [String] = []
        var hubReply = LoopbackServer.Reply(202)
        /// What the hub was asked, decoded.
        var asked: [[String: String]] = []
    }

    let state = Mutex(State())
    let server: LoopbackServer
    let endpoint = MemoryEndpoint(publicURL: "https://watch.example/base")
    let clock = ManualClock()
    let memory = MemoryState()
    let output: CollectingOutput
    let report = SourceReport()
    let isRemoved = Mutex(false)
    private let task = Mutex<Task<Void, any Error>?>(nil)

    init(_ feed: String = rss(items([1]))) throws {
        output = CollectingOutput(state: memory)
        let script = Script()
        server = try LoopbackServer(requests: { request, _ in script.press?.answer(request) ?? .init(503) })
        state.withLock { $0.feed = feed }
        script.press = self
    }

    /// Lets the server know whom to ask, without keeping it.
    private final class Script: Sendable {
        private struct Weak: Sendable { weak var press: Press? }
        private let held = Mutex(Weak())

        var press: Press? {
            get { held.withLock { $0.press } }
            set { held.withLock { $0.press = newValue } }
        }
    }

    fileprivate func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Reply {
        switch request.path {
        case "/feed":
            return state.withLock { .init(200, ["Content-Type: application/rss+xml"] + $0.links, $0.feed) }
        case "/hub", "/hub2":
            return state.withLock { state in
                var form = Self.form(request.body)
                form["path"] = request.path
                state.asked.append(form)
                return state.hubReply
            }
        case "/moved": return .init(307, ["Location: /hub"])
        case "/lost": return .init(302, ["Location: /hub"])
        default: return .init(404)
        }
    }

    static func form(_ body: [UInt8]) -> [String: String] {
        var form: [String: String] = [:]
        for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            var bytes: [UInt8] = []
            var rest = Array(parts[1].utf8)[...]
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "%") {
                    bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte)
                }
            }
            form[String(parts[0])] = String(decoding: bytes, as: UTF8.self)
        }
        return form
    }

    var topic: String { server.url("/feed") }

    func announce(_ hub: String = "/hub") {
        state.withLock { $0.links = ["Link: <\(hub)>; rel=\"hub\", <\(self.topic)>; rel=self"] }
    }

    func start(_ literal: [(String, OptionLiteral)] = []) throws {
        let base: [(String, OptionLiteral)] = [
            ("url", .string(topic)), ("allow_private_addresses", true), ("adaptive", false), ("every", "10m"),
            ("websub", true),
        ]
        let options = try options(FeedOptions.self, .map(base + literal))
        var context = SourceContext.test(clock: clock, state: memory, drain: false, endpoint: endpoint)
        context.report = report
        context.isRemoved = { [weak self] in self?.isRemoved.withLock { $0 } ?? false }
        let source = FeedSource(options, context)
        task.withLock { $0 = Task { [output] in try await source.run(output) } }
    }

    func stop() async {
        let task = task.withLock { $0 }
        task?.cancel()
        _ = await task?.result
    }

    /// Polls once more: moves the clock on until the feed is asked for.
    func poll() async {
        let before = server.requests("/feed").count
        for _ in 0..<10_000 where server.requests("/feed").count == before {
            clock.advance(by: .seconds(20))
            await settle()
        }
    }

    func settle() async { for _ in 0..<5 { try? await Task.sleep(for: .milliseconds(1)) } }

    func asked(_ count: Int) async -> [String: String] {
        _ = await eventually { self.state.withLock { $0.asked.count } >= count }
        return state.withLock { $0.asked.count >= count ? $0.asked[count - 1] : [:] }
    }

    var askedCount: Int { state.withLock { $0.asked.count } }

    /// A request of the hub to the callback that it was given.
    func hub(
        _ callback: String?, method: String = "GET", query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: String = ""
    ) async -> InboundReply {
        let path = (callback ?? "").replacing("https://watch.example/base", with: "")
        return await endpoint.send(
            InboundRequest(method: method, path: path, query: query, headers: headers, body: Array(body.utf8)))
    }

    func verify(
        _ form: [String: String], topic: String? = nil, mode: String = "subscribe", lease: Int = 1000
    ) async
        -> InboundReply
    {
        await hub(
            form["hub.callback"],
            query: [
                ("hub.mode", mode), ("hub.topic", topic ?? form["hub.topic"] ?? ""), ("hub.challenge", "ch4llenge"),
                ("hub.lease_seconds", String(lease)),
            ])
    }

    func push(
        _ form: [String: String], _ body: String, _ algorithm: HMAC.Algorithm = .sha256, secret: String? = nil
    ) async -> InboundReply {
        let code = HMAC.code(Array(body.utf8), key: Array((secret ?? form["hub.secret"] ?? "").utf8), algorithm)
        let digits = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return await hub(
            form["hub.callback"], method: "POST",
            headers: [("Content-Type", "application/rss+xml"), ("X-Hub-Signature", "\(algorithm.rawValue)=\(digits)")],
            body: body)
    }

    /// Polled once, asked for and verified.
    func subscribe(lease: Int = 1000, _ literal: [(String, OptionLiteral)] = []) async throws -> [String: String] {
        announce()
        try start(literal)
        await poll()
        let form = await asked(1)
        let reply = await verify(form, lease: lease)
        #expect(reply.status == 200 && reply.text == "ch4llenge")
        #expect(await shows("websub", "subscribed"))
        return form
    }

    func figure(_ name: String) -> String? { report.figures.first { $0.name == name }?.value }

    func shows(_ name: String, _ value: String) async -> Bool { await eventually { self.figure(name) == value } }

    var titles: [String] { output.documents.map(\.article.title) }
}

extension InboundReply {
    fileprivate var text: String { String(decoding: body, as: UTF8.self) }
}

private func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<3000 {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return condition()
}

@Suite("A feed with a hub", .timeLimit(.minutes(5)))
struct WebSubTests {
    @Test(
        "The hub is asked with topic, unguessable callback, secret and lease; its question is answered by the challenge"
    )
    func subscribes() async throws {
        let press = try Press()
        let form = try await press.subscribe()
        #expect(form["hub.mode"] == "subscribe" && form["hub.topic"] == press.topic)
        #expect(form["hub.lease_seconds"] == "864000" && form["hub.secret"]?.utf8.count == 64)
        let callback = try #require(form["hub.callback"])
        #expect(callback.hasPrefix("https://watch.example/base/websub/test/") && callback.utf8.count > 39 + 63)
        #expect(press.figure("websub_until") == (press.clock.now() + .seconds(1000)).rfc3339)
        await press.stop()
        #expect(press.endpoint.paths.isEmpty)
    }

    @Test("Questions that we did not raise are not answered: another token, topic, mode, or an end that we do not want")
    func strangers() async throws {
        let press = try Press()
        let form = try await press.subscribe()
        var other = form
        other["hub.callback"] = form["hub.callback"].map { $0.dropLast(1) + ($0.hasSuffix("0") ? "1" : "0") }
        #expect(await press.verify(other).status == 404)
        #expect(await press.verify(form, topic: "https://evil.example/feed").status == 404)
        #expect(await press.verify(form, mode: "unsubscribe").status == 404)
        #expect(await press.verify(form, mode: "publish").status == 404)
        #expect(await press.hub("https://watch.example/base/websub/test/").status == 404)
        #expect(
            await press.hub(form["hub.callback"], query: [("hub.mode", "subscribe"), ("hub.topic", press.topic)]).status
                == 404)
        other["hub.secret"] = form["hub.secret"]
        #expect(await press.push(other, rss(items([9]))).status == 404)
        #expect(press.figure("websub") == "subscribed" && press.titles == ["Item 1"])
        await press.stop()
    }

    @Test("Pushed items come once, whether polled before or after, by each kind of signature")
    func pushes() async throws {
        let press = try Press()
        let form = try await press.subscribe()
        for (number, algorithm) in HMAC.Algorithm.allCases.enumerated() {
            let reply = await press.push(form, rss(items((1...(number + 2)).reversed())), algorithm)
            #expect(reply.status == 202)
            #expect(await press.shows("websub_pushes", String(number + 1)))
        }
        #expect(press.titles == (1...5).map { "Item \($0)" })
        press.state.withLock { $0.feed = rss(items([5, 4, 3, 2, 1])) }
        await press.poll()
        await press.settle()
        #expect(press.titles.count == 5)
        // A new run knows them too.
        await press.stop()
        try press.start()
        await press.poll()
        #expect(await eventually { press.figure("polls") == "3" })
        #expect(press.titles.count == 5)
        await press.stop()
    }

    @Test("A wrong or missing signature is answered like a right one, and its content ignored and counted")
    func forgeries() async throws {
        let press = try Press()
        let form = try await press.subscribe()
        #expect(await press.push(form, rss(items([2])), secret: "guessed").status == 202)
        #expect(await press.hub(form["hub.callback"], method: "POST", body: rss(items([3]))).status == 202)
        let odd = await press.hub(
            form["hub.callback"], method: "POST", headers: [("X-Hub-Signature", "md5=00")], body: rss(items([4])))
        #expect(odd.status == 202)
        #expect(await press.shows("websub_rejected", "3"))
        #expect(press.titles == ["Item 1"])
        #expect(await press.push(form, "no feed at all").status == 202)
        #expect(await press.shows("websub_rejected", "4"))
        await press.stop()
    }

    @Test(
        "While pushes can be relied upon, the feed is polled at the longest interval, and at its own again afterwards")
    func pace() async throws {
        let press = try Press()
        let form = try await press.subscribe(lease: 100_000, [("max_every", "1h")])
        let start = press.clock.now()
        await press.poll()
        #expect(press.clock.now() - start >= .seconds(3500))
        #expect(await press.push(form, rss(items([2])), secret: "guessed").status == 202)
        #expect(await press.shows("websub_rejected", "1"))
        let then = press.clock.now()
        await press.poll()
        #expect(press.clock.now() - then <= .seconds(700))
        // A push that brings something restores the trust.
        #expect(await press.push(form, rss(items([3]))).status == 202)
        #expect(await press.shows("websub_pushes", "1"))
        let later = press.clock.now()
        await press.poll()
        #expect(press.clock.now() - later >= .seconds(3400))
        // What only a poll finds takes it away.
        press.state.withLock { $0.feed = rss(items([4, 3, 2, 1])) }
        await press.poll()
        #expect(await eventually { press.titles.contains("Item 4") })
        await press.settle()
        let last = press.clock.now()
        await press.poll()
        #expect(press.clock.now() - last <= .seconds(700))
        await press.stop()
    }

    @Test("The lease is renewed before it ends, with the same callback and secret, and the same after a restart")
    func renewal() async throws {
        let press = try Press()
        let form = try await press.subscribe(lease: 10_000)
        let start = press.clock.now()
        while press.askedCount < 2, press.clock.now() - start < .seconds(10_000) {
            press.clock.advance(by: .seconds(100))
            await press.settle()
        }
        #expect((Duration.seconds(7900)...(.seconds(8300))).contains(press.clock.now() - start))
        let second = await press.asked(2)
        #expect(second == form)
        #expect(await press.verify(second, lease: 10_000).status == 200)
        #expect(await press.shows("websub_until", (press.clock.now() + .seconds(10_000)).rfc3339))
        await press.stop()
        try press.start()
        let restart = press.clock.now()
        while press.askedCount < 3, press.clock.now() - restart < .seconds(1000) {
            press.clock.advance(by: .seconds(10))
            await press.settle()
        }
        #expect(press.clock.now() - restart <= .seconds(310))
        #expect(await press.asked(3) == form)
        await press.stop()
    }

    @Test("A hub that fails or stays silent is asked again, ever later; another one that the feed names has its turn")
    func failures() async throws {
        let press = try Press()
        press.state.withLock { $0.links = ["Link: </hub>; rel=hub", "Link: </hub2>; rel=\"alternate hub\""] }
        press.state.withLock { $0.hubReply = .init(500, [], "out of order") }
        try press.start()
        await press.poll()
        let first = await press.asked(1)
        #expect(await eventually { press.figure("websub_failure")?.contains("500: out of order") == true })
        #expect(press.figure("websub") == "failed")
        var times = [press.clock.now()]
        for count in 2...4 {
            for _ in 0..<3000 where press.askedCount < count {
                press.clock.advance(by: .seconds(10))
                await press.settle()
            }
            times.append(press.clock.now())
        }
        let waits = zip(times, times.dropFirst()).map { ($1 - $0).milliseconds / 1000 }
        #expect(waits[0] >= 200 && waits[0] <= 330 && waits[1] > waits[0] && waits[2] > waits[1], "\(waits)")
        let second = await press.asked(2)
        #expect(first["path"] == "/hub" && second["path"] == "/hub2")
        #expect(first["hub.secret"] != second["hub.secret"] && first["hub.callback"] != second["hub.callback"])
        // One that takes the request on but never asks back has failed, too.
        press.state.withLock { $0.hubReply = .init(202) }
        for _ in 0..<3000 where press.askedCount < 5 {
            press.clock.advance(by: .seconds(10))
            await press.settle()
        }
        #expect(await press.shows("websub", "asked"))
        for _ in 0..<200 where press.figure("websub") == "asked" {
            press.clock.advance(by: .seconds(10))
            await press.settle()
            await press.settle()
        }
        #expect(await eventually { press.memoryFailure?.contains("did not verify") == true })
        await press.stop()
    }

    @Test("A denial is taken at its word: polling goes on as before, and the hub is left alone for a day")
    func denied() async throws {
        let press = try Press()
        let form = try await press.subscribe(lease: 100_000)
        let reply = await press.hub(
            form["hub.callback"],
            query: [("hub.mode", "denied"), ("hub.topic", press.topic), ("hub.reason", "not for you")])
        #expect(reply.status == 200)
        #expect(await press.shows("websub", "failed"))
        #expect(press.figure("websub_failure")?.contains("not for you") == true)
        let start = press.clock.now()
        await press.poll()
        #expect(press.clock.now() - start <= .seconds(700))
        #expect(press.askedCount == 1)
        await press.stop()
    }

    @Test("A hub's 307 is followed with the whole request; a 302 is not")
    func redirects() async throws {
        let press = try Press()
        press.announce("/moved")
        try press.start()
        await press.poll()
        let form = await press.asked(1)
        #expect(form["path"] == "/hub" && form["hub.topic"] == press.topic)
        #expect(await press.verify(form).status == 200)
        await press.stop()

        let lost = try Press()
        lost.announce("/lost")
        try lost.start()
        await lost.poll()
        #expect(await eventually { lost.figure("websub_failure")?.contains("302") == true })
        #expect(lost.askedCount == 0)
        await lost.stop()
    }

    @Test("When the feed goes over to another hub or topic, so does the subscription, under a new callback")
    func hubChange() async throws {
        let press = try Press()
        let form = try await press.subscribe(lease: 100_000)
        press.state.withLock { state in
            state.links = ["Link: </hub2>; rel=hub"]
            state.feed = rss(items([2, 1]))
        }
        await press.poll()
        let second = await press.asked(2)
        #expect(second["path"] == "/hub2" && second["hub.callback"] != form["hub.callback"])
        #expect(await press.verify(form).status == 404)
        #expect(await press.verify(second).status == 200)
        #expect(await press.push(form, rss(items([3]))).status == 404)
        #expect(await press.push(second, rss(items([3]))).status == 202)
        #expect(await eventually { press.titles.contains("Item 3") })
        await press.stop()
    }

    @Test("Whoever takes the source out of the configuration ends the subscription, with the hub's question answered")
    func unsubscribes() async throws {
        let press = try Press()
        let form = try await press.subscribe()
        await press.stop()
        #expect(press.askedCount == 1, "a stop of the daemon keeps the subscription")
        try press.start()
        await press.endpoint.waitForRoute()
        press.isRemoved.withLock { $0 = true }
        async let end: Void = press.stop()
        let last = await press.asked(2)
        #expect(last["hub.mode"] == "unsubscribe" && last["hub.callback"] == form["hub.callback"])
        #expect(await press.verify(last, mode: "unsubscribe").text == "ch4llenge")
        await end
        #expect(press.endpoint.paths.isEmpty)
    }

    @Test(
        "Hub and topic come from Link fields, else from the feed",
        arguments: [
            (
                [],
                "<atom:link rel='hub' href='https://h.example/'/><atom:link rel='self' href='https://p.example/own'/>",
                ["https://h.example/"], "https://p.example/own"
            ),
            ([], "<atom:link rel='hub' href='/h'/>", ["https://p.example/h"], "https://p.example/feed"),
            (
                ["</a>; rel=\"hub\"; x=y, <b>;rel=self"], "<atom:link rel='hub' href='https://h.example/'/>",
                ["https://p.example/a"], "https://p.example/b"
            ),
            (
                ["<https://h.example/1>; rel=hub", "<https://h.example/2>; title=\"a, b\"; rel=\"x HUB\""], "",
                ["https://h.example/1", "https://h.example/2"], "https://p.example/feed"
            ),
            (["<https://h.example/", "; rel=hub"], "", [], ""), (["<https://h.example/>; rel=next"], "", [], ""),
        ] as [([String], String, [String], String)])
    func offers(links: [String], extra: String, hubs: [String], topic: String) throws {
        let response = HTTPResponse(
            url: try HTTPURL("https://p.example/feed"), headers: HTTPHeaders(links.map { ("Link", $0) }), body: [],
            received: Timestamp(seconds: 0))
        let text = rss(items([1]), extra: extra).replacing(
            "<rss ", with: "<rss xmlns:atom='http://www.w3.org/2005/Atom' ")
        let offer = WebSubOffer(response, try FeedReader.read(Array(text.utf8)))
        #expect(offer?.hubs ?? [] == hubs)
        if !hubs.isEmpty { #expect(offer?.topic == topic) }
    }

    @Test("What is remembered of a subscription survives its encoding, and nonsense is no subscription")
    func encoding() {
        var memory = WebSubMemory(encoded: [])
        #expect(memory == WebSubMemory())
        (memory.hub, memory.topic, memory.token, memory.secret) = ("https://h.example/?a=b c", "t", "k", "s")
        (memory.until, memory.lease, memory.nextRequest) = (Timestamp(seconds: 5), .seconds(7), Timestamp(seconds: 6))
        (memory.failures, memory.failure, memory.pushes, memory.rejected) = (3, "why not", 4, 5)
        #expect(WebSubMemory(encoded: memory.encoded) == memory)
        #expect(WebSubMemory(encoded: Array("until 99999999999999999999\nlease -1\nfailures x".utf8)) == WebSubMemory())
    }

    @Test("Without a hub it polls as ever, and without a public URL it says what to do")
    func without() async throws {
        let press = try Press()
        try press.start()
        await press.poll()
        #expect(await press.shows("websub", "no hub"))
        #expect(press.titles == ["Item 1"])
        await press.stop()
        for (scope, words) in [
            (OptionScope(listener: .absent), "add 'listen:"),
            (OptionScope(listener: .at(.loopback(port: 1), publicURL: nil)), "'public_url'"),
        ] {
            #expect {
                try options(FeedOptions.self, ["url": "https://p.example/", "websub": true], scope: scope)
            } throws: { ($0 as? RefusedOptions)?.diagnostics.contains { $0.message.contains(words) } ?? false }
        }
    }
}

extension Press {
    fileprivate var memoryFailure: String? { figure("websub_failure") }
}
