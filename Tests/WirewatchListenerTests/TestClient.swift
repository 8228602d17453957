import Glibc
import WirewatchKit
import WirewatchListener

struct NoConnection: Error {}

/// One TCP connection to a listener, as hostile as its test wants it.
final class TestClient {
    private let descriptor: Int32

    /// - Parameter patience: how long to wait for a reply before it counts as the end.
    init(_ address: ListenAddress, patience: Int = 30) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var time = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = address.port.bigEndian
        inet_pton(AF_INET, address.host, &target.sin_addr)
        let connected = withUnsafePointer(to: &target) { pointer in
            // connect(2) takes every kind of address by the type of its head.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // deinit closes it then, too: everything is initialised.
        guard connected == 0 else { throw NoConnection() }
    }

    deinit { close(descriptor) }

    /// False when the server has closed.
    @discardableResult
    func send(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            // Without a signal when the server has closed already.
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Everything until the server closes.
    func readAll() -> String {
        var reply: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &block, block.count, 0), count > 0 { reply += block[..<count] }
        return String(decoding: reply, as: UTF8.self)
    }

    /// Up to and with some text, or until the server closes.
    func read(until end: String) -> String {
        var reply: [UInt8] = []
        var byte: UInt8 = 0
        while !reply.suffix(end.utf8.count).elementsEqual(end.utf8), recv(descriptor, &byte, 1, 0) == 1 {
            reply.append(byte)
        }
        return String(decoding: reply, as: UTF8.self)
    }

    /// Sends a request and reads until the server closes.
    static func exchange(_ address: ListenAddress, _ request: String) throws -> String {
        let client = try TestClient(address)
        client.send(request)
        return client.readAll()
    }
}

/// Opens once, for everybody.
actor Latch {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func wait() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
