import WirewatchDelivery
import WirewatchHTTP
import WirewatchKit

/// What the user may set of the `email` sink.
struct EmailOptions: PluginOptions {
    let delivery: DeliveryOptions
    let server: MailServer
    let from: MailAddress
    let recipients: [MailAddress]
    let subjectPrefix: String

    static let authGroup = OptionGroup("smtp_auth", "Who we are to the mail server.") {
        [
            OptionSpec("user", .string(), required: true, example: "alerts@example.org", "The user."),
            OptionSpec("password", .string(), required: true, example: "!secret smtp", "The password."),
        ]
    }

    static let specs: [OptionSpec] =
        [
            OptionSpec(
                "server", .string(), required: true, example: "mail.example.org:587",
                "The mail server, `host` or `host:port`; the port is 587 unless told otherwise, 465 with `security: tls`."
            ),
            OptionSpec(
                "security",
                .choice([
                    ("starttls", "STARTTLS; without it no mail is sent"), ("tls", "TLS from the beginning (port 465)"),
                    ("if_offered", "STARTTLS where the server offers it, in the open otherwise"),
                    ("none", "in the open, for a server on this machine"),
                ]), default: "starttls", "How the connection is secured."),
            OptionSpec(
                "auth", .object(authGroup), example: "{user: alerts, password: !secret smtp}",
                "Credentials for the server; without them mail is handed in as nobody."),
            OptionSpec(
                "authorities", .path, example: "ca.pem",
                "A PEM file of authorities to trust in place of the system's."),
            OptionSpec(
                "from", .string(), required: true, example: "\"wirewatch <alerts@example.org>\"",
                "Who it comes from: an address, with a name perhaps."),
            OptionSpec(
                "to", .oneOrMore(.string()), required: true, example: "[analyst@example.org]",
                "Who gets it. One mail goes to all; when the server refuses one of them, it goes to none."),
            OptionSpec(
                "subject_prefix", .string(allowsEmpty: true), default: "[wirewatch]", "What each subject begins with."),
            OptionSpec(
                "hello", .string(), default: "localhost", "What we call ourselves to the server (EHLO)."),
            OptionSpec(
                "timeout", .duration(.seconds(1)...(.seconds(600))), default: "60s",
                "The longest time for one attempt; one that takes longer is made again."),
        ] + DeliveryOptions.specs()

    init(_ options: OptionReader) throws {
        delivery = DeliveryOptions(options)
        subjectPrefix = options.string("subject_prefix") ?? ""
        func address(_ text: String?, at location: SourceLocation) -> MailAddress {
            if let text, let address = MailAddress(text) { return address }
            options.report("'\(text ?? "")' is no mail address", at: location)
            return MailAddress(name: "", address: "nobody@invalid")
        }
        from = address(options.string("from"), at: options.location("from"))
        recipients = options.list("to").map { address(OptionReader.text($0), at: $0.location) }
        let security = options.string("security").flatMap { MailServer.Security(rawValue: $0) } ?? .startTLS
        let auth = options.group("auth", Self.authGroup)
        let (host, port) = Self.place(options.string("server") ?? "")
        if host == nil { options.report("'server' is no host or host:port", at: options.location("server")) }
        if auth != nil, security == .none || security == .ifOffered, host != "localhost", host != "127.0.0.1" {
            options.warn(
                "the password may go over the network in the open; 'security: starttls' keeps it from that",
                at: options.location("security"))
        }
        let hello = options.string("hello") ?? "localhost"
        if !hello.utf8.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || "-.[]:".utf8.contains($0) }) {
            options.report("'hello' is no host name", at: options.location("hello"))
        }
        server = MailServer(
            host: host ?? "", port: port ?? (security == .tls ? 465 : 587), security: security,
            user: auth?.string("user"),
            password: auth?.string("password"), authoritiesFile: options.string("authorities"), helloName: hello,
            timeout: options.duration("timeout") ?? .seconds(60))
    }

    /// `host`, `host:port`, `[::1]:port`; nil for what is no host.
    static func place(_ text: String) -> (host: String?, port: Int?) {
        func isHost(_ text: some StringProtocol) -> Bool {
            !text.isEmpty
                && text.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || "-._:".utf8.contains($0) }
        }
        var host = text[...]
        var port: Substring?
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return (nil, nil) }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
            guard !host.contains(":") else { return (nil, nil) }
        }
        guard isHost(host) else { return (nil, nil) }
        guard let port else { return (String(host), nil) }
        guard let number = Int(port), 1...65_535 ~= number else { return (nil, nil) }
        return (String(host), number)
    }
}
