import WirewatchConfig
import WirewatchEngine
import WirewatchKit
import WirewatchListener

/// The daemon's HTTP endpoint: figures for Prometheus, and health for whoever watches the watcher.
struct StatusEndpoint {
    private let listener: HTTPListener

    /// - Throws: ``Failure`` when the address cannot be listened on.
    init(_ options: ListenOptions, daemon: Daemon) throws {
        do {
            listener = try HTTPListener(options.address) { Self.reply(to: $0, daemon) }
        } catch {
            throw Failure(.unavailable, "\(error)")
        }
    }

    var address: ListenAddress { listener.address }

    func stop() { listener.stop() }

    static func reply(to path: String, _ daemon: Daemon) -> ListenerReply? {
        func text(_ status: Int, _ text: String) -> ListenerReply {
            ListenerReply(status: status, contentType: "text/plain; charset=utf-8", body: Array((text + "\n").utf8))
        }
        switch path {
        case "/metrics":
            return ListenerReply(
                contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(daemon.prometheusText().utf8))
        case "/status":
            return ListenerReply(contentType: "application/json", body: daemon.statusJSON() + [0x0A])
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
