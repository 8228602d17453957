public import WirewatchKit

/// The `listen` section: the daemon's own HTTP endpoint for figures and health. Without the section there is none.
public struct ListenOptions: PluginOptions, Equatable {
    public var address: ListenAddress

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "address", .string(), default: "127.0.0.1:9464", example: "'[::1]:9464'",
            "Where to answer `/metrics` (Prometheus text), `/healthz`, `/readyz` and `/status` (JSON): a numeric address "
                + "and a port, or a port alone on 127.0.0.1. Whoever reaches it reads the names of sources and sinks, so "
                + "leave it on loopback or behind a firewall.")
    ]

    public init(_ options: OptionReader) throws {
        let text = options.string("address") ?? ""
        guard let address = ListenAddress(text) else {
            options.report(
                "'address' is \"\(text)\", not a numeric address with a port, such as 127.0.0.1:9464 or [::1]:9464",
                at: options.location("address"))
            throw OptionError("bad address")
        }
        self.address = address
    }
}
