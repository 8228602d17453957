import WirewatchConfig
import WirewatchEngine
import WirewatchKit
import WirewatchListener

/// The daemon's HTTP endpoint: figures for Prometheus, health for whoever watches the watcher, and the routes of sources.
struct StatusEndpoint {
    private let listener: HTTPListener

    /// - Throws: ``Failure`` when the address cannot be listened on.
    init(_ options: ListenOptions, daemon: Daemon, router: InboundRouter) throws {
        // Everybody on loopback has one address, as everybody behind a proxy has; only beyond it does a limit mean somebody.
        var limits = ListenerLimits()
        limits.connectionsPerAddress = options.address.isLoopback || options.publicURL != nil ? nil : 64
        // Answered on the listener's own thread, so that health is told even when everything else hangs.
        let figures = InboundRoute(
            "/", methods: ["GET"], screen: { Self.reply(to: $0.path, daemon) },
            handler: { _ in InboundReply(status: 404) })
        do {
            listener = try HTTPListener(options.address, limits: limits) { path in
                InboundRoute.reservedPaths.contains(path) ? figures : router.route(for: path)
            }
        } catch {
            throw Failure(.unavailable, "\(error)")
        }
    }

    var address: ListenAddress { listener.address }

    func stop() { listener.stop() }

    static func reply(to path: String, _ daemon: Daemon) -> InboundReply? {
        func text(_ status: Int, _ text: String) -> InboundReply {
            InboundReply(status: status, contentType: "text/plain; charset=utf-8", body: Array((text + "\n").utf8))
        }
        switch path {
        case "/metrics":
            return InboundReply(
                contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(daemon.prometheusText().utf8))
        case "/status":
            return InboundReply(contentType: "application/json", body: daemon.statusJSON() + [0x0A])
        case "/healthz":
            let health = daemon.health
            return health.isAlive ? text(200, "alive") : text(503, health.failure ?? "hung")
        case "/readyz":
            let health = daemon.health
            return health.isReady
                ? text(200, "ready") : text(503, health.blockedReason ?? health.failure ?? "not ready")
        case "/": return text(200, "wirewatch: /metrics /healthz /readyz /status")
        default: return nil
        }
    }
}
