import Glibc
import Testing
import WirewatchKit

@testable import WirewatchHTTP

@Suite struct HostileServerTests {
    let client = testClient()

    @Test func `header fields that come too slowly end in a timeout that says so`() async {
        let server = TestServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\n")
            while connection.send("X: 1\r\n") { pause(milliseconds: 20) }
            return false
        }
        let error = await failure(client, server.request { $0.limits.total = .milliseconds(300) })
        #expect(error?.kind == .timeout(.headers))
        #expect(error?.isTransient == true)
        #expect(error?.description.contains("while the header fields came") == true)
    }

    @Test func `a server that says nothing, or stops in the body, ends in a timeout`() async {
        let server = TestServer { connection, request in
            if request.path != "/silent" { connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc") }
            connection.waitForEnd()
            return false
        }
        let silent = await failure(client, server.request("/silent") { $0.limits.total = .milliseconds(200) })
        #expect(silent?.kind == .timeout(.headers))
        let stuck = await failure(client, server.request("/stuck") { $0.limits.total = .milliseconds(200) })
        #expect(stuck?.kind == .timeout(.body))
        #expect(stuck?.receivedBytes == 3)
        let slow = await failure(client, server.request("/slow") { $0.limits.lowSpeedTime = .seconds(1) })
        #expect(slow?.kind == .timeout(.body))
    }

    @Test func `a server that takes no connection ends in a timeout of its own kind`() async throws {
        let server = FullServer()
        for scheme in ["http", "https"] {
            var request = HTTPRequest(try HTTPURL("\(scheme)://127.0.0.1:\(server.port)/"))
            request.allowsPrivateAddresses = true
            request.limits.connect = .milliseconds(200)
            #expect(await failure(client, request)?.kind == .timeout(.connect))
        }
    }

    @Test func `an endless body is cut off at the limit`() async {
        let server = TestServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0x78, count: 0x10000) + Array("\r\n".utf8)
            while connection.send(chunk) {}
            return false
        }
        let error = await failure(client, server.request { $0.limits.bodyBytes = 1 << 20 })
        #expect(error?.kind == .tooLarge(.body))
        #expect(error?.isTransient == false)
        // What lies in the sockets' buffers aside.
        #expect(server.seen.sentBytes < 16 << 20)
    }

    @Test func `what the system takes in ahead of the client is bounded`() async {
        let size = Lock(Int32(0))
        let server = TestServer { connection, request in
            size.withLock { $0 = receiveBuffer(ofConnectionTo: Int(request.path.dropFirst()) ?? 0) ?? 0 }
            return connection.reply()
        }
        #expect(await failure(client, server.request("/\(server.port)")) == nil)
        // The system doubles what is asked for (socket(7)), and may allow less; without a size it would grow to tcp_rmem.
        #expect(size.withLock { $0 } == 2 * min(1 << 20, largestBuffer()))
    }

    @Test func `a length above the limit is refused before the body is read`() async {
        let server = TestServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nabc")
            connection.waitForEnd()
            return false
        }
        let error = await failure(client, server.request())
        #expect(error?.kind == .tooLarge(.body))
        #expect(error?.receivedBytes == 0)
    }

    @Test func `a gzip bomb is stopped by what it unpacks to`() async throws {
        let bomb = try gzip(repeatElement([UInt8](repeating: 0x20, count: 1 << 20), count: 64))
        let server = TestServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n")
            return connection.send(bomb)
        }
        #expect(bomb.count < 100_000)
        let error = await failure(client, server.request { $0.limits.bodyBytes = 2 << 20 })
        #expect(error?.kind == .tooLarge(.body))
        #expect((error?.receivedBytes ?? .max) <= 2 << 20)
    }

    @Test func `ten megabytes of header fields are not taken`() async {
        let server = TestServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\n")
            let line = "X-Filler: " + String(repeating: "x", count: 1000) + "\r\n"
            for _ in 0..<10_000 where !connection.send(line) { return false }
            return false
        }
        #expect(await failure(client, server.request())?.kind == .tooLarge(.headers))
        let long = TestServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 10 << 20) + "\r\n\r\n")
            return false
        }
        #expect(await failure(client, long.request())?.kind == .tooLarge(.headers))
    }

    @Test func `redirects in a circle, without end and to nowhere each have their error`() async {
        let server = TestServer { connection, request in
            switch request.path {
            case "/a": connection.reply(302, ["Location: /b"])
            case "/b": connection.reply(302, ["Location: /a"])
            case "/self": connection.reply(301, ["Location: /self"])
            case "/ftp": connection.reply(302, ["Location: ftp://example.org/x"])
            case "/file": connection.reply(302, ["Location: file:///etc/passwd"])
            case "/bad": connection.reply(302, ["Location: http://a b/"])
            default: connection.reply(302, ["Location: \(request.path)x"])
            }
        }
        for path in ["/a", "/self"] {
            #expect(await failure(client, server.request(path))?.kind == .redirectLoop)
        }
        for path in ["/ftp", "/file", "/bad"] {
            #expect(await failure(client, server.request(path))?.kind == .badRedirect)
        }
        let endless = await failure(client, server.request("/x"))
        #expect(endless?.kind == .tooManyRedirects)
        #expect(endless?.description.contains("more than 8 redirects") == true)
        #expect(server.seen.requests.count == 15)
    }

    @Test func `wrong lengths, a reset and an early end are no whole reply`() async {
        let server = TestServer { connection, request in
            switch request.path {
            case "/short": connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
            case "/chunk": connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")
            case "/reset":
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
                pause(milliseconds: 50)
                connection.reset()
            case "/headers": connection.send("HTTP/1.1 200 OK\r\nContent-Le")
            default: break
            }
            return false
        }
        for path in ["/short", "/chunk", "/reset", "/nothing"] {
            let error = await failure(client, server.request(path))
            #expect(error?.kind == .interrupted, "\(path): \(error.map(\.description) ?? "no error")")
            #expect(error?.isTransient == true)
        }
        let error = await failure(client, server.request("/headers"))
        #expect(error?.kind == .interrupted || error?.kind == .protocolViolation)
    }

    @Test func `what is no HTTP, no gzip and no sense is a violation of the protocol`() async {
        let server = TestServer { connection, request in
            switch request.path {
            case "/ssh": connection.send("SSH-2.0-OpenSSH_9\r\n")
            case "/gzip":
                connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!")
            case "/chunk": connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc")
            case "/304": connection.reply(304, ["ETag: \"x\""])
            default: break
            }
            return false
        }
        for path in ["/ssh", "/gzip", "/304"] {
            let error = await failure(client, server.request(path))
            #expect(error?.kind == .protocolViolation, "\(path): \(error.map(\.description) ?? "no error")")
        }
        let chunk = await failure(client, server.request("/chunk"))
        #expect(chunk?.kind == .interrupted || chunk?.kind == .protocolViolation)
        let asked = try? await client.fetch(server.request("/304") { $0.validators.etag = "\"x\"" })
        #expect(asked?.status == 304)
    }

    @Test(
        "a 429 is a reply, and its wait is read in each form",
        arguments: ["7", "Sun, 04 Jan 2026 12:00:07 GMT", "Sunday, 04-Jan-26 12:00:07 GMT", "Sun Jan  4 12:00:07 2026"])
    func tooManyRequests(value: String) async throws {
        let server = TestServer { connection, _ in connection.reply(429, ["Retry-After: \(value)"], "slow down") }
        let response = try await client.fetch(server.request())
        #expect(response.status == 429)
        let wait = RetryAfter.delay(response.headers["retry-after"], now: Timestamp(seconds: 1_767_528_000))
        #expect(wait == .seconds(7))
    }

    @Test func `an ETag that changes each time is taken over each time`() async throws {
        let server = TestServer { connection, request in
            connection.reply(200, ["ETag: \"\(request.headers["if-none-match"] ?? "")x\""], "same")
        }
        var validators = Validators()
        for _ in 0..<3 {
            validators = try await client.fetch(server.request { $0.validators = validators }).validators(
                after: validators)
        }
        #expect(validators.etag == "\"\"\"x\"x\"x\"")
    }

    @Test func `of an error page only the beginning is read`() async throws {
        let server = TestServer { connection, _ in
            connection.send("HTTP/1.1 404 Not Found\r\n\r\n")
            while connection.send([UInt8](repeating: 0x78, count: 65_536)) {}
            return false
        }
        let response = try await client.fetch(server.request())
        #expect(response.status == 404)
        #expect(response.body.count == 64 << 10)
    }

    @Test func `a slow server does not hold up the others`() async throws {
        let slow = TestServer { connection, _ in
            connection.waitForEnd()
            return false
        }
        let quick = TestServer { connection, _ in connection.reply(200, [], "x") }
        let client = client
        // None is given up before it is cancelled, however busy the machine is.
        let patient = slow.request {
            $0.limits.total = .seconds(3600)
            $0.limits.lowSpeed = 0
        }
        let waiting = (0..<20).map { _ in Task { await failure(client, patient) } }
        for _ in 0..<50 { _ = try await client.fetch(quick.request()) }
        for task in waiting { task.cancel() }
        for task in waiting { #expect(await task.value?.kind == .cancelled) }
    }
}

/// The size of the buffer in which the system keeps what comes for this process from a port.
private func receiveBuffer(ofConnectionTo port: Int) -> Int32? {
    for descriptor in Int32(3)..<1024 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &length) == 0 }
        }
        guard isConnected, address.sin_family == sa_family_t(AF_INET), Int(UInt16(bigEndian: address.sin_port)) == port
        else { continue }
        var size: Int32 = 0
        length = socklen_t(MemoryLayout<Int32>.size)
        if getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, &length) == 0 { return size }
    }
    return nil
}

/// What the system allows to be asked for.
private func largestBuffer() -> Int32 {
    guard let file = fopen("/proc/sys/net/core/rmem_max", "r") else { return .max / 2 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 32)
    return fgets(&line, 32, file) == nil ? .max / 2 : Int32(clamping: strtol(line, nil, 10))
}
