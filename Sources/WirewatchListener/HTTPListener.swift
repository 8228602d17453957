internal import CWirewatchMicrohttpd
internal import Glibc
public import WirewatchKit

/// The daemon's HTTP server, by libmicrohttpd: figures and health, and what is pushed to sources.
///
/// One thread of the library's own serves all connections; it starts with init and ends with ``stop(grace:)``. A request
/// is answered by its route's handler in a task, while its connection is suspended: a slow one holds nobody up.
public final class HTTPListener: Sendable {
    /// Why it cannot listen: the address, the system's reason and what to do.
    public struct Failure: Error, Sendable, CustomStringConvertible { public let description: String }

    /// Where it listens, with the port that the system chose.
    public let address: ListenAddress
    private let daemon: Handle

    /// - Parameter route: gives the route for a path, or nil for 404. Called on the listener's thread for each request.
    public init(
        _ wanted: ListenAddress, limits: ListenerLimits = ListenerLimits(),
        route: @escaping @Sendable (_ path: String) -> InboundRoute?
    ) throws(Failure) {
        let core = ListenerCore(limits, route: route)
        let context = Unmanaged.passRetained(core)
        guard let daemon = Self.start(wanted, limits, context) else {
            let reason = String(cString: strerror(errno))
            context.release()
            throw Failure(
                description:
                    "cannot listen on \(wanted): \(reason); choose another address for 'listen', or free that one")
        }
        self.daemon = Handle(pointer: daemon, context: context, core: core)
        let port = UInt16(truncatingIfNeeded: ww_mhd_port(daemon))
        let text = wanted.isIPv6 ? "[\(wanted.host)]:\(port)" : "\(wanted.host):\(port)"
        address = port == 0 ? wanted : ListenAddress(text) ?? wanted
    }

    deinit { stop(grace: .zero) }

    /// Takes no more requests, lets handlers that are at work end within `grace`, answers 503 in place of the others, ends
    /// all connections and the thread. Blocks meanwhile; the port is free afterwards.
    public func stop(grace: Duration = .seconds(1)) { daemon.stop(grace) }

    private static func start(
        _ address: ListenAddress, _ limits: ListenerLimits, _ context: Unmanaged<ListenerCore>
    ) -> OpaquePointer? {
        func start(_ socketAddress: UnsafeRawPointer) -> OpaquePointer? {
            // libmicrohttpd copies the address before it returns.
            ww_mhd_start(
                socketAddress.assumingMemoryBound(to: sockaddr.self), address.isIPv6 ? 1 : 0,
                UInt32(clamping: limits.connections), UInt32(clamping: limits.connectionsPerAddress ?? 0),
                UInt32(clamping: limits.idle.components.seconds), limits.headBytes, requestArrived, requestEnded,
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

/// The library's daemon, stopped once. The pointer is used by whoever sets the flag alone, which makes sharing it safe.
private final class Handle: @unchecked Sendable {
    private let running: OpaquePointer
    private let isStopped = Lock(false)
    private let context: Unmanaged<ListenerCore>
    private let core: ListenerCore

    init(pointer: OpaquePointer, context: Unmanaged<ListenerCore>, core: ListenerCore) {
        running = pointer
        self.context = context
        self.core = core
    }

    func stop(_ grace: Duration) {
        let wasStopped = isStopped.withLock { flag in
            defer { flag = true }
            return flag
        }
        if wasStopped { return }
        core.beginStop()
        // The listening socket: no longer watched, and ours to close once the thread has ended.
        let socket = MHD_quiesce_daemon(running)
        wait(grace)
        core.cancelAll()
        // For the last replies to go out.
        wait(.milliseconds(200))
        // Joins the thread, after which nobody uses the context.
        MHD_stop_daemon(running)
        if socket >= 0 { close(socket) }
        context.release()
    }

    private func wait(_ time: Duration) {
        let end = ContinuousClock.now + time
        while core.openCount > 0, ContinuousClock.now < end { usleep(5000) }
    }
}

/// The library's call for each request, on its thread (a C callback: it must not inherit an actor): once when the head is
/// there, once for each piece of the body, once at the end of it, and once more when it was suspended there.
private func requestArrived(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ path: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ upload: UnsafePointer<CChar>?,
    _ uploadSize: UnsafeMutablePointer<Int>?, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let context, let connection, let path, let method, let uploadSize, let state else { return .NO }
    // Retained for the daemon's whole life by `Handle`.
    let core = Unmanaged<ListenerCore>.fromOpaque(context).takeUnretainedValue()
    guard let known = state.pointee else {
        let request = InboundRequest(connection, method: String(cString: method), path: String(cString: path))
        let exchange = core.begin(request)
        // Balanced in `requestEnded`, which the library calls for each request that got here.
        state.pointee = Unmanaged.passRetained(exchange).toOpaque()
        if core.repliesAtOnce(exchange), let refusal = exchange.refusal { return send(refusal, on: connection) }
        return .YES
    }
    let exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
    if uploadSize.pointee > 0 {
        // The bytes are the library's, for this call.
        let isTaken = core.take(UnsafeRawBufferPointer(start: upload, count: uploadSize.pointee), exchange)
        uploadSize.pointee = 0
        return isTaken ? .YES : .NO
    }
    guard let reply = core.advance(exchange, connection) else { return .YES }
    return send(reply, on: connection)
}

/// The library's call when a request has ended: answered, broken off, or cut short by the end of the daemon.
private func requestEnded(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_RequestTerminationCode
) {
    guard let context, let state, let known = state.pointee else { return }
    state.pointee = nil
    let core = Unmanaged<ListenerCore>.fromOpaque(context).takeUnretainedValue()
    core.end(Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue())
}

private func send(_ reply: InboundReply, on connection: OpaquePointer) -> MHD_Result {
    var reply = reply
    // MHD_RESPMEM_MUST_COPY: the library takes a copy, so the array may go.
    let response = reply.body.withUnsafeMutableBytes {
        MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
    }
    guard let response else { return .NO }
    defer { MHD_destroy_response(response) }
    // The library refuses a field with a line break in it.
    for (name, value) in reply.headers { _ = MHD_add_response_header(response, name, value) }
    _ = MHD_add_response_header(response, "Cache-Control", "no-store")
    return MHD_queue_response(connection, UInt32(clamping: min(max(reply.status, 200), 599)), response)
}
