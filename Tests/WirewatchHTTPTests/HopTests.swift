import Testing
import WirewatchKit

@testable import WirewatchHTTP

@Suite struct HopTests {
    let client = testClient()

    /// The hops of a fetch, and what came of it.
    private func hops(_ request: HTTPRequest) async -> ([HTTPHop], HTTPError?) {
        let seen = Lock<[HTTPHop]>([])
        var request = request
        request.onHop = { hop in seen.withLock { $0.append(hop) } }
        do throws(HTTPError) {
            _ = try await client.fetch(request)
            return (seen.withLock { $0 }, nil)
        } catch {
            return (seen.withLock { $0 }, error)
        }
    }

    @Test func `each hop is told with what went out and what came in`() async throws {
        let server = TestServer { connection, request in
            request.path == "/old"
                ? connection.reply(301, ["Location: /new?x=1"], "moved")
                : connection.reply(200, ["ETag: \"a\""], "hello")
        }
        let (hops, error) = await hops(server.request("/old") { $0.validators = Validators(etag: "\"b\"") })
        #expect(error == nil)
        try #require(hops.count == 2)
        #expect(hops.map(\.requestLine) == ["GET /old HTTP/1.1", "GET /new?x=1 HTTP/1.1"])
        #expect(hops.map(\.status) == [301, 200])
        #expect(hops.map(\.peerAddress) == ["127.0.0.1", "127.0.0.1"])
        #expect(hops.map(\.isNewConnection) == [true, false])
        #expect(hops.map(\.wireBytes) == [5, 5])
        #expect(hops.allSatisfy { $0.headerBytes > 20 && $0.tls == nil && $0.error == nil })
        let sent = hops[0].requestHeaders
        #expect(sent.first { $0.name == "User-Agent" }?.value == "wirewatch/1.0 (+https://example.org/about)")
        #expect(sent.first { $0.name == "If-None-Match" }?.value == "\"b\"")
        #expect(hops[1].headers.first { $0.name == "ETag" }?.value == "\"a\"")
    }

    @Test func `secrets are withheld, on either side`() async throws {
        let server = TestServer { connection, request in
            request.path.hasPrefix("/a")
                ? connection.reply(302, ["Location: http://me:hidden-4@127.0.0.1/b", "Set-Cookie: id=hidden-5"])
                : connection.reply(200, [], "")
        }
        let (hops, _) = await hops(
            server.request("/a?token=hidden-1&x=1") {
                $0.authentication = .bearer(token: "hidden-2")
                $0.headers = [("X-Api-Key", "hidden-3"), ("Cookie", "a=hidden-6"), ("Accept-Language", "de")]
                $0.limits.redirects = 0
            })
        let hop = try #require(hops.first)
        #expect(!"\(hop)".contains("hidden"), "\(hop)")
        #expect(hop.requestLine == "GET /a?token=...&x=1 HTTP/1.1")
        #expect(hop.requestHeaders.contains { $0.name == "Authorization" && $0.value == HTTPHop.withheld })
        #expect(hop.requestHeaders.contains { $0.name == "X-Api-Key" && $0.value == HTTPHop.withheld })
        #expect(hop.requestHeaders.contains { $0.name == "Accept-Language" && $0.value == "de" })
        #expect(hop.headers.contains { $0.name == "Set-Cookie" && $0.value == HTTPHop.withheld })
    }

    @Test func `a fetch that fails has a last hop that says why`() async throws {
        let server = TestServer { connection, request in
            if request.path == "/r" { return connection.reply(302, ["Location: /gone"]) }
            connection.reset()
            return false
        }
        let (hops, error) = await hops(server.request("/r"))
        #expect(hops.map(\.status) == [302, 0])
        #expect(hops.last?.error == error && error != nil)
        #expect(hops.last?.requestLine == "GET /gone HTTP/1.1")
        // Refused before there was a connection.
        let (refused, _) = await self.hops(server.request { $0.allowsPrivateAddresses = false })
        #expect(refused.count == 1 && refused[0].requestLine.isEmpty && refused[0].peerAddress.isEmpty)
        #expect(refused[0].error?.kind == .forbiddenAddress)
    }
}
