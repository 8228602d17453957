public import WirewatchKit

/// The `listen` section: the daemon's own HTTP endpoint for figures, health and sources that are pushed to. Without the
/// section there is none.
public struct ListenOptions: PluginOptions, Equatable {
    public var address: ListenAddress
    /// Without a `/` at the end.
    public var publicURL: String?

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "address", .string(), default: "127.0.0.1:9464", example: "'[::1]:9464'",
            "Where to answer `/metrics` (Prometheus text), `/healthz`, `/readyz` and `/status` (JSON), and where sources "
                + "of type `http` and WebSub hubs deliver: a numeric address and a port, or a port alone on 127.0.0.1. "
                + "Whoever reaches it reads the names of sources and sinks, and it speaks no TLS: leave it on loopback, "
                + "and put a proxy with TLS before the paths that others are to reach."),
        OptionSpec(
            "public_url", .string(), example: "https://wirewatch.example.org",
            "Where a proxy makes the endpoint reachable from outside, for the callbacks of WebSub hubs: an http or https "
                + "URL, perhaps with a path, without a query. The proxy must pass on `/websub/`, and `/articles` for "
                + "senders elsewhere; it need not pass on the rest."),
    ]

    public init(_ options: OptionReader) throws {
        let text = options.string("address") ?? ""
        if let url = options.string("public_url") {
            publicURL = String(url.reversed().drop { $0 == "/" }.reversed())
            if let fault = Self.fault(in: url) {
                options.report(
                    "'public_url' is \"\(url)\": \(fault); write it as https://wirewatch.example.org",
                    at: options.location("public_url"))
            }
        }
        guard let address = ListenAddress(text) else {
            options.report(
                "'address' is \"\(text)\", not a numeric address with a port, such as 127.0.0.1:9464 or [::1]:9464",
                at: options.location("address"))
            throw OptionError("bad address")
        }
        self.address = address
    }

    private static func fault(in url: String) -> String? {
        guard let scheme = ["https://", "http://"].first(where: url.lowercased().hasPrefix) else {
            return "it is no http or https URL"
        }
        let rest = url.dropFirst(scheme.count)
        if rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix(":") { return "it names no host" }
        if rest.contains("?") || rest.contains("#") { return "it has a query or a fragment" }
        if rest.prefix(while: { $0 != "/" }).contains("@") { return "it has a user in it, which hubs would be told" }
        return url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? nil : "it is not printable ASCII"
    }
}
