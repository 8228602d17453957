import Glibc
import Synchronization
import Testing
import WirewatchDigest
import WirewatchTesting

/// Articles that come to the daemon by themselves, over its real listener.
@Suite("What is pushed to a running daemon")
struct PushTests {
    private static let pipeline = """
        pipeline: [{type: extract}]
        sinks: [{name: articles, type: json_log, path: articles.jsonl, records: articles}]
        """

    @Test("curl posts an article, a token is asked for, and a reload keeps the path and the connection's answers")
    func posting() throws {
        let folder = try TestFolder()
        func configure(_ path: String) throws {
            try folder.write(
                """
                state: state
                listen: {address: '127.0.0.1:0'}
                sources: [{name: desk, type: http, token: 0123456789abcdef, path: \(path)}]
                \(Self.pipeline)

                """, to: "config.yaml")
        }
        try configure("/articles")
        let program = try RunningProgram(["run", "--quiet"], in: folder)
        let port = try Self.port(of: program)
        let article = "{\"id\": \"1\", \"title\": \"A robot\", \"body\": \"It walked 3 km.\"}"
        var posted = ""
        // The listener is there a moment before the source is, and says 503 meanwhile.
        _ = try eventually {
            posted = try Self.post(port, "/articles", article)
            return !posted.hasPrefix("HTTP/1.1 503 ")
        }
        #expect(posted.hasPrefix("HTTP/1.1 200 ") && posted.contains("{\"accepted\":1,\"duplicates\":0,"), "\(posted)")
        // The article is in the log when the answer comes.
        let id = try #require(posted.firstRange(of: "\"ids\":[\"").map { String(posted[$0.upperBound...].prefix(32)) })
        #expect(folder.text("articles.jsonl").contains("\"id\":\"\(id)\""))
        #expect(try Self.post(port, "/articles", article).contains("{\"accepted\":1,\"duplicates\":1,"))
        #expect(try Self.post(port, "/articles", article, token: "wrong").hasPrefix("HTTP/1.1 401 "))
        #expect(
            try Self.exchange(port, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").hasSuffix(
                "alive\n"))

        try configure("/elsewhere")
        #expect(try RunningProgram.run("reload", in: folder).code == 0)
        #expect(
            try eventually { try Self.post(port, "/elsewhere", article).contains("\"duplicates\":1") })
        #expect(try Self.post(port, "/articles", article).hasPrefix("HTTP/1.1 404 "))
        let status = try RunningProgram.run("status", in: folder).output
        #expect(
            status.contains("accepted 1") || status.contains("accepted: 1") || status.contains("accepted"), "\(status)")
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0)
        #expect(folder.text("articles.jsonl").split(separator: "\n").count == 1)
    }

    @Test("A hub is asked, asks back, pushes an item, and is told the end when the source is taken out")
    func webSub() throws {
        let folder = try TestFolder()
        let port = try Self.freePort()
        let press = try Press(port: port)
        func configure(_ sources: String) throws {
            try folder.write(
                """
                state: state
                listen: {address: '127.0.0.1:\(port)', public_url: 'http://127.0.0.1:\(port)'}
                sources: [\(sources)]
                \(Self.pipeline)

                """, to: "config.yaml")
        }
        let desk = "{name: desk, type: http, token: 0123456789abcdef}"
        let feed =
            "{name: press, type: feed, url: '\(press.server.url("/feed"))', every: 1s, websub: true, "
            + "allow_private_addresses: true}"
        try configure("\(desk), \(feed)")
        let program = try RunningProgram(["run", "--quiet"], in: folder)
        #expect(eventually { press.isVerified }, "\(program.errors)")
        #expect(press.push("Pushed item").hasPrefix("HTTP/1.1 202 "))
        #expect(eventually { folder.text("articles.jsonl").contains("\"title\":\"Pushed item\"") }, "\(program.errors)")
        try configure(desk)
        #expect(try RunningProgram.run("reload", in: folder).code == 0)
        #expect(eventually { press.isEnded })
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0)
        #expect(folder.text("articles.jsonl").split(separator: "\n").count == 2)
    }

    @Test("A configuration that cannot be pushed to is refused with what to do")
    func mistakes() throws {
        let folder = try TestFolder()
        try folder.write(
            """
            sources:
              - {name: desk, type: http}
              - {name: wire, type: http, token: 0123456789abcdef}
              - {name: press, type: feed, url: 'https://press.example/feed', websub: true}
            \(Self.pipeline)

            """, to: "config.yaml")
        let (code, _, errors) = try RunningProgram.run("check", in: folder)
        #expect(code != 0)
        for words in [
            "needs a 'token'", "source 'desk' serves '/articles' already", "add 'listen: {address: 127.0.0.1:9464}'",
            "add 'listen: {public_url:",
        ] { #expect(errors.contains(words), "\(words) in \(errors)") }
    }

    // MARK: Over the network

    static func port(of program: RunningProgram) throws -> UInt16 {
        var port: UInt16?
        _ = eventually {
            let line = program.errors.split(separator: "\n").first { $0.contains("listening on http://") }
            port = line.flatMap { $0.split(separator: ":").last }.flatMap { UInt16($0.dropLast()) }
            return port != nil
        }
        guard let port else { throw TestError("it does not listen: \(program.errors)") }
        return port
    }

    /// A port that nobody listened on a moment ago.
    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            // As for connect(2).
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw TestError("no port") }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func post(
        _ port: UInt16, _ path: String, _ body: String, token: String = "0123456789abcdef"
    ) throws -> String {
        try exchange(
            port,
            "POST \(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
    }

    /// Sends a request and reads until the server closes.
    static func exchange(_ port: UInt16, _ request: String) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var time = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = port.bigEndian
        target.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &target) { pointer in
            // connect(2) takes every kind of address by the type of its head.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw TestError("nobody listens on \(port)") }
        let bytes = Array(request.utf8)
        send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        var reply: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &block, block.count, 0), count > 0 { reply += block[..<count] }
        return String(decoding: reply, as: UTF8.self)
    }
}

/// A publisher with a hub that asks back at once.
private final class Press: Sendable {
    private struct State {
        var callback = ""
        var topic = ""
        var secret = ""
        var isVerified = false
        var isEnded = false
    }

    private final class Hub: Sendable {
        let state = Mutex(State())
    }

    let server: LoopbackServer
    private let hub = Hub()
    private let port: UInt16

    init(port: UInt16) throws {
        self.port = port
        let hub = hub
        server = try LoopbackServer(requests: { request, _ in
            guard request.path == "/hub" else {
                let feed =
                    "<rss version='2.0'><channel><title>P</title><item><title>Polled item</title><guid>1</guid></item></channel></rss>"
                return .init(200, ["Content-Type: application/rss+xml", "Link: </hub>; rel=hub"], feed)
            }
            var form: [String: String] = [:]
            for pair in String(decoding: request.body, as: UTF8.self).split(separator: "&") {
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                form[parts[0]] = parts[1]
            }
            let callback = Self.plain(form["hub.callback"] ?? "").split(separator: "/").dropFirst(2).joined(
                separator: "/")
            let mode = form["hub.mode"] ?? ""
            let reply = try? PushTests.exchange(
                port,
                "GET /\(callback)?hub.mode=\(mode)&hub.topic=\(form["hub.topic"] ?? "")&hub.challenge=abc&hub.lease_seconds=900 "
                    + "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let isRight = reply?.hasPrefix("HTTP/1.1 200 ") == true && reply?.hasSuffix("\r\n\r\nabc") == true
            hub.state.withLock { state in
                if mode == "subscribe" {
                    (state.callback, state.topic) = (callback, form["hub.topic"] ?? "")
                    state.secret = form["hub.secret"] ?? ""
                    state.isVerified = isRight
                } else {
                    state.isEnded = isRight
                }
            }
            return .init(202)
        })
    }

    var isVerified: Bool { hub.state.withLock { $0.isVerified } }
    var isEnded: Bool { hub.state.withLock { $0.isEnded } }

    func push(_ title: String) -> String {
        let (callback, secret) = hub.state.withLock { ($0.callback, $0.secret) }
        let body =
            "<rss version='2.0'><channel><title>P</title><item><title>\(title)</title><guid>2</guid></item></channel></rss>"
        let code = HMAC.code(Array(body.utf8), key: Array(secret.utf8), .sha512)
        let digits = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let reply = try? PushTests.exchange(
            port,
            "POST /\(callback) HTTP/1.1\r\nHost: x\r\nX-Hub-Signature: sha512=\(digits)\r\nContent-Type: application/rss+xml\r\n"
                + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
        return reply ?? ""
    }

    private static func plain(_ text: String) -> String { text.replacing("%3A", with: ":").replacing("%2F", with: "/") }
}
