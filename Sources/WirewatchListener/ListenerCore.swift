internal import CWirewatchMicrohttpd
import WirewatchKit

/// What the library's callbacks work with: finds a request's route, gathers its body, and hands it to its handler while
/// the connection is suspended, so that the listener's one thread never waits.
final class ListenerCore: Sendable {
    private struct State {
        var isStopping = false
        /// Every request whose head has been read and whose reply has not been sent whole.
        var exchanges: [ObjectIdentifier: Exchange] = [:]
        var bodyBytes = 0
    }

    let limits: ListenerLimits
    private let route: @Sendable (String) -> InboundRoute?
    private let state = Lock(State())

    init(_ limits: ListenerLimits, route: @escaping @Sendable (String) -> InboundRoute?) {
        self.limits = limits
        self.route = route
    }

    /// Takes up a request whose head is there.
    func begin(_ request: InboundRequest) -> Exchange {
        let route = route(request.path)
        let refusal = refusal(of: request, route)
        let exchange = Exchange(request, route: route, refusal: refusal)
        state.withLock { $0.exchanges[ObjectIdentifier(exchange)] = exchange }
        return exchange
    }

    /// Forgets a request that has ended, one way or another.
    func end(_ exchange: Exchange) {
        let bytes = exchange.request.body.count
        state.withLock { state in
            state.exchanges[ObjectIdentifier(exchange)] = nil
            state.bodyBytes -= bytes
        }
    }

    private func refusal(of request: InboundRequest, _ route: InboundRoute?) -> InboundReply? {
        guard let route else { return .problem(404, "Not Found", "nothing is served at this path") }
        let method = request.method == "HEAD" ? "GET" : request.method
        guard route.methods.contains(method) else {
            let allowed = route.methods.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }.joined(separator: ", ")
            return .problem(
                405, "Method Not Allowed", "only \(allowed) is understood here", headers: [("Allow", allowed)])
        }
        if let reply = route.screen(request) { return reply }
        if let length = Self.contentLength(request), length > route.maxBodyBytes { return Self.tooLarge(route) }
        return nil
    }

    /// Whether to reply before the body: when the client waits for leave to send it, or it is too long to throw away.
    func repliesAtOnce(_ exchange: Exchange) -> Bool {
        guard exchange.refusal != nil else { return false }
        return exchange.request.header("Expect") != nil
            || (Self.contentLength(exchange.request) ?? 0) > limits.discardedBytes
    }

    /// Takes a piece of a request's body; false when the connection is to be closed.
    func take(_ bytes: UnsafeRawBufferPointer, _ exchange: Exchange) -> Bool {
        guard ContinuousClock.now - exchange.begun < limits.bodyTime else { return false }
        if exchange.refusal == nil {
            if exchange.request.body.count + bytes.count > exchange.route?.maxBodyBytes ?? 0 {
                refuse(exchange, exchange.route.map(Self.tooLarge))
            } else if !reserve(bytes.count) {
                refuse(
                    exchange,
                    .problem(
                        503, "Service Unavailable", "too many requests are being read at once; send it again later",
                        retryAfter: .seconds(2)))
            }
        }
        if exchange.refusal == nil {
            exchange.request.body.append(contentsOf: bytes)
            return true
        }
        exchange.discarded += bytes.count
        return exchange.discarded <= limits.discardedBytes
    }

    private func refuse(_ exchange: Exchange, _ reply: InboundReply?) {
        let bytes = exchange.request.body.count
        exchange.request.body = []
        exchange.refusal = reply
        state.withLock { $0.bodyBytes -= bytes }
    }

    private func reserve(_ count: Int) -> Bool {
        state.withLock { state in
            guard state.bodyBytes + count <= limits.bodyBytes else { return false }
            state.bodyBytes += count
            return true
        }
    }

    /// Once the request is there whole: its reply, or nil when a handler was set to work and the connection suspended.
    func advance(_ exchange: Exchange, _ connection: OpaquePointer) -> InboundReply? {
        if let refusal = exchange.refusal { return refusal }
        guard let route = exchange.route else { return .problem(404, "Not Found", "nothing is served at this path") }
        let reply: InboundReply? = state.withLock { state in
            if case .answered(let reply) = exchange.phase { return reply }
            if state.isStopping { return Self.stopping }
            // Before the task begins, which may resume at once.
            MHD_suspend_connection(connection)
            exchange.phase = .answering(connection, nil)
            return nil
        }
        if let reply { return reply }
        let request = exchange.request
        let task = Task { [self] in
            let reply = await route.handler(request)
            finish(exchange, reply)
        }
        state.withLock { _ in
            if case .answering(let connection, nil) = exchange.phase { exchange.phase = .answering(connection, task) }
        }
        return nil
    }

    private func finish(_ exchange: Exchange, _ reply: InboundReply) {
        state.withLock { _ in Self.answer(exchange, reply) }
    }

    /// Under the lock: whoever comes first gives the reply and the connection back, and nobody touches it afterwards.
    private static func answer(_ exchange: Exchange, _ reply: InboundReply) {
        guard case .answering(let connection, _) = exchange.phase else { return }
        exchange.phase = .answered(reply)
        MHD_resume_connection(connection)
    }

    // MARK: The end

    /// Refuses what comes from now on.
    func beginStop() { state.withLock { $0.isStopping = true } }

    /// Cancels the handlers that are still at work and answers in their place. Afterwards no connection is suspended,
    /// as the library demands before it is stopped.
    func cancelAll() {
        let tasks = state.withLock { state in
            state.exchanges.values.compactMap { exchange -> Task<Void, Never>? in
                guard case .answering(_, let task) = exchange.phase else { return nil }
                Self.answer(exchange, Self.stopping)
                return task
            }
        }
        for task in tasks { task.cancel() }
    }

    /// Requests that have not been answered whole.
    var openCount: Int { state.withLock { $0.exchanges.count } }

    private static var stopping: InboundReply {
        .problem(503, "Service Unavailable", "the daemon is stopping; send it again later", retryAfter: .seconds(5))
    }

    private static func tooLarge(_ route: InboundRoute) -> InboundReply {
        .problem(
            413, "Content Too Large",
            "the body is larger than \(HumanUnits.text(bytes: route.maxBodyBytes)), the most that is taken here")
    }

    private static func contentLength(_ request: InboundRequest) -> Int? {
        request.header("Content-Length").flatMap { Int($0) }
    }
}
