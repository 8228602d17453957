/// An absolute http or https URL, in normal form and safe to hand to any library.
///
/// The scheme and host are in lower case, a default port is left out, dot segments are resolved, and what a URL must not
/// hold as it is (spaces, non-ASCII bytes of path and query, quotes) is percent-encoded. The host is a name (an
/// internationalised one as written), an IPv4 or a bracketed IPv6 address.
public struct HTTPURL: Sendable, Hashable, CustomStringConvertible {
    public enum Scheme: String, Sendable, Hashable {
        case http, https

        public var defaultPort: Int { self == .http ? 80 : 443 }
    }

    public internal(set) var scheme: Scheme
    /// 0 for the scheme's own.
    private var portNumber: UInt16 = 0
    /// Of few URLs.
    private var credentials: Credentials?
    public internal(set) var host: String
    /// Begins with `/`.
    public internal(set) var path: String
    /// Without its `?`.
    public internal(set) var query: String?
    /// Without its `#`.
    public internal(set) var fragment: String?

    /// As written in the URL, percent-decoded; never part of ``text``.
    public var user: String? { credentials?.user }
    public var password: String? { credentials?.password }
    /// Nil for the scheme's own.
    public var port: Int? { portNumber == 0 ? nil : Int(portNumber) }

    /// The URL without credentials and fragment: what goes over the wire.
    public var text: String {
        var text = origin(room: path.utf8.count + (query.map { $0.utf8.count + 1 } ?? 0))
        text += path
        if let query {
            text += "?"
            text += query
        }
        return text
    }

    /// `https://example.org:8443`.
    public var origin: String { origin(room: 0) }

    private func origin(room: Int) -> String {
        var text = ""
        text.reserveCapacity(host.utf8.count + room + (portNumber == 0 ? 8 : 14))
        text += scheme == .https ? "https://" : "http://"
        text += host
        if let port {
            text += ":"
            text += String(port)
        }
        return text
    }

    /// Path and query.
    public var target: String { query.map { path + "?" + $0 } ?? path }

    /// For messages and logs: ``text``, shortened, without the values of parameters that look like secrets.
    public var redacted: String {
        var text = origin + path
        if let query {
            let parameters = query.split(separator: "&", omittingEmptySubsequences: false).map(Self.withoutSecret)
            text += "?" + parameters.joined(separator: "&")
        }
        return text.utf8.count <= 400 ? text : String(decoding: text.utf8.prefix(400), as: UTF8.self) + "..."
    }

    private static func withoutSecret(_ parameter: Substring) -> Substring {
        guard let mark = parameter.firstIndex(of: "=") else { return parameter }
        let name = parameter[..<mark].lowercased()
        let isSecret = ["token", "key", "secret", "pass", "pwd", "auth", "sig", "session", "hash", "credential"]
            .contains { name.contains($0) }
        return isSecret ? parameter[...mark] + "..." : parameter
    }

    public var description: String { text }

    /// The port connected to.
    public var effectivePort: Int { port ?? scheme.defaultPort }

    /// The host if it is an address.
    var address: IPAddress? {
        IPAddress(text: host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host)
    }

    /// `host:port`, what connections and politeness go by.
    public var hostKey: String { host + ":" + String(effectivePort) }

    /// - Parameter port: the scheme's own when it is 0.
    init(scheme: Scheme, host: String = "", port: UInt16 = 0, path: String = "/", query: String? = nil) {
        self.scheme = scheme
        self.host = host
        portNumber = port == UInt16(scheme.defaultPort) ? 0 : port
        self.path = path
        self.query = query
    }

    mutating func setCredentials(user: String?, password: String?) {
        credentials = user == nil && password == nil ? nil : Credentials(user: user, password: password)
    }

    mutating func setPort(_ port: UInt16) { portNumber = port == UInt16(scheme.defaultPort) ? 0 : port }

    /// Apart, so that URLs without them, nearly all, are small.
    private final class Credentials: Sendable, Hashable {
        let user: String?
        let password: String?

        init(user: String?, password: String?) {
            self.user = user
            self.password = password
        }

        static func == (a: Credentials, b: Credentials) -> Bool { a.user == b.user && a.password == b.password }

        func hash(into hasher: inout Hasher) {
            hasher.combine(user)
            hasher.combine(password)
        }
    }

    /// Reads an absolute URL; an error says what is wrong with it.
    public init(_ text: String) throws(HTTPError) {
        self = try URLParser.absolute(text)
    }

    /// Reads a reference as a page, feed or `Location` field gives it, against this URL (RFC 3986, 5.2).
    public func resolving(_ reference: String) throws(HTTPError) -> HTTPURL {
        try URLParser.resolve(reference, base: self)
    }
}
