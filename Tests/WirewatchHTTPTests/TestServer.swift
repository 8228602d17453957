import Glibc
import WirewatchCompression
import WirewatchKit

@testable import WirewatchHTTP

/// A server on loopback that does with each connection whatever a test wants, on a thread of its own.
final class TestServer: Sendable {
    let port: Int
    private let listener: Int32
    private let counts = Lock(Counts())

    struct Counts {
        var connections = 0
        var requests: [TestRequest] = []
        var active = 0
        var mostActive = 0
        var sentBytes = 0
    }

    /// - Parameters:
    ///   - greeting: sent as soon as somebody connects.
    ///   - answer: called for each request of a connection; false closes it.
    init(greeting: String = "", _ answer: @escaping @Sendable (TestConnection, TestRequest) -> Bool) {
        // A client that breaks off must not end the test.
        signal(SIGPIPE, SIG_IGN)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(listener, $0, length) == 0 && listen(listener, 512) == 0)
                getsockname(listener, $0, &length)
            }
        }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        let counts = counts
        inThread {
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                counts.withLock { $0.connections += 1 }
                inThread {
                    let connection = TestConnection(descriptor)
                    defer { connection.end() }
                    connection.send(greeting)
                    while let request = connection.readRequest() {
                        counts.withLock {
                            $0.requests.append(request)
                            $0.active += 1
                            $0.mostActive = max($0.mostActive, $0.active)
                        }
                        let goesOn = answer(connection, request)
                        counts.withLock {
                            $0.active -= 1
                            $0.sentBytes = max($0.sentBytes, connection.sentBytes)
                        }
                        if !goesOn { return }
                    }
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    var seen: Counts { counts.withLock { $0 } }

    func url(_ path: String = "/", host: String = "127.0.0.1") -> HTTPURL {
        do { return try HTTPURL("http://\(host):\(port)\(path)") } catch { preconditionFailure("\(error)") }
    }

    func request(
        _ path: String = "/", host: String = "127.0.0.1", _ change: (inout HTTPRequest) -> Void = { _ in }
    ) -> HTTPRequest {
        var request = HTTPRequest(url(path, host: host))
        request.allowsPrivateAddresses = true
        request.limits.total = .seconds(20)
        change(&request)
        return request
    }
}

/// A port that takes no more connections: its queue is full, and the kernel lets further ones wait.
final class FullServer: Sendable {
    let port: Int
    private let descriptors: [Int32]

    init() {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var descriptors = [listener]
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(listener, $0, length) == 0 && listen(listener, 0) == 0)
                getsockname(listener, $0, &length)
                for _ in 0..<4 {
                    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
                    _ = connect(client, $0, length)
                    descriptors.append(client)
                }
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.descriptors = descriptors
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}

struct TestRequest: Sendable {
    var method: String
    var path: String
    var headers: HTTPHeaders
    var body: [UInt8]
}

/// One accepted connection, used by its thread alone.
final class TestConnection {
    private let descriptor: Int32
    private(set) var sentBytes = 0
    private var resets = false

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func readRequest() -> TestRequest? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard recv(descriptor, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        let words = lines[0].split(separator: " ")
        var request = TestRequest(method: String(words[0]), path: String(words[1]), headers: HTTPHeaders(), body: [])
        for line in lines.dropFirst() { request.headers.append(line.utf8) }
        let length = request.headers["content-length"].flatMap { Int($0) } ?? 0
        while request.body.count < length, recv(descriptor, &byte, 1, 0) == 1 { request.body.append(byte) }
        return request
    }

    /// False when the other side is gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            sentBytes += count
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// A whole reply.
    @discardableResult
    func reply(_ status: Int = 200, _ headers: [String] = [], _ body: String = "") -> Bool {
        send(
            "HTTP/1.1 \(status) X\r\n" + headers.map { $0 + "\r\n" }.joined()
                + (status == 304 ? "\r\n" : "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"))
    }

    /// Waits until the client goes away.
    func waitForEnd() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }

    /// Makes the end a RST.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    func end() { close(descriptor) }
}

func inThread(_ body: @escaping @Sendable () -> Void) {
    final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    // Balanced in the thread.
    let work = Unmanaged.passRetained(Work(body)).toOpaque()
    let code = pthread_create(
        &thread, nil,
        {
            guard let context = $0 else { return nil }
            Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
            return nil
        }, work)
    precondition(code == 0)
    pthread_detach(thread)
}

func pause(milliseconds: Int) { usleep(UInt32(milliseconds) * 1000) }

/// The error of a fetch that must fail.
func failure(_ client: HTTPClient, _ request: HTTPRequest) async -> HTTPError? {
    do throws(HTTPError) {
        _ = try await client.fetch(request)
        return nil
    } catch {
        return error
    }
}

func testClient(_ change: (inout HTTPClientOptions) -> Void = { _ in }) -> HTTPClient {
    var options = HTTPClientOptions(version: "1.0", contact: "https://example.org/about")
    change(&options)
    return HTTPClient(options)
}

func gzip(_ pieces: some Sequence<[UInt8]>) throws -> [UInt8] {
    let stream = try GzipStream(level: 9)
    var output: [UInt8] = []
    for piece in pieces { try stream.append(piece.span.bytes, to: &output) }
    try stream.finish(to: &output)
    return output
}
