import Glibc
import Testing

@testable import WirewatchHTTP

/// Against `openssl s_server`; not run where there is no openssl.
@Suite(.enabled(if: access("/usr/bin/openssl", X_OK) == 0)) final class TLSTests {
    private let folder: String

    init() throws {
        var template = Array("/tmp/wirewatch-tls-XXXXXX".utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        // Only files that openssl made.
        for name in names(in: folder) { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    @Test func `each fault of a certificate has its error, and a trusted one is accepted`() async throws {
        let client = testClient()
        let good = try server(name: "localhost")
        defer { good.end() }
        let untrusted = try await failure(client, good.request())
        #expect(untrusted?.kind == .tls(.selfSigned), "\(untrusted.map(\.description) ?? "")")
        #expect(untrusted?.isTransient == false)
        let trusted = try await client.fetch(good.request(authorities: good.certificate))
        #expect(trusted.status == 200 && trusted.timings.secured > .zero)
        let missing = try await failure(client, good.request(authorities: folder + "/missing.pem"))
        #expect(missing?.kind == .badRequest)

        let other = try server(name: "other.example")
        defer { other.end() }
        let wrongHost = try await failure(client, other.request(authorities: other.certificate))
        #expect(wrongHost?.kind == .tls(.wrongHost), "\(wrongHost.map(\.description) ?? "")")
    }

    @Test func `a certificate that has expired has its error, although its issuer is trusted`() async throws {
        let server = try server(name: "localhost", hasExpired: true)
        defer { server.end() }
        let error = try await failure(testClient(), server.request(authorities: server.certificate))
        #expect(error?.kind == .tls(.expired), "\(error.map(\.description) ?? "")")
        #expect(error?.description.contains("expired") == true)
    }

    @Test func `a server that speaks only older TLS than 1.2 is refused, and the error says what it should speak`()
        async throws
    {
        // Debian's openssl serves TLS 1.1 at security level 0 alone.
        let server = try server(name: "localhost", options: ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"])
        defer { server.end() }
        let error = try await failure(testClient(), server.request(authorities: server.certificate))
        #expect(error?.kind == .tls(.handshake), "\(error.map(\.description) ?? "")")
        #expect(error?.description.contains("TLS 1.2 or newer") == true)
    }

    @Test func `plain HTTP on a TLS URL is a failed handshake, a server that hangs in it a timeout`() async throws {
        let server = TestServer { connection, _ in connection.reply(200) }
        let client = testClient()
        var request = HTTPRequest(try HTTPURL("https://127.0.0.1:\(server.port)/"))
        request.allowsPrivateAddresses = true
        request.limits.total = .milliseconds(300)
        let hanging = await failure(client, request)
        #expect(hanging?.kind == .timeout(.tls), "\(hanging.map(\.description) ?? "")")
        let talker = TestServer(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n") { _, _ in false }
        request.url = try HTTPURL("https://127.0.0.1:\(talker.port)/")
        request.limits.total = .seconds(10)
        #expect(await failure(client, request)?.kind == .tls(.handshake))
    }

    @Test func `a certificate of ours that cannot be read is told from one of theirs`() async throws {
        let good = try server(name: "localhost")
        defer { good.end() }
        var request = try good.request(authorities: good.certificate)
        request.tls.certificateFile = folder + "/missing.pem"
        let error = await failure(testClient(), request)
        #expect(error?.kind == .tls(.clientCertificate), "\(error.map(\.description) ?? "")")
    }

    @Test func `a server that wants a certificate of ours gets it, or the error says so`() async throws {
        let strict = try server(
            name: "localhost", options: ["-Verify", "1", "-verify_return_error"], trustsItself: true)
        defer { strict.end() }
        let without = try await failure(testClient(), strict.request(authorities: strict.certificate))
        #expect(without?.kind == .tls(.clientCertificate), "\(without.map(\.description) ?? "")")
        var request = try strict.request(authorities: strict.certificate)
        request.tls.certificateFile = strict.certificate
        request.tls.keyFile = folder + "/localhost.key"
        #expect(try await testClient().fetch(request).status == 200)
    }

    // MARK: Servers

    private struct Server {
        var process: pid_t
        var port: Int
        var certificate: String

        func request(authorities: String? = nil) throws -> HTTPRequest {
            var request = HTTPRequest(try HTTPURL("https://localhost:\(port)/"))
            request.allowsPrivateAddresses = true
            request.tls.authoritiesFile = authorities
            request.limits.total = .seconds(20)
            return request
        }

        func end() {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
    }

    private func server(
        name: String, options: [String] = [], trustsItself: Bool = false, hasExpired: Bool = false
    ) throws -> Server {
        let certificate = "\(folder)/\(name).pem"
        let key = "\(folder)/\(name).key"
        let request = [
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=\(name)",
            "-addext", "subjectAltName=DNS:\(name)", "-keyout", key, "-out",
        ]
        if hasExpired {
            waitpid(try openssl(request + ["\(folder)/request"]), nil, 0)
            // `openssl ca` alone makes certificates of the past; it wants an authority's files for that.
            write(
                """
                [ca]
                default_ca = authority
                [authority]
                database = \(folder)/index
                serial = \(folder)/serial
                new_certs_dir = \(folder)
                default_md = sha256
                policy = policy
                copy_extensions = copy
                [policy]
                commonName = supplied

                """, to: "authority")
            write("", to: "index")
            write("01\n", to: "serial")
            let past = ["-startdate", "200101000000Z", "-enddate", "200102000000Z"]
            let files = ["-keyfile", key, "-in", "\(folder)/request", "-out", certificate]
            let signing = ["ca", "-selfsign", "-batch", "-notext", "-config", "\(folder)/authority"]
            waitpid(try openssl(signing + files + past), nil, 0)
        } else {
            waitpid(try openssl(request + [certificate, "-x509", "-days", "2"]), nil, 0)
        }
        let port = freePort()
        let process = try openssl(
            ["s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key, "-www", "-quiet"]
                + (trustsItself ? ["-CAfile", certificate] : []) + options)
        for _ in 0..<500 where !accepts(port) { pause(milliseconds: 20) }
        return Server(process: process, port: port, certificate: certificate)
    }

    private func write(_ text: String, to name: String) {
        guard let file = fopen("\(folder)/\(name)", "w") else { return }
        fputs(text, file)
        fclose(file)
    }

    private func openssl(_ arguments: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in Int32(0)...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var process = pid_t()
        let strings = (["openssl"] + arguments).map { strdup($0) } + [nil]
        defer { for string in strings { free(string) } }
        try #require(posix_spawn(&process, "/usr/bin/openssl", &actions, nil, strings, environ) == 0)
        return process
    }

    private func freePort() -> Int { TestServer { _, _ in false }.port }

    private func accepts(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

private func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
        // d_name is NUL-terminated within its 256 bytes (readdir(3)).
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names
}
