internal import Synchronization
public import WirewatchKit

/// A listener without a network: what a source registers, and requests handed to it as the daemon's listener would.
public final class MemoryEndpoint: InboundEndpoint {
    private struct State {
        var routes: [(number: Int, route: InboundRoute)] = []
        var lastNumber = 0
    }

    public let address: ListenAddress
    public let publicURL: String?
    private let state = Mutex(State())

    /// - Parameter address: on loopback unless told otherwise.
    public init(address: ListenAddress? = nil, publicURL: String? = nil) {
        self.address = address ?? .loopback(port: 9464)
        self.publicURL = publicURL
    }

    public func register(_ route: InboundRoute) throws(InboundRouteError) -> InboundRegistration {
        if let fault = InboundRoute.fault(in: route.path) { throw InboundRouteError(fault) }
        let number: Int? = state.withLock { state in
            if state.routes.contains(where: { $0.route.overlaps(route) }) { return nil }
            state.lastNumber += 1
            state.routes.append((state.lastNumber, route))
            return state.lastNumber
        }
        guard let number else { throw InboundRouteError("'\(route.path)' is taken") }
        return InboundRegistration { [weak self] in self?.release(number) }
    }

    private func release(_ number: Int) { state.withLock { $0.routes.removeAll { $0.number == number } } }

    /// The paths in service.
    public var paths: [String] { state.withLock { $0.routes.map(\.route.path) } }

    /// Returns once a path is in service.
    public func waitForRoute() async { while paths.isEmpty { await Task.yield() } }

    /// Answers a request as the listener does: 404, 405 and 413 by itself, then the route's screen and handler.
    public func send(_ request: InboundRequest) async -> InboundReply {
        guard let route = state.withLock({ $0.routes.first { $0.route.matches(request.path) }?.route }) else {
            return InboundReply(status: 404)
        }
        guard route.methods.contains(request.method == "HEAD" ? "GET" : request.method) else {
            return InboundReply(status: 405)
        }
        var head = request
        head.body = []
        if let reply = route.screen(head) { return reply }
        if request.body.count > route.maxBodyBytes { return InboundReply(status: 413) }
        return await route.handler(request)
    }
}
