import Glibc
import Synchronization

/// A server on loopback with a few pages by path, each connection answered once, on a thread of its own.
final class WebServer: Sendable {
    struct Page: Sendable {
        var status = 200
        var type = "text/html"
        var headers: [String] = []
        var body = ""
    }

    let port: Int
    private let listener: Int32
    /// The header blocks of all requests.
    private let seen = Mutex<[String]>([])

    var requests: [String] { seen.withLock { $0 } }

    init(_ pages: [String: Page]) throws {
        signal(SIGPIPE, SIG_IGN)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw TestError("no server: \(String(cString: strerror(errno)))") }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        let thread = ServerThread(listener: listener, pages: pages) { [weak self] request in
            self?.seen.withLock { $0.append(request) }
        }
        thread.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }
}

private final class ServerThread: Sendable {
    private let listener: Int32
    private let pages: [String: WebServer.Page]
    private let note: @Sendable (String) -> Void

    init(listener: Int32, pages: [String: WebServer.Page], note: @escaping @Sendable (String) -> Void) {
        self.listener = listener
        self.pages = pages
        self.note = note
    }

    func start() {
        var thread = pthread_t()
        let held = Unmanaged.passRetained(self)
        pthread_create(
            &thread, nil,
            { context in
                // Balances the retain above; a thread is never made without it.
                if let context { Unmanaged<ServerThread>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, held.toOpaque())
        pthread_detach(thread)
    }

    private func run() {
        while case let connection = accept(listener, nil, nil), connection >= 0 {
            defer { close(connection) }
            var request: [UInt8] = []
            var byte: UInt8 = 0
            while !request.suffix(4).elementsEqual("\r\n\r\n".utf8), recv(connection, &byte, 1, 0) == 1 {
                request.append(byte)
            }
            let text = String(decoding: request, as: UTF8.self)
            note(text)
            let path = text.split(separator: " ").dropFirst().first.map { String($0) } ?? ""
            let page = pages[path] ?? WebServer.Page(status: 404, body: "none")
            let fields = ["Content-Type: \(page.type)", "Content-Length: \(page.body.utf8.count)", "Connection: close"]
            let head = (["HTTP/1.1 \(page.status) X"] + fields + page.headers).joined(separator: "\r\n")
            let reply = Array((head + "\r\n\r\n" + page.body).utf8)
            var at = 0
            while at < reply.count {
                let count = reply[at...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
                if count <= 0 { break }
                at += count
            }
        }
    }
}
