import Glibc
import Testing
import WirewatchKit

@testable import WirewatchListener

@Suite("The HTTP listener", .blocking, .timeLimit(.minutes(5)))
struct HTTPListenerTests {
    @Test(
        "Addresses are numeric, with a port; a port alone is on loopback",
        arguments: [
            ("9464", "127.0.0.1:9464"), ("0.0.0.0:80", "0.0.0.0:80"), ("[::1]:9464", "[::1]:9464"),
            ("0", "127.0.0.1:0"),
            ("localhost:80", nil), ("127.0.0.1", nil), ("127.0.0.1:70000", nil), ("::1:9464", nil), ("", nil),
            (":80", nil),
            ("[::1]", nil), ("1.2.3:80", nil),
        ] as [(String, String?)])
    func addresses(text: String, expected: String?) { #expect(ListenAddress(text)?.description == expected) }

    static func listener(_ limits: ListenerLimits = ListenerLimits(), latch: Latch? = nil) throws -> HTTPListener {
        let figures = InboundRoute(
            "/figures", methods: ["GET"],
            screen: { _ in InboundReply(contentType: "text/plain", body: Array("42\n".utf8)) },
            handler: { _ in InboundReply(status: 500) })
        let echo = InboundRoute(
            "/echo", includesBelow: true, methods: ["GET", "POST"], maxBodyBytes: 1000,
            screen: { $0.header("x-token") == "no" ? .problem(401, "Unauthorized", "no") : nil },
            handler: { request in
                let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
                let body = String(decoding: request.body, as: UTF8.self)
                return InboundReply(
                    contentType: "text/plain",
                    body: Array("\(request.method) \(request.path) [\(query)] \(request.peer) \(body)\n".utf8),
                    headers: [("X-Broken", "a\r\nb")])
            })
        let slow = InboundRoute("/slow", methods: ["GET"]) { _ in
            await latch?.wait()
            return InboundReply(contentType: "text/plain", body: Array("at last\n".utf8))
        }
        return try HTTPListener(.loopback(port: 0), limits: limits) { path in
            [figures, echo, slow].first { $0.matches(path) }
        }
    }

    private func exchange(_ listener: HTTPListener, _ request: String) throws -> String {
        try TestClient.exchange(listener.address, request)
    }

    @Test("GET and HEAD are answered, other paths and methods refused")
    func requests() throws {
        let listener = try Self.listener()
        let found = try exchange(listener, "GET /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(found.hasPrefix("HTTP/1.1 200 "))
        #expect(found.hasSuffix("\r\n\r\n42\n"))
        #expect(found.contains("Content-Type: text/plain\r\n"))
        let head = try exchange(listener, "HEAD /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(head.hasPrefix("HTTP/1.1 200 ") && head.hasSuffix("\r\n\r\n"))
        let missing = try exchange(listener, "GET /other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(missing.hasPrefix("HTTP/1.1 404 ") && missing.contains("application/problem+json"))
        let post = try exchange(
            listener, "POST /figures HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc")
        #expect(post.hasPrefix("HTTP/1.1 405 ") && post.contains("Allow: GET, HEAD"))
    }

    @Test("A handler gets method, path, query, address and body, however the body comes")
    func bodies() throws {
        let listener = try Self.listener()
        let plain = try exchange(
            listener,
            "POST /echo/a%20b?x=1&y=%C3%A9+z&x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
        )
        #expect(plain.hasSuffix("POST /echo/a b [x=1;y=é z;x=] 127.0.0.1 hello\n"))
        #expect(!plain.contains("X-Broken"), "a header field cannot break out of its line")
        let chunked = try exchange(
            listener,
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")
        #expect(chunked.hasSuffix("POST /echo [] 127.0.0.1 hello\n"))
        let empty = try exchange(listener, "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(empty.hasSuffix("POST /echo [] 127.0.0.1 \n"))
    }

    @Test("A body beyond the route's limit is refused: announced, in chunks, and before it is sent at all")
    func largeBodies() throws {
        let listener = try Self.listener()
        let body = String(repeating: "a", count: 1001)
        let announced = try exchange(
            listener, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\nConnection: close\r\n\r\n" + body)
        #expect(announced.hasPrefix("HTTP/1.1 413 ") && announced.contains("1000B"))
        let chunked = try exchange(
            listener,
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "3e9\r\n\(body)\r\n3e9\r\n\(body)\r\n0\r\n\r\n")
        #expect(chunked.hasPrefix("HTTP/1.1 413 "))
        let asking = try TestClient(listener.address)
        asking.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n")
        let reply = asking.readAll()
        #expect(reply.hasPrefix("HTTP/1.1 413 ") && !reply.contains("100 Continue"))
        let huge = try TestClient(listener.address)
        huge.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
        #expect(huge.readAll().hasPrefix("HTTP/1.1 413 "))
        let fitting = try exchange(
            listener,
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n" + body.dropLast())
        #expect(fitting.hasPrefix("HTTP/1.1 200 "))
    }

    @Test("The screen refuses before the body, and whoever asks is told to go on otherwise")
    func screens() throws {
        let listener = try Self.listener()
        let refused = try TestClient(listener.address)
        refused.send(
            "POST /echo HTTP/1.1\r\nHost: x\r\nX-Token: no\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
        #expect(refused.readAll().hasPrefix("HTTP/1.1 401 "))
        let welcome = try TestClient(listener.address)
        welcome.send(
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
        #expect(welcome.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100 "))
        welcome.send("hello")
        #expect(welcome.readAll().hasSuffix("hello\n"))
    }

    @Test("Requests sent at once on one connection are answered one after the other, a refused one in between")
    func pipelining() throws {
        let listener = try Self.listener()
        let client = try TestClient(listener.address)
        func post(_ body: String, _ field: String = "") -> String {
            "POST /echo HTTP/1.1\r\nHost: x\r\n\(field)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        client.send(
            post("one") + post("no", "X-Token: no\r\n") + post("two")
                + "GET /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let replies = client.readAll()
        let order = ["one\n", "401 Unauthorized", "two\n", "42\n"].map { replies.firstRange(of: $0)?.lowerBound }
        #expect(!order.contains(nil), "\(replies)")
        #expect(order.compactMap { $0 } == order.compactMap { $0 }.sorted())
    }

    @Test("Nonsense, oversized heads and bodies that break off end their connection and nothing else")
    func hostile() throws {
        var limits = ListenerLimits()
        limits.idle = .seconds(1)
        let listener = try Self.listener(limits)
        for request in [
            "\r\n\r\n", "nonsense\r\n\r\n", "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\n\r\n",
            "GET /figures HTTP/1.1\r\nHost: x\r\nX-Long: " + String(repeating: "b", count: 100_000) + "\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nshort", "\0\0\0\0\r\n\r\n",
            "GET /figures HTTP/1.1\r\n\r\n",
        ] {
            let client = try TestClient(listener.address)
            client.send(request)
            client.finishSending()
            let reply = client.readAll()
            #expect(!reply.hasPrefix("HTTP/1.1 200 "), "\(request.prefix(40))")
        }
        // Never sends what it promises: closed when nothing has moved for a while.
        let silent = try TestClient(listener.address)
        silent.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nsome")
        #expect(!silent.readAll().hasPrefix("HTTP/1.1 200 "))
        let found = try exchange(listener, "GET /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(found.hasPrefix("HTTP/1.1 200 "))
    }

    @Test("A body that trickles for ever is cut off, however steadily it does")
    func trickle() throws {
        var limits = ListenerLimits()
        limits.bodyTime = .milliseconds(300)
        let listener = try Self.listener(limits)
        let client = try TestClient(listener.address)
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n")
        var sent = 0
        while sent < 998, client.send("a") {
            usleep(20_000)
            sent += 1
        }
        #expect(sent < 998)
        #expect(!client.readAll().hasPrefix("HTTP/1.1 200 "))
    }

    @Test("More than the limit of bodies at once are told to come again")
    func memory() throws {
        var limits = ListenerLimits()
        limits.bodyBytes = 1500
        let listener = try Self.listener(limits)
        let head = "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n"
        let half = String(repeating: "a", count: 900)
        let first = try TestClient(listener.address)
        first.send(head + half)
        // The first one's bytes are held once another is refused for them.
        var refused = ""
        for _ in 0..<1000 where !refused.hasPrefix("HTTP/1.1 503 ") {
            refused = try exchange(listener, head + half + String(repeating: "b", count: 100))
        }
        #expect(refused.hasPrefix("HTTP/1.1 503 ") && refused.contains("Retry-After: "))
        first.send(String(repeating: "b", count: 100))
        #expect(first.readAll().hasPrefix("HTTP/1.1 200 "))
        #expect(try exchange(listener, head + half + String(repeating: "b", count: 100)).hasPrefix("HTTP/1.1 200 "))
    }

    @Test("One slow request holds nobody up, and many wait at once")
    func slowHandlers() async throws {
        let latch = Latch()
        let listener = try Self.listener(latch: latch)
        let slow = try (0..<100).map { _ in try TestClient(listener.address) }
        for client in slow { client.send("GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") }
        for _ in 0..<20 {
            let found = try exchange(listener, "GET /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(found.hasPrefix("HTTP/1.1 200 "))
        }
        await latch.open()
        for client in slow { #expect(client.readAll().hasSuffix("at last\n")) }
    }

    @Test("Connections beyond the limits wait or are refused; the others go on")
    func connections() throws {
        var limits = ListenerLimits()
        limits.connectionsPerAddress = 4
        limits.idle = .seconds(2)
        let listener = try Self.listener(limits)
        let idle = try (0..<20).map { _ in try TestClient(listener.address) }
        idle[0].send("GET /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(idle[0].readAll().hasPrefix("HTTP/1.1 200 "))
        #expect(!idle[19].readAll().hasPrefix("HTTP/1.1 200 "))
        // When the idle ones have been closed, there is room again.
        var found = ""
        for _ in 0..<100 where !found.hasPrefix("HTTP/1.1 200 ") {
            found = (try? exchange(listener, "GET /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) ?? ""
            usleep(50_000)
        }
        #expect(found.hasPrefix("HTTP/1.1 200 "))
    }

    @Test("Stop answers what is in flight with 503, or lets it end within the grace")
    func stop() async throws {
        let latch = Latch()
        let listener = try Self.listener(latch: latch)
        let waiting = try TestClient(listener.address)
        waiting.send("GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        // Once a later one is answered, the first has been taken up.
        _ = try exchange(listener, "GET /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let reading = try TestClient(listener.address)
        reading.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nsome")
        listener.stop(grace: .milliseconds(20))
        let reply = waiting.readAll()
        #expect(reply.hasPrefix("HTTP/1.1 503 ") && reply.contains("Retry-After"))
        #expect(!reading.readAll().hasPrefix("HTTP/1.1 200 "))
        #expect(throws: NoConnection.self) { try TestClient(listener.address) }
        await latch.open()

        let other = Latch()
        let second = try Self.listener(latch: other)
        let patient = try TestClient(second.address)
        patient.send("GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        _ = try exchange(second, "GET /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        Task { await other.open() }
        second.stop(grace: .seconds(60))
        #expect(patient.readAll().hasSuffix("at last\n"))
    }

    @Test("Many clients at once, some of which leave, while it is stopped")
    func storm() async throws {
        let listener = try Self.listener(latch: nil)
        await withTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    for round in 0..<60 {
                        guard let client = try? TestClient(listener.address, patience: 20) else { return }
                        client.send(
                            "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")
                        if (number + round) % 3 == 0 { continue }
                        let reply = client.readAll()
                        if !reply.isEmpty {
                            #expect(reply.hasPrefix("HTTP/1.1 200 ") || reply.hasPrefix("HTTP/1.1 503 "))
                        }
                    }
                }
            }
            group.addTask {
                usleep(30_000)
                listener.stop(grace: .milliseconds(5))
            }
        }
        #expect(throws: NoConnection.self) { try TestClient(listener.address) }
    }

    @Test("An address in use is refused with what to do, and free again after stop")
    func inUse() throws {
        let first = try Self.listener()
        #expect(throws: HTTPListener.Failure.self) { try HTTPListener(first.address) { _ in nil } }
        let address = first.address
        first.stop()
        first.stop()
        let second = try HTTPListener(address) { _ in nil }
        #expect(second.address == address)
    }
}
