internal import CWirewatchMicrohttpd
internal import Glibc
public import WirewatchKit

/// A reply to a GET or HEAD request.
public struct ListenerReply: Sendable {
    public var status: Int
    public var contentType: String
    public var body: [UInt8]

    public init(status: Int = 200, contentType: String, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}

/// A small HTTP server by libmicrohttpd, for figures and health: GET and HEAD, no request bodies.
///
/// One thread of the library's own serves all connections; it starts with init and ends with ``stop()``.
public final class HTTPListener: Sendable {
    /// Why it cannot listen: the address, the system's reason and what to do.
    public struct Failure: Error, Sendable, CustomStringConvertible { public let description: String }

    /// Where it listens, with the port that the system chose.
    public let address: ListenAddress
    private let daemon: Handle

    /// - Parameter handler: gives the reply for a path, or nil for 404. Called on the listener's thread.
    public init(
        _ wanted: ListenAddress, handler: @escaping @Sendable (_ path: String) -> ListenerReply?
    ) throws(Failure) {
        let context = Unmanaged.passRetained(Handler(reply: handler))
        guard let daemon = Self.start(wanted, context) else {
            let reason = String(cString: strerror(errno))
            context.release()
            throw Failure(
                description:
                    "cannot listen on \(wanted): \(reason); choose another address for 'listen', or free that one")
        }
        self.daemon = Handle(pointer: daemon, context: context)
        let port = UInt16(truncatingIfNeeded: ww_mhd_port(daemon))
        let text = wanted.isIPv6 ? "[\(wanted.host)]:\(port)" : "\(wanted.host):\(port)"
        address = port == 0 ? wanted : ListenAddress(text) ?? wanted
    }

    deinit { stop() }

    /// Ends all connections and the thread; the port is free afterwards.
    public func stop() { daemon.stop() }

    private static func start(_ address: ListenAddress, _ context: Unmanaged<Handler>) -> OpaquePointer? {
        func start(_ socketAddress: UnsafeRawPointer) -> OpaquePointer? {
            // libmicrohttpd copies the address before it returns.
            ww_mhd_start(
                socketAddress.assumingMemoryBound(to: sockaddr.self), address.isIPv6 ? 1 : 0, 64, 10, 32 << 10, answer,
                context.toOpaque())
        }
        if address.isIPv6 {
            var target = sockaddr_in6()
            target.sin6_family = sa_family_t(AF_INET6)
            target.sin6_port = address.port.bigEndian
            inet_pton(AF_INET6, address.host, &target.sin6_addr)
            return start(&target)
        }
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = address.port.bigEndian
        inet_pton(AF_INET, address.host, &target.sin_addr)
        return start(&target)
    }
}

/// What the C callback is handed: immutable, so any thread may read it.
private final class Handler: Sendable {
    let reply: @Sendable (String) -> ListenerReply?

    init(reply: @escaping @Sendable (String) -> ListenerReply?) { self.reply = reply }
}

/// The library's daemon, stopped once. The pointers are used under the lock alone, which makes sharing them safe.
private final class Handle: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private var pointer: OpaquePointer?
    private let context: Unmanaged<Handler>

    init(pointer: OpaquePointer, context: Unmanaged<Handler>) {
        self.pointer = pointer
        self.context = context
        lock = .allocate(capacity: 1)
        lock.initialize(to: pthread_mutex_t())
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    func stop() {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        guard let running = pointer else { return }
        pointer = nil
        // Joins the thread, after which nobody uses the context.
        MHD_stop_daemon(running)
        context.release()
    }
}

/// Answers one request, on the library's thread (a C callback: it must not inherit an actor).
private func answer(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ path: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ upload: UnsafePointer<CChar>?,
    _ uploadSize: UnsafeMutablePointer<Int>?, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let context, let connection, let path, let method else { return .NO }
    // Retained for the daemon's whole life by `Handle`.
    let handler = Unmanaged<Handler>.fromOpaque(context).takeUnretainedValue()
    let verb = String(cString: method)
    var reply: ListenerReply
    if verb == "GET" || verb == "HEAD" {
        reply =
            handler.reply(String(cString: path))
            ?? ListenerReply(status: 404, contentType: "text/plain; charset=utf-8", body: Array("not found\n".utf8))
    } else {
        reply = ListenerReply(
            status: 405, contentType: "text/plain; charset=utf-8", body: Array("only GET and HEAD\n".utf8))
    }
    // MHD_RESPMEM_MUST_COPY: the library takes a copy, so the array may go.
    let response = reply.body.withUnsafeMutableBytes {
        MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
    }
    guard let response else { return .NO }
    defer { MHD_destroy_response(response) }
    _ = MHD_add_response_header(response, "Content-Type", reply.contentType)
    _ = MHD_add_response_header(response, "Cache-Control", "no-store")
    if reply.status == 405 { _ = MHD_add_response_header(response, "Allow", "GET, HEAD") }
    return MHD_queue_response(connection, UInt32(reply.status), response)
}
