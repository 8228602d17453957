public import WirewatchKit

/// A reply, whatever its status; redirects have been followed.
public struct HTTPResponse: Sendable {
    public var status: Int
    /// The URL that gave this reply.
    public var url: HTTPURL
    /// Where the resource has moved for good: set when there was a redirect and each was a 301 or 308.
    public var permanentURL: HTTPURL?
    /// How many redirects led here.
    public var redirects = 0
    public var headers: HTTPHeaders
    /// Decompressed. At most the first 64 KiB of an error page (status 400 and above).
    public var body: [UInt8]
    /// When the last byte came.
    public var received: Timestamp
    public var timings: Timings
    public var sizes: Sizes
    public var version: Version
    /// The address connected to, as text: `203.0.113.7`, `2001:db8::1`; a proxy's if there is one.
    public var peerAddress: String

    init(
        status: Int, url: HTTPURL, permanentURL: HTTPURL? = nil, redirects: Int = 0, headers: HTTPHeaders,
        body: [UInt8],
        received: Timestamp, timings: Timings = Timings(), sizes: Sizes = Sizes(), version: Version, peerAddress: String
    ) {
        self.status = status
        self.url = url
        self.permanentURL = permanentURL
        self.redirects = redirects
        self.headers = headers
        self.body = body
        self.received = received
        self.timings = timings
        self.sizes = sizes
        self.version = version
        self.peerAddress = peerAddress
    }

    public enum Version: String, Sendable, Hashable {
        case http10 = "HTTP/1.0", http11 = "HTTP/1.1", http2 = "HTTP/2", http3 = "HTTP/3", unknown = "HTTP"

        /// As the first word of a reply has it.
        init(bytes: Slice<UnsafeRawBufferPointer>) {
            let known: [Version] = [.http11, .http2, .http3, .http10]
            self = known.first { bytes.elementsEqual($0.rawValue.utf8) } ?? .unknown
        }
    }

    /// Times of the last hop from its start, except ``total`` and ``queued``; zero for what a reused connection spares.
    public struct Timings: Sendable, Hashable {
        /// From the call to the start: the wait for a connection that the client's limits allow.
        public var queued = Duration.zero
        public var nameLookup = Duration.zero
        public var connected = Duration.zero
        public var secured = Duration.zero
        public var firstByte = Duration.zero
        /// All hops.
        public var total = Duration.zero
    }

    public struct Sizes: Sendable, Hashable {
        /// Bytes of header fields, all hops.
        public var headers = 0
        /// Bytes of body as they came over the wire, all hops.
        public var wire = 0
        /// Bytes of body after decompression, of the last hop.
        public var decoded = 0
        /// New connections made, all hops; 0 when every one was reused.
        public var connections = 0
    }

    /// A reply that came another way than by this client: pushed by a hub, or made by a test.
    public init(status: Int = 200, url: HTTPURL, headers: HTTPHeaders, body: [UInt8], received: Timestamp) {
        self.init(
            status: status, url: url, permanentURL: nil, redirects: 0, headers: headers, body: body, received: received,
            timings: Timings(), sizes: Sizes(headers: 0, wire: body.count, decoded: body.count, connections: 0),
            version: .unknown, peerAddress: "")
    }

    /// The validators to store for the next request: from every reply, a 304 too. A 304 keeps what it does not name.
    public func validators(after previous: Validators = Validators()) -> Validators {
        var next = status == 304 ? previous : Validators()
        if let etag = headers["etag"] { next.etag = etag }
        if let date = headers["last-modified"] { next.lastModified = date }
        return next
    }
}
