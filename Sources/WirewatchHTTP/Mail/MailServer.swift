/// Where mail is handed in (RFC 6409, 5321), and how.
public struct MailServer: Sendable, Hashable {
    public enum Security: String, Sendable, Hashable, CaseIterable {
        /// TLS from the first byte, as port 465 has it (RFC 8314).
        case tls
        /// STARTTLS, and nothing without it.
        case startTLS = "starttls"
        /// STARTTLS where the server offers it.
        case ifOffered = "if_offered"
        case none
    }

    /// A name or an address, an IPv6 one without brackets.
    public var host: String
    public var port: Int
    public var security: Security
    public var user: String?
    public var password: String?
    /// A PEM file of authorities to trust in place of the system's.
    public var authoritiesFile: String?
    /// What we call ourselves (EHLO).
    public var helloName: String
    /// For the whole conversation.
    public var timeout: Duration

    public init(
        host: String, port: Int, security: Security, user: String? = nil, password: String? = nil,
        authoritiesFile: String? = nil, helloName: String = "localhost", timeout: Duration = .seconds(60)
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.password = password
        self.authoritiesFile = authoritiesFile
        self.helloName = helloName
        self.timeout = timeout
    }
}

/// Why a mail was not taken.
public struct MailError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The server's reply code (RFC 5321, 4.2); 0 when it did not come to that.
    public var code: Int
    public var detail: String
    /// Whether the same mail may well be taken later.
    public var isTransient: Bool

    public var description: String { detail }
}
