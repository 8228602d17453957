import Testing

@testable import WirewatchHTTP

@Suite struct ForbiddenAddressTests {
    @Test func `loopback is not fetched by address, by name, nor by a name that is made to lead there`() async {
        let server = TestServer { connection, _ in connection.reply(200, [], "secret") }
        let client = testClient { $0.fixedAddresses = ["news.example:\(server.port)": "127.0.0.1"] }
        for host in ["127.0.0.1", "127.1", "localhost", "news.example", "[::ffff:127.0.0.1]", "0.0.0.0"] {
            let error = await failure(client, server.request(host: host) { $0.allowsPrivateAddresses = false })
            #expect(error?.kind == .forbiddenAddress, "\(host): \(error.map(\.description) ?? "fetched")")
            #expect(error?.description.contains("allow_private_addresses") == true)
        }
        #expect(server.seen.connections == 0)
    }

    @Test func `a connection that another request was allowed to make does not help`() async throws {
        let server = TestServer { connection, _ in connection.reply(200, [], "secret") }
        let client = testClient()
        #expect(try await client.fetch(server.request(host: "localhost")).status == 200)
        let error = await failure(client, server.request(host: "localhost") { $0.allowsPrivateAddresses = false })
        #expect(error?.kind == .forbiddenAddress)
        #expect(server.seen.requests.count == 1)
    }

    @Test(
        "a redirect to a private address is not followed",
        arguments: [
            "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://2130706433/",
            "//192.168.1.1/", "http://localhost/",
        ])
    func redirect(target: String) async throws {
        // The proxy plays a public server; it is on loopback because whoever configured it said so.
        let proxy = TestServer { connection, request in
            request.path == "http://news.example/"
                ? connection.reply(302, ["Location: \(target)"]) : connection.reply(200, [], "secret")
        }
        var request = HTTPRequest(try HTTPURL("http://news.example/"))
        request.proxy = "http://127.0.0.1:\(proxy.port)"
        let error = await failure(testClient(), request)
        #expect(error?.kind == .forbiddenAddress)
        #expect(error?.detail.contains("after a redirect from http://news.example/") == true)
        #expect(proxy.seen.requests.count == 1)
    }

    @Test func `a request that allows private addresses may be redirected there`() async throws {
        let server = TestServer { connection, request in
            request.path == "/"
                ? connection.reply(302, ["Location: http://localhost:\(request.headers["x-port"] ?? "")/end"])
                : connection.reply(200, [], "end")
        }
        let response = try await testClient().fetch(server.request { $0.headers = [("X-Port", "\(server.port)")] })
        #expect(response.body == Array("end".utf8))
    }

    @Test func `what cannot be reached or sent has its error`() async throws {
        let client = testClient()
        // Nothing listens on the ports of ancient services.
        var request = HTTPRequest(try HTTPURL("http://127.0.0.1:1/"))
        request.allowsPrivateAddresses = true
        #expect(await failure(client, request)?.kind == .connect)
        request.url = try HTTPURL("http://no-such-host.invalid/")
        #expect(await failure(client, request)?.kind == .resolve)
        request.proxy = "http://127.0.0.1:1"
        let proxy = await failure(client, request)
        #expect(proxy?.kind == .proxy, "\(proxy.map(\.description) ?? "")")
        let server = TestServer { connection, _ in connection.reply(200) }
        for (name, value) in [("X", "a\r\nHost: evil"), ("X", "a\0b"), ("X Y", "1"), ("", "1"), ("X:", "1")] {
            #expect(await failure(client, server.request { $0.headers = [(name, value)] })?.kind == .badRequest)
        }
        #expect(
            await failure(client, server.request { $0.authentication = .bearer(token: "a\nb") })?.kind == .badRequest)
        #expect(server.seen.requests.isEmpty)
    }
}
