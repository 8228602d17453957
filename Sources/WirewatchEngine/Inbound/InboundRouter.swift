public import WirewatchConfig
public import WirewatchKit

/// Which source serves which path of the HTTP listener. Safe to use from any thread.
///
/// A path that the configuration gives to a source, while the source is not there to serve it (it starts, is reloaded or
/// has failed), is answered with 503 and Retry-After, so that no sender takes it for gone.
public final class InboundRouter: Sendable {
    private struct Entry {
        let number: UInt64
        let owner: String
        let route: InboundRoute
    }

    private struct State {
        var entries: [Entry] = []
        var expected: [ServedPath] = []
        var lastNumber: UInt64 = 0
    }

    private let state = Monitor(State())
    private let listen: ListenOptions

    public init(_ listen: ListenOptions) { self.listen = listen }

    /// The route for a path; nil when there is none.
    public func route(for path: String) -> InboundRoute? {
        state.withLock { state in
            if let entry = state.entries.first(where: { $0.route.matches(path) }) { return entry.route }
            let isExpected = state.expected.contains {
                $0.path == path || $0.includesBelow && path.hasPrefix($0.path + "/")
            }
            return isExpected ? Self.absent : nil
        }
    }

    /// The paths that sources of the configuration serve.
    func expect(_ paths: [ServedPath]) { state.withLock { $0.expected = paths } }

    /// The listener as a source sees it.
    func endpoint(of owner: String) -> any InboundEndpoint {
        Endpoint(router: self, owner: owner, address: listen.address, publicURL: listen.publicURL)
    }

    /// Takes all routes of a source out of service.
    func release(owner: String) { state.withLock { $0.entries.removeAll { $0.owner == owner } } }

    private func add(_ route: InboundRoute, owner: String) throws(InboundRouteError) -> UInt64 {
        if let fault = InboundRoute.fault(in: route.path) {
            throw InboundRouteError("the path '\(route.path)' cannot be served: \(fault)")
        }
        let result: Result<UInt64, InboundRouteError> = state.withLock { state in
            if let other = state.entries.first(where: { $0.route.overlaps(route) }) {
                let by = "'\(other.route.path)' is served by source '\(other.owner)' already"
                return .failure(
                    InboundRouteError("the path '\(route.path)' cannot be served: \(by); give one of them another path")
                )
            }
            state.lastNumber += 1
            state.entries.append(Entry(number: state.lastNumber, owner: owner, route: route))
            return .success(state.lastNumber)
        }
        return try result.get()
    }

    private func release(_ number: UInt64) { state.withLock { $0.entries.removeAll { $0.number == number } } }

    private static let absent = InboundRoute(
        "", methods: ["GET", "POST"],
        screen: { _ in
            .problem(
                503, "Service Unavailable", "the source of this path is starting or has failed; send it again later",
                retryAfter: .seconds(2))
        }, handler: { _ in InboundReply(status: 503) })

    private struct Endpoint: InboundEndpoint {
        let router: InboundRouter
        let owner: String
        let address: ListenAddress
        let publicURL: String?

        func register(_ route: InboundRoute) throws(InboundRouteError) -> InboundRegistration {
            let number = try router.add(route, owner: owner)
            return InboundRegistration { [router] in router.release(number) }
        }
    }
}
