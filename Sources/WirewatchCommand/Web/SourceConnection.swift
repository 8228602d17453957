import WirewatchConfig
import WirewatchHTTP
import WirewatchKit

/// How requests are to be made: as a configured source makes them, or as one without options would.
struct SourceConnection {
    var allowsPrivateAddresses = false
    var userAgent: String?
    /// The interval of polls.
    var every = Duration.seconds(900)
    private var headers: [(name: String, value: String)] = []
    private var authentication: Authentication?
    private var tls = TLSOptions()
    private var proxy: String?
    private var limits = HTTPLimits()
    /// Where credentials may go.
    private var home: HTTPURL?

    init(allowsPrivateAddresses: Bool = false) {
        self.allowsPrivateAddresses = allowsPrivateAddresses
        let spec = Wirewatch.plugins.first { $0.kind == .source && $0.name == "feed" }?.specs.first {
            $0.name == "every"
        }
        if let every = spec?.defaultText.flatMap(HumanUnits.duration) { self.every = every }
    }

    /// Takes what the options of a source say, as far as it has them.
    init(_ component: Component, allowsPrivateAddresses: Bool) {
        self.init()
        // Only reads: what is wrong was reported when the configuration was loaded.
        let options = OptionReader(
            component.value, specs: component.plugin.specs, diagnostics: OptionReader.Diagnostics())
        self.allowsPrivateAddresses = allowsPrivateAddresses || options.bool("allow_private_addresses")
        home = options.string("url").flatMap { try? HTTPURL($0) }
        every = options.duration("every") ?? every
        let contact = options.string("contact").map {
            HTTPClientOptions.userAgent(version: wirewatchVersion, contact: $0)
        }
        userAgent = options.string("user_agent") ?? contact
        headers = options.entries("headers").compactMap { entry in
            OptionReader.text(entry.value).map { (entry.key, $0) }
        }
        if let auth = Self.group("auth", options, component.plugin) {
            if let token = auth.string("bearer") {
                authentication = .bearer(token: token)
            } else if let user = auth.string("user") {
                authentication = .basic(user: user, password: auth.string("password") ?? "")
            }
        }
        if let certificate = Self.group("client_certificate", options, component.plugin) {
            tls = TLSOptions(
                certificateFile: certificate.string("certificate"), keyFile: certificate.string("key"),
                keyPassword: certificate.string("key_password"), authoritiesFile: certificate.string("authorities"))
        }
        proxy = options.string("proxy")
        limits.total = options.duration("timeout") ?? limits.total
        limits.connect = min(limits.connect, limits.total)
        limits.bodyBytes = options.size("max_size") ?? limits.bodyBytes
    }

    private static func group(_ name: String, _ options: OptionReader, _ plugin: Plugin) -> OptionReader? {
        guard case .object(let group) = plugin.specs.first(where: { $0.name == name })?.type else { return nil }
        return options.group(name, group)
    }

    /// The configured address.
    var url: HTTPURL? { home }

    /// The name that robots.txt knows us by.
    var agent: String {
        userAgent?.split(whereSeparator: { $0 == "/" || $0 == " " }).first.map { String($0) } ?? "wirewatch"
    }

    /// A request for whatever is there: a feed, a page, a list of feeds.
    func request(_ url: HTTPURL) -> HTTPRequest {
        var request = HTTPRequest(url)
        request.headers = [
            (
                "Accept",
                """
                application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.9, application/xml;q=0.8, \
                text/xml;q=0.8, application/json;q=0.7, */*;q=0.5
                """
            )
        ]
        request.limits = limits
        request.proxy = proxy
        request.userAgent = userAgent
        request.allowsPrivateAddresses = allowsPrivateAddresses
        // Secrets are for the configured server alone.
        guard let home, home.origin == url.origin else {
            request.tls = TLSOptions(authoritiesFile: tls.authoritiesFile)
            return request
        }
        request.headers.removeAll { mine in headers.contains { $0.name.lowercased() == mine.name.lowercased() } }
        request.headers += headers
        request.authentication = authentication
        request.tls = tls
        return request
    }
}
