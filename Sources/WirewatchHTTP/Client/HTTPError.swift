/// Why there is no reply: what happened, to which URL, and what to do about it.
public struct HTTPError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// The text is no http or https URL.
        case badURL
        /// The request itself cannot be sent: a line end in a header field, a certificate file that is not there.
        case badRequest
        /// The host's name has no address, or the resolver does not answer.
        case resolve
        case connect
        case proxy
        case tls(TLSProblem)
        case timeout(Phase)
        case tooLarge(Part)
        case tooManyRedirects
        case redirectLoop
        /// A redirect that leads nowhere: no usable target, or one that is not http or https.
        case badRedirect
        /// The address is one that a request must allow (``HTTPRequest/allowsPrivateAddresses``).
        case forbiddenAddress
        /// The server broke the rules of HTTP or of a content coding.
        case protocolViolation
        /// The connection broke off before the reply was whole.
        case interrupted
        case cancelled
        /// Our own resources ran out: memory, file descriptors.
        case unavailable
    }

    public enum TLSProblem: String, Sendable, Hashable {
        case expired, notYetValid, selfSigned, unknownIssuer, wrongHost, revoked, clientCertificate, handshake, other
    }

    public enum Phase: String, Sendable, Hashable { case resolve, connect, tls, request, headers, body }

    public enum Part: String, Sendable, Hashable { case headers, body }

    public var kind: Kind
    /// The URL that failed, without credentials.
    public var url: String
    /// What happened, in a few words.
    public var detail: String
    /// What the operator can do.
    public var remedy: String
    /// Bytes of body that had come, after decompression.
    public var receivedBytes = 0

    public init(_ kind: Kind, url: String, detail: String, remedy: String) {
        self.kind = kind
        self.url = url
        self.detail = detail
        self.remedy = remedy
    }

    public var description: String { remedy.isEmpty ? "\(url): \(detail)" : "\(url): \(detail); \(remedy)" }

    /// Whether the same request may well succeed later, without anybody changing anything.
    public var isTransient: Bool {
        switch kind {
        case .resolve, .connect, .proxy, .timeout, .interrupted, .unavailable, .protocolViolation: true
        case .tls(let problem): problem == .handshake || problem == .other
        case .badURL, .badRequest, .tooLarge, .tooManyRedirects, .redirectLoop, .badRedirect, .forbiddenAddress,
            .cancelled:
            false
        }
    }
}
