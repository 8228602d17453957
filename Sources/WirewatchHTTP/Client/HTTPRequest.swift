/// One exchange to make: what to ask for, and how much time, size and trust to give the server.
public struct HTTPRequest: Sendable {
    public enum Method: String, Sendable, Hashable { case get = "GET", post = "POST", put = "PUT" }

    public var url: HTTPURL
    public var method = Method.get
    /// Header fields besides those that the client sets; a name given here replaces the client's own field.
    ///
    /// Of these only `Accept` and `Accept-Language` follow a redirect to another origin: any other may be a secret.
    public var headers: [(name: String, value: String)] = []
    /// The body of a POST or PUT.
    public var body: [UInt8] = []
    public var validators = Validators()
    public var limits = HTTPLimits()
    public var authentication: Authentication?
    public var tls = TLSOptions()
    /// `http://host:port`, `https://` or `socks5h://`, with credentials if need be; nil connects directly.
    ///
    /// The environment's `http_proxy` is not looked at. Through a proxy the addresses of servers are the proxy's
    /// business: then only host names that are addresses are checked.
    public var proxy: String?
    /// Whether servers on loopback, private, link-local and other special addresses may be asked; default no.
    public var allowsPrivateAddresses = false
    /// In place of the client's `User-Agent`.
    public var userAgent: String?
    /// Called at the end of each hop, the last one before ``HTTPClient/fetch(_:)`` returns, on the client's own thread: it
    /// must not wait. Without it nothing is recorded.
    public var onHop: (@Sendable (HTTPHop) -> Void)?

    public init(_ url: HTTPURL) { self.url = url }
}

/// What a server called the version that we hold (RFC 9110, 8.8): sent back byte for byte as it came, whatever its form.
public struct Validators: Sendable, Hashable {
    /// The value of `ETag`, quotes and `W/` included.
    public var etag: String?
    /// The value of `Last-Modified`, even one that is no date.
    public var lastModified: String?

    public init(etag: String? = nil, lastModified: String? = nil) {
        self.etag = etag
        self.lastModified = lastModified
    }

    public var isEmpty: Bool { etag == nil && lastModified == nil }
}

/// Who we are to a server; sent to the origin of the request's URL alone, never after a redirect away from it (from http
/// to https on the same host is not away).
public enum Authentication: Sendable, Hashable {
    case basic(user: String, password: String)
    case bearer(token: String)
}

/// Certificates for the connection; servers' certificates are always verified, TLS 1.2 is the least version.
public struct TLSOptions: Sendable, Hashable {
    /// A PEM file with our certificate (and its chain), shown to the origin of the request's URL alone.
    public var certificateFile: String?
    /// The PEM file of the certificate's key, if it is not in the same file.
    public var keyFile: String?
    public var keyPassword: String?
    /// A PEM file of authorities to trust in place of the system's.
    public var authoritiesFile: String?

    public init(
        certificateFile: String? = nil, keyFile: String? = nil, keyPassword: String? = nil,
        authoritiesFile: String? = nil
    ) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.keyPassword = keyPassword
        self.authoritiesFile = authoritiesFile
    }
}

/// How much of its time and memory the client gives to one request.
public struct HTTPLimits: Sendable, Hashable {
    /// For the whole exchange with all redirects, waiting for a free connection aside; default 60 s.
    public var total = Duration.seconds(60)
    /// For name look-up, connection and TLS of each hop; default 15 s.
    public var connect = Duration.seconds(15)
    /// The exchange ends when it is slower than this, in bytes per second, for ``lowSpeedTime``; default 64, 0 never.
    public var lowSpeed = 64
    /// Default 20 s; whole seconds.
    public var lowSpeedTime = Duration.seconds(20)
    /// Bytes of body after decompression; default 16 MiB.
    public var bodyBytes = 16 << 20
    /// Bytes of all header fields of one reply, trailers and interim replies included; default 256 KiB.
    public var headerBytes = 256 << 10
    /// Redirects followed; default 8, 0 returns the redirect itself as the response.
    public var redirects = 8

    public init() {}
}
