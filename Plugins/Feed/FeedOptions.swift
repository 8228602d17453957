import WirewatchHTTP
import WirewatchKit

/// What the user may set of the `feed` source.
struct FeedOptions: PluginOptions {
    /// How much of what is there a source takes at its first poll.
    enum First: Sendable, Equatable {
        case newest(Int)
        case notOlder(than: Duration)
    }

    var url: HTTPURL?
    var every = Duration.seconds(900)
    var minEvery = Duration.seconds(225)
    var maxEvery = Duration.seconds(7200)
    var adaptive = true
    var fullText = false
    var first = First.newest(20)
    var updates = true
    var maxItems = 2000
    var userAgent: String?
    var headers: [(name: String, value: String)] = []
    var authentication: Authentication?
    var proxy: String?
    var tls = TLSOptions()
    var limits = HTTPLimits()
    var allowsPrivateAddresses = false

    init(_ options: OptionReader) throws {
        allowsPrivateAddresses = options.bool("allow_private_addresses")
        readURL(options)
        readIntervals(options)
        fullText = options.bool("full_text")
        updates = options.bool("updates")
        maxItems = options.integer("max_items") ?? maxItems
        readFirst(options)
        readIdentity(options)
        readConnection(options)
    }

    private mutating func readURL(_ options: OptionReader) {
        guard let text = options.string("url"), !text.isEmpty else { return }
        do throws(HTTPError) {
            url = try HTTPURL(text)
        } catch {
            options.report("'url': \(error.detail); \(error.remedy)", at: options.location("url"))
        }
    }

    /// Bounds that the user does not set follow `every`.
    private mutating func readIntervals(_ options: OptionReader) {
        adaptive = options.bool("adaptive")
        every = options.duration("every") ?? every
        // Whoever may ask private addresses asks own servers, which set their own measure.
        let least = allowsPrivateAddresses ? Duration.seconds(1) : .seconds(60)
        minEvery = options.duration("min_every") ?? min(every, max(every / 4, least))
        maxEvery = options.duration("max_every") ?? min(every * 8, max(every, .seconds(30 * 86_400)))
        for (name, value) in [("every", every), ("min_every", minEvery)] where value < least {
            options.report(
                """
                '\(name)' is \(HumanUnits.text(value)), less than a minute: publishers block such readers; only with \
                'allow_private_addresses: true', for servers of your own, can it be less
                """, at: options.location(name))
        }
        if minEvery > every {
            options.report("'min_every' is longer than 'every'", at: options.location("min_every"))
        }
        if maxEvery < every {
            options.report("'max_every' is shorter than 'every'", at: options.location("max_every"))
        }
    }

    private mutating func readFirst(_ options: OptionReader) {
        guard let text = options.string("first") else { return }
        if let count = Int(text), (0...100_000).contains(count) {
            first = .newest(count)
        } else if let age = HumanUnits.duration(text), age >= .zero {
            first = .notOlder(than: age)
        } else {
            options.report(
                "'first' is '\(text)': write a number of items, such as 20, or an age, such as 2d",
                at: options.location("first"))
        }
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
        guard let group = options.group("auth", Self.authGroup) else { return }
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
        if let group = options.group("client_certificate", Self.certificateGroup) {
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
