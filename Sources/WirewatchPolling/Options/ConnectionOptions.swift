public import WirewatchHTTP
public import WirewatchKit

/// How a source reaches servers and who it says it is: `contact`, `user_agent`, `headers`, `auth`, `proxy`,
/// `client_certificate`, `timeout`, `max_size` and `allow_private_addresses`.
public struct ConnectionOptions: Sendable {
    /// Shared by copies: each of ten thousand sources holds several of some 400 bytes.
    private var shared: Shared

    private final class Shared: Sendable {
        let values: Values

        init(_ values: Values) { self.values = values }
    }

    fileprivate struct Values: Sendable {
        var userAgent: String?
        var headers: [(name: String, value: String)] = []
        var authentication: Authentication?
        var proxy: String?
        var tls = TLSOptions()
        var limits = HTTPLimits()
        var allowsPrivateAddresses = false

        static func == (a: Values, b: Values) -> Bool {
            a.allowsPrivateAddresses == b.allowsPrivateAddresses && a.userAgent == b.userAgent && a.proxy == b.proxy
                && a.authentication == b.authentication && a.tls == b.tls && a.limits == b.limits
                && a.headers.elementsEqual(b.headers, by: ==)
        }
    }

    /// Nil for wirewatch's own.
    public var userAgent: String? {
        get { shared.values.userAgent }
        set { change { $0.userAgent = newValue } }
    }

    public var headers: [(name: String, value: String)] {
        get { shared.values.headers }
        set { change { $0.headers = newValue } }
    }

    public var authentication: Authentication? {
        get { shared.values.authentication }
        set { change { $0.authentication = newValue } }
    }

    public var proxy: String? {
        get { shared.values.proxy }
        set { change { $0.proxy = newValue } }
    }

    public var tls: TLSOptions {
        get { shared.values.tls }
        set { change { $0.tls = newValue } }
    }

    public var limits: HTTPLimits {
        get { shared.values.limits }
        set { change { $0.limits = newValue } }
    }

    public var allowsPrivateAddresses: Bool {
        get { shared.values.allowsPrivateAddresses }
        set { change { $0.allowsPrivateAddresses = newValue } }
    }

    private mutating func change(_ edit: (inout Values) -> Void) {
        var values = shared.values
        edit(&values)
        shared = Shared(values)
    }

    /// Reads the options of ``specs(of:)``, and reports those that make no sense.
    public init(_ options: OptionReader) {
        let allowsPrivateAddresses = options.bool("allow_private_addresses")
        // Most sources set nothing, and many of the others the same.
        guard options.hasAny(of: Self.names) else {
            shared = allowsPrivateAddresses ? Self.plainAndOwn : Self.plain
            return
        }
        let values = Values(options, allowsPrivateAddresses: allowsPrivateAddresses)
        shared = options.scope.alike(Shared(values)) { $0.values == $1.values }
    }

    /// The options that make a connection other than plain.
    private static let names = specs(of: "").map(\.name).filter { $0 != "allow_private_addresses" }
    private static let plain = Shared(standard(allowsPrivateAddresses: false))
    private static let plainAndOwn = Shared(standard(allowsPrivateAddresses: true))

    private static func standard(allowsPrivateAddresses: Bool) -> Values {
        let nothing = OptionValue(.map([]), at: SourceLocation(file: "", line: 1, column: 1))
        let reader = OptionReader(nothing, specs: specs(of: ""), diagnostics: OptionReader.Diagnostics())
        return Values(reader, allowsPrivateAddresses: allowsPrivateAddresses)
    }

    /// The option `url`; nil when it is absent or, then reported, no http or https URL.
    public static func url(_ options: OptionReader, _ name: String = "url") -> HTTPURL? {
        guard let text = options.string(name), !text.isEmpty else { return nil }
        do throws(HTTPError) {
            return try HTTPURL(text)
        } catch {
            options.report("'\(name)': \(error.detail); \(error.remedy)", at: options.location(name))
            return nil
        }
    }

    // MARK: Requests

    /// A request for what the source is configured to poll, with its credentials. Header fields of the user replace
    /// `Accept`.
    public func request(_ url: HTTPURL, accept: String) -> HTTPRequest {
        var request = HTTPRequest(url)
        if !headers.contains(where: { $0.name.lowercased() == "accept" }) { request.headers = [("Accept", accept)] }
        request.headers += headers
        request.authentication = authentication
        connect(&request)
        return request
    }

    /// A request for what a document links to: with credentials only where the source's own `origin` is asked.
    /// - Parameter origin: ``HTTPURL/origin`` of the configured URL.
    public func request(_ url: HTTPURL, linkedFrom origin: String, accept: String) -> HTTPRequest {
        var request = HTTPRequest(url)
        request.headers = [("Accept", accept)]
        connect(&request)
        if url.origin == origin {
            request.headers += headers
            request.authentication = authentication
        } else {
            request.tls = TLSOptions(authoritiesFile: tls.authoritiesFile)
        }
        return request
    }

    private func connect(_ request: inout HTTPRequest) {
        request.limits = limits
        request.tls = tls
        request.proxy = proxy
        request.allowsPrivateAddresses = allowsPrivateAddresses
        request.userAgent = userAgent
    }

    /// The name that robots.txt knows us by.
    public var agent: String {
        guard let name = userAgent?.split(whereSeparator: { $0 == "/" || $0 == " " }).first else { return "wirewatch" }
        return String(name)
    }

    /// Whether requests to a URL carry what no other origin may see.
    public func carriesSecrets(to url: HTTPURL) -> Bool {
        authentication != nil || !headers.isEmpty || url.user != nil || tls.certificateFile != nil
    }

}

// MARK: Reading

extension ConnectionOptions.Values {
    fileprivate init(_ options: OptionReader, allowsPrivateAddresses: Bool) {
        self.allowsPrivateAddresses = allowsPrivateAddresses
        readIdentity(options)
        readConnection(options)
    }

    private mutating func readIdentity(_ options: OptionReader) {
        let contact = options.string("contact")
        userAgent =
            options.string("user_agent")
            ?? contact.map { HTTPClientOptions.userAgent(version: wirewatchVersion, contact: $0) }
        for entry in options.entries("headers") {
            guard let value = OptionReader.text(entry.value) else { continue }
            if !Self.isFieldName(entry.key) || value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
                options.report(
                    "'headers': '\(entry.key)' is no name and value of a header field", at: entry.keyLocation)
            }
            headers.append((entry.key, value))
        }
        guard let group = options.group("auth", ConnectionOptions.authGroup) else { return }
        let (user, password) = (group.string("user"), group.string("password"))
        switch (user, password, group.string("bearer")) {
        case (let user?, let password, nil): authentication = .basic(user: user, password: password ?? "")
        case (nil, nil, let token?): authentication = .bearer(token: token)
        default: group.report("'auth' needs either 'user' and 'password', or 'bearer'")
        }
    }

    private mutating func readConnection(_ options: OptionReader) {
        proxy = options.string("proxy")
        if let proxy, !["http://", "https://", "socks5://", "socks5h://"].contains(where: proxy.lowercased().hasPrefix)
        {
            options.report(
                "'proxy' is no http://, https://, socks5:// or socks5h:// URL", at: options.location("proxy"))
        }
        if let group = options.group("client_certificate", ConnectionOptions.certificateGroup) {
            tls = TLSOptions(
                certificateFile: group.string("certificate"), keyFile: group.string("key"),
                keyPassword: group.string("key_password"), authoritiesFile: group.string("authorities"))
        }
        limits.total = options.duration("timeout") ?? limits.total
        limits.connect = min(limits.connect, limits.total)
        limits.bodyBytes = options.size("max_size") ?? limits.bodyBytes
    }

    /// RFC 9110, 5.6.2: a token.
    private static func isFieldName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || "!#$%&'*+-.^_`|~".utf8.contains($0)
            }
    }
}
