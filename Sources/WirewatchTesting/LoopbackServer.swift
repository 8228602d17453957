internal import Glibc
internal import Synchronization

/// A server on loopback that answers by script: a closure of the path, the request's number for that path (from 1) and
/// its header fields, names in lower case.
public final class LoopbackServer: Sendable {
    /// What came.
    public struct Request: Sendable {
        public var method = "GET"
        /// With the query.
        public var path: String
        public var headers: [String: String]
        /// As `Content-Length` says.
        public var body: [UInt8] = []
    }

    /// What goes back.
    public struct Reply: Sendable {
        public var status = 200
        /// Whole lines: `ETag: "a"`.
        public var headers: [String] = []
        public var body: [UInt8] = []
        /// Waited before the reply.
        public var delayMilliseconds = 0
        /// Closes the connection in place of a reply.
        public var hangsUp = false

        public init(_ status: Int = 200, _ headers: [String] = [], _ body: String = "") {
            self.status = status
            self.headers = headers
            self.body = Array(body.utf8)
        }

        public init(_ status: Int = 200, _ headers: [String] = [], bytes: [UInt8]) {
            self.status = status
            self.headers = headers
            body = bytes
        }
    }

    public let port: Int
    private let listener: Int32
    private let log = Log()

    /// Shared with the threads, which may outlive the server.
    private final class Log: Sendable {
        private let requests = Mutex<[Request]>([])

        var all: [Request] { requests.withLock { $0 } }

        func note(_ request: Request) -> Int {
            requests.withLock { requests in
                requests.append(request)
                return requests.count { $0.path == request.path }
            }
        }
    }

    /// Listens on a port of the system's choice; `answer` is called on the threads of connections.
    public convenience init(
        _ answer: @escaping @Sendable (_ path: String, _ number: Int, _ headers: [String: String]) -> Reply
    ) throws {
        try self.init(requests: { answer($0.path, $1, $0.headers) })
    }

    /// The same, for servers that look at the method and the body.
    public init(requests answer: @escaping @Sendable (_ request: Request, _ number: Int) -> Reply) throws {
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
        struct NoServer: Error {}
        guard isBound else { throw NoServer() }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        let log = log
        Self.thread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else {
                    // Closed by the thread that waits on it: elsewhere the number could be another server's by now.
                    close(listener)
                    return
                }
                Self.thread {
                    defer { close(connection) }
                    while let request = Self.read(connection) {
                        let number = log.note(request)
                        if !Self.send(answer(request, number), to: connection) { return }
                    }
                }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// All so far, in the order in which they came.
    public var requests: [Request] { log.all }

    public func requests(_ path: String) -> [Request] { requests.filter { $0.path == path } }

    public func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    private static func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard recv(connection, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        let words = lines[0].split(separator: " ")
        var request = Request(method: String(words[0]), path: String(words[1]), headers: [:])
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            request.headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        let length = request.headers["content-length"].flatMap { Int($0) } ?? 0
        while request.body.count < length {
            guard recv(connection, &byte, 1, 0) == 1 else { return nil }
            request.body.append(byte)
        }
        return request
    }

    private static func send(_ reply: Reply, to connection: Int32) -> Bool {
        if reply.delayMilliseconds > 0 { usleep(UInt32(reply.delayMilliseconds) * 1000) }
        if reply.hangsUp { return false }
        var head = "HTTP/1.1 \(reply.status) X\r\n" + reply.headers.map { $0 + "\r\n" }.joined()
        if reply.status != 304 { head += "Content-Length: \(reply.body.count)\r\n" }
        var rest = (Array((head + "\r\n").utf8) + (reply.status == 304 ? [] : reply.body))[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static func thread(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        // Balanced in the thread.
        let work = Unmanaged.passRetained(Work(body)).toOpaque()
        let code = pthread_create(
            &thread, nil,
            { work in
                guard let work else { return nil }
                Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
                return nil
            }, work)
        precondition(code == 0)
        pthread_detach(thread)
    }
}
