import Testing

@testable import WirewatchHTTP

@Suite struct ExchangeTests {
    let client = testClient()

    @Test func `a reply comes with status, fields, body, sizes and peer, and the request names its sender`()
        async throws
    {
        let server = TestServer { connection, _ in connection.reply(200, ["ETag: \"a\"", "X: 1", "x: 2"], "hello") }
        let response = try await client.fetch(server.request("/feed?x=1"))
        #expect(response.status == 200)
        #expect(response.body == Array("hello".utf8))
        #expect(response.headers.all("X") == ["1", "2"])
        #expect(response.url == server.url("/feed?x=1"))
        #expect(response.permanentURL == nil)
        #expect(response.peerAddress == "127.0.0.1")
        #expect(response.version == .http11)
        #expect(response.sizes.wire == 5 && response.sizes.decoded == 5 && response.sizes.headers > 30)
        let request = try #require(server.seen.requests.first)
        #expect(request.headers["user-agent"] == "wirewatch/1.0 (+https://example.org/about)")
        for coding in ["gzip", "deflate", "br", "zstd"] {
            #expect(request.headers["accept-encoding"]?.contains(coding) == true)
        }
        #expect(request.headers["if-none-match"] == nil && request.headers["cookie"] == nil)
    }

    @Test(
        "validators go back byte for byte, and every reply brings the next ones",
        arguments: ["\"a\"", "W/\"x,1\"", "no quotes", "\"\u{E4}\""])
    func validators(etag: String) async throws {
        let date = "Sat, 1 Feb 2025 03:04:05 +0000"
        let server = TestServer { connection, request in
            request.headers["if-none-match"] == nil
                ? connection.reply(200, ["ETag: \(etag)", "Last-Modified: \(date)"], "x")
                : connection.reply(304, ["ETag: \"next\""])
        }
        let first = try await client.fetch(server.request()).validators()
        #expect(first == Validators(etag: etag, lastModified: date))
        let second = try await client.fetch(server.request { $0.validators = first })
        #expect(second.status == 304 && second.body.isEmpty)
        #expect(server.seen.requests.last?.headers["if-none-match"] == etag)
        #expect(server.seen.requests.last?.headers["if-modified-since"] == date)
        #expect(second.validators(after: first) == Validators(etag: "\"next\"", lastModified: date))
    }

    @Test func `a connection is kept and used again`() async throws {
        // On a busy machine more than the default may pass between two requests.
        let client = testClient { $0.idleTime = .seconds(3600) }
        let server = TestServer { connection, _ in connection.reply(200, [], "x") }
        #expect(try await client.fetch(server.request()).sizes.connections == 1)
        for _ in 0..<20 { #expect(try await client.fetch(server.request()).sizes.connections == 0) }
        #expect(server.seen.connections == 1)
    }

    @Test func `bodies without a length, in chunks with trailers, and after interim replies are whole`() async throws {
        let server = TestServer { connection, request in
            switch request.path {
            case "/old":
                connection.send("HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\nold")
                return false
            case "/chunks":
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: ETag\r\n\r\n")
                for chunk in ["3\r\nabc\r\n", "5;x=y\r\ndefgh\r\n", "0\r\nETag: \"late\"\r\n\r\n"] {
                    connection.send(chunk)
                }
                return true
            default:
                return connection.send("HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\n\r\n")
                    && connection.reply(200, [], "late")
            }
        }
        let old = try await client.fetch(server.request("/old"))
        #expect(old.body == Array("old".utf8) && old.version == .http10)
        let chunks = try await client.fetch(server.request("/chunks"))
        #expect(chunks.body == Array("abcdefgh".utf8) && chunks.headers["etag"] == nil)
        let late = try await client.fetch(server.request("/late"))
        #expect(late.status == 200 && late.body == Array("late".utf8) && late.headers["etag"] == nil)
    }

    @Test func `a compressed body is unpacked`() async throws {
        let text = String(repeating: "news ", count: 1000)
        let packed = try gzip([Array(text.utf8)])
        let server = TestServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
            return connection.send(packed)
        }
        let response = try await client.fetch(server.request())
        #expect(response.body == Array(text.utf8))
        #expect(response.sizes.wire == packed.count && response.sizes.decoded == text.utf8.count)
    }

    @Test func `a redirect is permanent when each hop is`() async throws {
        let server = TestServer { connection, request in
            switch request.path {
            case "/a": connection.reply(301, ["Location: b"])
            case "/b": connection.reply(308, ["Location: /c#part"])
            case "/x": connection.reply(302, ["Location: /a"])
            default: connection.reply(200, [], "end")
            }
        }
        let moved = try await client.fetch(server.request("/a"))
        #expect(moved.url == moved.permanentURL && moved.url.text == server.url("/c").text && moved.redirects == 2)
        let found = try await client.fetch(server.request("/x"))
        #expect(found.permanentURL == nil && found.redirects == 3)
        let kept = try await client.fetch(server.request("/a") { $0.limits.redirects = 0 })
        #expect(kept.status == 301)
    }

    @Test func `credentials and own header fields stay with their host`() async throws {
        let other = TestServer { connection, _ in connection.reply(200, [], "other") }
        let target = other.url("/there").text
        let server = TestServer { connection, request in
            switch request.path {
            case "/first": connection.reply(302, ["Location: /second"])
            case "/second": connection.reply(302, ["Location: \(target)"])
            default: connection.reply(404)
            }
        }
        for authentication in [Authentication.basic(user: "me", password: "p:w"), .bearer(token: "t0k")] {
            let response = try await client.fetch(
                server.request("/first") {
                    $0.authentication = authentication
                    $0.headers = [("X-Api-Key", "k"), ("Accept", "text/xml")]
                })
            #expect(response.body == Array("other".utf8))
        }
        // Clients of other tests may still call at a port that was given anew.
        let home = server.seen.requests.filter { ["/first", "/second"].contains($0.path) }
        #expect(home.count == 4)
        let sent: [String?] = home.map { $0.headers["authorization"] }
        #expect(sent == ["Basic bWU6cDp3", "Basic bWU6cDp3", "Bearer t0k", "Bearer t0k"])
        #expect(home.allSatisfy { $0.headers["x-api-key"] == "k" })
        let away = other.seen.requests.filter { $0.path == "/there" }
        #expect(away.count == 2)
        #expect(away.allSatisfy { $0.headers["authorization"] == nil && $0.headers["x-api-key"] == nil })
        #expect(away.allSatisfy { $0.headers["accept"] == "text/xml" })
    }

    @Test func `an internationalised name is asked for in its ASCII form`() async throws {
        let server = TestServer { connection, _ in connection.reply(200) }
        let client = testClient { $0.fixedAddresses = ["xn--bcher-kva.example:\(server.port)": "127.0.0.1"] }
        let response = try await client.fetch(server.request(host: "B\u{FC}cher.example"))
        #expect(response.url.host == "b\u{FC}cher.example")
        #expect(server.seen.requests.first?.headers["host"] == "xn--bcher-kva.example:\(server.port)")
    }

    @Test func `credentials in a URL are sent as such, but not in the URL`() async throws {
        let server = TestServer { connection, _ in connection.reply(200) }
        let url = try HTTPURL("http://me:pw@127.0.0.1:\(server.port)/x")
        _ = try await client.fetch(server.request { $0.url = url })
        #expect(server.seen.requests.first?.headers["authorization"] == "Basic bWU6cHc=")
        #expect(server.seen.requests.first?.path == "/x")
    }

    @Test func `a POST carries its body, and a 303 turns it into a GET`() async throws {
        let server = TestServer { connection, request in
            request.path == "/post" ? connection.reply(303, ["Location: /done"]) : connection.reply(200, [], "done")
        }
        let response = try await client.fetch(
            server.request("/post") {
                $0.method = .post
                $0.body = Array("a=1\0b".utf8)
                $0.headers = [("Content-Type", "text/plain")]
            })
        #expect(response.body == Array("done".utf8))
        #expect(server.seen.requests.map(\.method) == ["POST", "GET"])
        #expect(server.seen.requests.map(\.body) == [Array("a=1\0b".utf8), []])
    }

    @Test func `200 fetches keep to both limits and all arrive`() async throws {
        let client = testClient {
            $0.maxConnections = 8
            $0.maxConnectionsPerHost = 3
        }
        let servers = (0..<4).map { _ in
            TestServer { connection, request in
                pause(milliseconds: 2)
                return connection.reply(200, [], request.path)
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let response = try await client.fetch(servers[number % 4].request("/\(number)"))
                    #expect(response.body == Array("/\(number)".utf8))
                }
            }
            try await group.waitForAll()
        }
        for server in servers {
            #expect(server.seen.requests.count == 50)
            #expect(server.seen.mostActive <= 3 && server.seen.connections <= 3)
        }
    }
}
