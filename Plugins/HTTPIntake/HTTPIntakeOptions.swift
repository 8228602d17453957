import WirewatchKit

/// What the user may set of the `http` source.
struct HTTPIntakeOptions: PluginOptions {
    static let specs: [OptionSpec] = [
        OptionSpec("path", .string(), default: "/articles", "Where to post to; no two sources share one."),
        OptionSpec(
            "token", .oneOrMore(.string()), example: "!secret desk_token",
            """
            What senders show as `Authorization: Bearer TOKEN`; a list gives each sender its own, and lets one be replaced \
            while the old one still serves. At least 16 characters; best by `!secret`.
            """),
        OptionSpec(
            "secret", .string(), example: "!secret desk_signing_key",
            """
            A key with which senders sign the body instead of showing a token: `sha256=` and the HMAC-SHA256 in hexadecimal \
            digits. At least 16 characters; best by `!secret`.
            """),
        OptionSpec(
            "signature_header", .string(), default: "X-Hub-Signature-256", "The header field with the signature."),
        OptionSpec(
            "allow_anonymous", .bool, default: "false",
            """
            Whether anybody may post, without token and signature. Only on a loopback address; requests of web pages are \
            refused even then.
            """),
        OptionSpec(
            "rate_limit", .integer(1...1_000_000), example: "600",
            "The most requests a minute for each token, or for all that are signed or anonymous; none without it."),
        OptionSpec(
            "max_size", .size(1024...(256 << 20)), default: "4MiB",
            "The largest body, as it comes and after decompression."),
        OptionSpec(
            "max_documents", .integer(1...100_000), default: "1000", "The most documents in one body."),
        OptionSpec(
            "timeout", .duration(.milliseconds(100)...(.seconds(300))), default: "10s",
            "How long a sender waits for its articles to be durable before it is told to come again (503)."),
    ]

    /// Shorter ones can be guessed.
    static let leastSecret = 16

    var path: String
    var tokens: [String]
    var secret: [UInt8]?
    var signatureHeader: String
    var allowsAnonymous: Bool
    var rateLimit: Int?
    var maxSize: Int
    var maxDocuments: Int
    var timeout: Duration

    init(_ options: OptionReader) throws {
        path = options.string("path") ?? "/articles"
        tokens = options.strings("token")
        let key = options.string("secret")
        secret = key.map { Array($0.utf8) }
        signatureHeader = options.string("signature_header") ?? ""
        allowsAnonymous = options.bool("allow_anonymous")
        rateLimit = options.integer("rate_limit")
        maxSize = options.size("max_size") ?? 4 << 20
        maxDocuments = options.integer("max_documents") ?? 1000
        timeout = options.duration("timeout") ?? .seconds(10)
        for token in tokens {
            if !token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
                options.report(
                    "'token' must be printable ASCII without blanks, for it goes into a header field",
                    at: options.location("token"))
            }
        }
        for (name, values) in [("token", tokens), ("secret", key.map { [$0] } ?? [])] {
            guard values.contains(where: { $0.utf8.count < Self.leastSecret }) else { continue }
            options.report(
                """
                '\(name)' is shorter than \(Self.leastSecret) characters and could be guessed; make one with \
                'openssl rand -hex 32'
                """, at: options.location(name))
        }
        checkSurroundings(options)
    }

    private func checkSurroundings(_ options: OptionReader) {
        if let fault = options.scope.claim(path, owner: options.owner) {
            options.report("'path' is \"\(path)\": \(fault)", at: options.location("path"))
        }
        let isOpen = tokens.isEmpty && secret == nil
        if isOpen, !allowsAnonymous {
            options.report(
                """
                a source of type 'http' needs a 'token' (or a 'secret' to sign with), so that not everybody can post; \
                write 'token: !secret NAME', or 'allow_anonymous: true' for a loopback address
                """)
        }
        if !isOpen, allowsAnonymous {
            options.report(
                "'allow_anonymous' contradicts 'token' and 'secret'; leave one of them out",
                at: options.location("allow_anonymous"))
        }
        switch options.scope.listener {
        case .unknown: break
        case .absent:
            options.report(
                "a source of type 'http' needs the daemon's HTTP endpoint; add 'listen: {address: 127.0.0.1:9464}' at the top level"
            )
        case .at(let address, _):
            if isOpen, allowsAnonymous, !address.isLoopback {
                options.report(
                    "'allow_anonymous' is for a loopback address, but 'listen' is at \(address); set a 'token'",
                    at: options.location("allow_anonymous"))
            }
        }
    }
}
