import Glibc
import Testing
import WirewatchKit
import WirewatchListener

@Suite("The HTTP listener")
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

    static func listener() throws -> HTTPListener {
        try HTTPListener(try #require(ListenAddress("127.0.0.1:0"))) { path in
            path == "/figures" ? ListenerReply(contentType: "text/plain", body: Array("42\n".utf8)) : nil
        }
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
        #expect(missing.hasPrefix("HTTP/1.1 404 "))
        let post = try exchange(
            listener, "POST /figures HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc")
        #expect(post.hasPrefix("HTTP/1.1 405 ") && post.contains("Allow: GET, HEAD"))
    }

    @Test("Nonsense and oversized requests end their connection and nothing else")
    func hostile() throws {
        let listener = try Self.listener()
        for request in [
            "\r\n\r\n", "nonsense\r\n\r\n", "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\n\r\n",
        ] {
            _ = try? exchange(listener, request)
        }
        let found = try exchange(listener, "GET /figures HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(found.hasPrefix("HTTP/1.1 200 "))
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

    struct NoConnection: Error {}

    /// Sends a request and reads until the server closes.
    private func exchange(_ listener: HTTPListener, _ request: String) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = listener.address.port.bigEndian
        inet_pton(AF_INET, listener.address.host, &target.sin_addr)
        let connected = withUnsafePointer(to: &target) { pointer in
            // connect(2) takes every kind of address by the type of its head.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw NoConnection() }
        let bytes = Array(request.utf8)
        // Without a signal when the server has closed already.
        send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        var reply: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &block, block.count, 0), count > 0 { reply += block[..<count] }
        return String(decoding: reply, as: UTF8.self)
    }
}
