/// One request and what came of it: a fetch without redirects has one hop.
///
/// For people who want to see the exchange. What may be a secret is replaced by ``withheld``: credentials, cookies, and the
/// values of header fields that the client does not know to be harmless.
public struct HTTPHop: Sendable {
    /// What stands in place of a secret.
    public static let withheld = "[redacted]"

    /// As ``HTTPURL/redacted``.
    public var url: String
    /// `GET /feed HTTP/1.1`; empty when nothing was sent.
    public var requestLine = ""
    /// As sent, in order.
    public var requestHeaders: [(name: String, value: String)] = []
    /// 0 when there was no reply.
    public var status = 0
    public var version = HTTPResponse.Version.unknown
    /// As received, in order.
    public var headers: [(name: String, value: String)] = []
    /// Of this hop, from its start; ``HTTPResponse/Timings/total`` too.
    public var timings = HTTPResponse.Timings()
    /// Bytes of header fields received.
    public var headerBytes = 0
    /// Bytes of body as they came over the wire.
    public var wireBytes = 0
    /// Whether a connection was made, and not one kept from before.
    public var isNewConnection = false
    /// The address connected to, or a proxy's; empty without a connection.
    public var peerAddress = ""
    /// `TLSv1.3 / TLS_AES_256_GCM_SHA384`; nil without TLS and on a connection kept from before.
    public var tls: String?
    /// Why the fetch ended here without a reply.
    public var error: HTTPError?

    init(_ url: HTTPURL) { self.url = url.redacted }

    /// Takes the header block that was sent.
    mutating func setRequest(block: [UInt8], to url: HTTPURL) {
        let end = block.firstIndex(of: 0x0A) ?? block.endIndex
        let words = block[..<end].split(whereSeparator: { $0 <= 0x20 }).map { String(decoding: $0, as: UTF8.self) }
        guard words.count == 3 else { return }
        requestLine = "\(words[0]) \(url.redacted.dropFirst(url.origin.count)) \(words[2])"
        requestHeaders = HTTPHeaders(block: Array(block[end...])).list.map { name, value in
            (name, Self.isHarmless(name) ? value : Self.withheld)
        }
    }

    mutating func setReply(_ fields: HTTPHeaders, from url: HTTPURL) {
        headers = fields.list.map { name, value in
            switch name.lowercased() {
            case "set-cookie", "set-cookie2", "authentication-info", "proxy-authentication-info": (name, Self.withheld)
            case "location", "content-location", "refresh":
                (name, value.utf8.contains(UInt8(ascii: "@")) ? Self.withoutCredentials(value, base: url) : value)
            default: (name, value)
            }
        }
    }

    private static func withoutCredentials(_ reference: String, base: HTTPURL) -> String {
        guard let target = try? base.resolving(reference) else { return withheld }
        return target.user == nil ? reference : target.redacted
    }

    /// Whether a field of a request says nothing that only sender and server should know.
    private static func isHarmless(_ name: String) -> Bool {
        let name = name.lowercased()
        switch name {
        case "host", "user-agent", "connection", "range", "content-type", "content-length", "cache-control", "pragma",
            "expect", "te", "upgrade", "http2-settings", "from", "dnt":
            return true
        default: return name.hasPrefix("accept") || name.hasPrefix("if-")
        }
    }
}
