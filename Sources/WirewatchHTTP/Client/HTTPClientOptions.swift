/// What all requests of one ``HTTPClient`` share.
public struct HTTPClientOptions: Sendable {
    /// The `User-Agent`: honest, with a version and a way to reach whoever runs the daemon.
    public var userAgent: String
    /// Exchanges at work at once; further ones wait their turn. Default 64.
    public var maxConnections = 64
    /// Exchanges at work at once with one host and port; default 2.
    public var maxConnectionsPerHost = 2
    /// Connections kept open for the next request; default 256.
    ///
    /// Best no smaller than the number of hosts that are polled in quick succession: making connections anew costs
    /// two to three times the processor time.
    public var idleConnections = 256
    /// How long an unused connection is kept; default 60 s, whole seconds.
    public var idleTime = Duration.seconds(60)
    /// How long a looked-up address is used again; default 60 s, whole seconds.
    public var nameCacheTime = Duration.seconds(60)
    /// Addresses in place of a look-up, by `host:port`: `["example.org:443": "192.0.2.1"]`.
    public var fixedAddresses: [String: String] = [:]

    /// - Parameters:
    ///   - version: wirewatch's version.
    ///   - contact: an address of whoever runs the daemon, `https://example.org/about` or `ops@example.org`; goes out
    ///     with every request.
    public init(version: String, contact: String? = nil) {
        userAgent = HTTPClientOptions.userAgent(version: version, contact: contact)
    }

    /// `wirewatch/1.0 (+contact)`.
    public static func userAgent(version: String, contact: String?) -> String {
        let clean = contact.map { String($0.unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7F && $0 != ")" }) }
        guard let clean, !clean.isEmpty else { return "wirewatch/\(version)" }
        return "wirewatch/\(version) (+\(clean))"
    }
}
