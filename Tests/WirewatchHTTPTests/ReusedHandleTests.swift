import Testing
import WirewatchKit

@testable import WirewatchHTTP

/// Handles go from one transfer to the next; here there is but one of them, and one connection.
@Suite struct ReusedHandleTests {
    let client = testClient {
        $0.maxConnections = 1
        $0.maxConnectionsPerHost = 1
    }

    /// What a transfer may set, each by itself and all together.
    static let changes: [(name: String, change: @Sendable (inout HTTPRequest) -> Void)] = [
        ("bearer", { $0.authentication = .bearer(token: "secret") }),
        ("basic", { $0.authentication = .basic(user: "u", password: "p") }),
        ("validators", { $0.validators = Validators(etag: "\"a\"", lastModified: "Sat, 1 Feb 2025 03:04:05 +0000") }),
        ("fields", { $0.headers = [("X-One", "1"), ("Cookie", "a=b"), ("Accept", "text/xml")] }),
        ("agent", { $0.userAgent = "other/2" }),
        (
            "post",
            {
                $0.method = .post
                $0.body = Array("a body".utf8)
            }
        ),
        ("watched", { $0.onHop = { _ in } }),
        (
            "all",
            {
                for (name, change) in ReusedHandleTests.changes where name != "all" && name != "bearer" { change(&$0) }
            }
        ),
    ]

    @Test("a transfer leaves nothing behind for the next one", arguments: changes.map(\.name))
    func carriesNothingOver(name: String) async throws {
        let server = TestServer { connection, request in
            connection.reply(200, ["Set-Cookie: id=1; Path=/"], "\(request.method) \(request.body.count)")
        }
        let change = try #require(Self.changes.first { $0.name == name }?.change)
        let plain = try await client.fetch(server.request())
        for _ in 0..<3 {
            _ = try await client.fetch(server.request { change(&$0) })
            let after = try await client.fetch(server.request())
            #expect(after.body == plain.body && after.status == plain.status)
        }
        let seen = server.seen.requests
        try #require(seen.count == 7)
        for index in [2, 4, 6] {
            #expect(seen[index].headers.list.map { "\($0)" } == seen[0].headers.list.map { "\($0)" })
            #expect(seen[index].method == "GET" && seen[index].body.isEmpty)
        }
        for index in [3, 5] {
            #expect(seen[index].headers.list.map { "\($0)" } == seen[1].headers.list.map { "\($0)" })
        }
    }

    @Test func `only the watched transfer is told of`() async throws {
        let server = TestServer { connection, _ in connection.reply(200, [], "x") }
        let hops = Lock(0)
        _ = try await client.fetch(server.request { $0.onHop = { _ in hops.withLock { $0 += 1 } } })
        for _ in 0..<3 { _ = try await client.fetch(server.request()) }
        #expect(hops.withLock { $0 } == 1)
    }

    @Test func `what one transfer may connect to, the next one may not`() async throws {
        let server = TestServer { connection, _ in connection.reply(200, [], "x") }
        for _ in 0..<3 {
            for host in ["127.0.0.1", "localhost"] { _ = try await client.fetch(server.request(host: host)) }
            // By its address, and by a name that leads there, over the kept connection.
            for host in ["127.0.0.1", "localhost"] {
                let refusal = await #expect(throws: HTTPError.self) {
                    try await client.fetch(server.request(host: host) { $0.allowsPrivateAddresses = false })
                }
                #expect(refusal?.kind == .forbiddenAddress)
            }
        }
        #expect(server.seen.requests.count == 6)
    }

    @Test func `limits and failures of one transfer are not the next one's`() async throws {
        let server = TestServer { connection, request in
            request.path == "/hang" ? (connection.waitForEnd(), false).1 : connection.reply(200, [], "a longer body")
        }
        for _ in 0..<3 {
            let late = await #expect(throws: HTTPError.self) {
                try await client.fetch(server.request("/hang") { $0.limits.total = .milliseconds(200) })
            }
            #expect(late?.kind == .timeout(.headers))
            let large = await #expect(throws: HTTPError.self) {
                try await client.fetch(server.request { $0.limits.bodyBytes = 4 })
            }
            #expect(large?.kind == .tooLarge(.body))
            let proxied = await #expect(throws: HTTPError.self) {
                try await client.fetch(server.request { $0.proxy = "http://127.0.0.1:1" })
            }
            #expect(proxied?.kind == .proxy)
            let response = try await client.fetch(server.request())
            #expect(response.body == Array("a longer body".utf8) && response.redirects == 0)
        }
    }
}
