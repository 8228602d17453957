import Glibc

/// One HTTP request on a connection of its own; the reply is read when it is asked for.
final class PostClient {
    private let descriptor: Int32

    /// Nil when nobody listens there, or it breaks off at once.
    init?(port: UInt16, body: String, token: String) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var time = timeval(tv_sec: 60, tv_usec: 0)
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
        let request = Array(
            ("POST /articles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)").utf8)
        guard isConnected, send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            return nil
        }
    }

    deinit { close(descriptor) }

    /// The reply's status; 0 when the connection ended without one.
    func status() -> Int {
        var reply: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(descriptor, &block, block.count, 0), count > 0 { reply += block[..<count] }
        let words = String(decoding: reply.prefix(64), as: UTF8.self).split(separator: " ")
        return words.count > 1 ? Int(words[1]) ?? 0 : 0
    }
}
