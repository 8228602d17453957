internal import Glibc

/// One call of ``HTTPClient/fetch(_:)`` on its way: all hops of it.
///
/// `request` never changes and `continuation` is set once, before the transfer is handed to the thread; everything else
/// belongs to the transfer thread. That makes the class safe to share.
final class Transfer: @unchecked Sendable {
    typealias Outcome = Result<HTTPResponse, HTTPError>

    let request: HTTPRequest
    var continuation: CheckedContinuation<Outcome, Never>?
    /// Whether the thread has taken it on.
    var isSubmitted = false
    private(set) var isDone = false

    // The whole call.
    var hop: Hop
    /// The URLs asked so far, to notice a loop.
    var visited: Set<String> = []
    var redirects = 0
    var allPermanent = true
    let created = ContinuousClock.now
    /// Time at work, waits for a turn left out.
    var elapsed = Duration.zero
    var queued = Duration.zero
    var sizes = HTTPResponse.Sizes()

    // The hop at work.
    var easy: EasyHandle?
    var hopStart = ContinuousClock.now
    var status = 0
    var version = HTTPResponse.Version.unknown
    var headers = HTTPHeaders()
    var headersAreComplete = false
    var headerBytes = 0
    var body: [UInt8] = []
    var droppedBytes = 0
    /// Why a callback stopped the transfer.
    var failure: Failure?
    /// A callback stopped the transfer because nothing more of it is wanted.
    var hasEnough = false
    var forbidden: (address: IPAddress, kind: String)?
    var socketError: Int32 = 0
    /// The header block sent, and how TLS was agreed; only for a request that is watched.
    var sentBlock: [UInt8] = []
    var tls: String?

    enum Failure { case headersTooLarge, bodyTooLarge, forbiddenAddress }

    /// What the next hop asks for.
    struct Hop {
        let url: HTTPURL
        /// Kept, for every queue asks for it.
        let hostKey: String
        var method: HTTPRequest.Method
        var body: [UInt8]

        init(url: HTTPURL, method: HTTPRequest.Method, body: [UInt8]) {
            self.url = url
            hostKey = url.hostKey
            self.method = method
            self.body = body
        }
    }

    /// More of an error page is not read: it only serves to tell what is wrong.
    static let errorPageBytes = 64 << 10

    init(_ request: HTTPRequest) {
        self.request = request
        hop = Hop(url: request.url, method: request.method, body: request.body)
    }

    /// Ends the call; only the first end counts.
    func finish(_ outcome: Outcome) {
        guard !isDone else { return }
        isDone = true
        body = []
        continuation?.resume(returning: outcome)
        continuation = nil
    }

    /// Whether the hop goes to where the request's secrets belong: the same origin, or the same host after the usual
    /// change from http to https.
    var isAtHome: Bool {
        let home = request.url
        if hop.url.origin == home.origin { return true }
        return hop.url.host == home.host && home.scheme == .http && hop.url.scheme == .https && home.port == nil
            && hop.url.port == nil
    }

    func prepareHop() {
        hopStart = .now
        status = 0
        version = .unknown
        headers = HTTPHeaders()
        headersAreComplete = false
        headerBytes = 0
        body = []
        droppedBytes = 0
        failure = nil
        hasEnough = false
        forbidden = nil
        socketError = 0
        sentBlock = []
        tls = nil
    }

    var isRedirect: Bool {
        guard request.limits.redirects > 0 else { return false }
        switch status {
        case 301, 302, 303, 307, 308: return headers["location"] != nil
        default: return false
        }
    }

    // MARK: What comes in

    /// Takes one line of a header block; false ends the transfer.
    func receiveHeaderLine(_ line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= request.limits.headerBytes else {
            failure = .headersTooLarge
            return false
        }
        // After the final reply's block there are only trailers, which nobody needs.
        if headersAreComplete { return true }
        if line.starts(with: "HTTP/".utf8) {
            // The final reply may follow interim ones (103 Early Hints).
            headers = HTTPHeaders()
            readStatusLine(line)
        } else if line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) {
            headersAreComplete = status >= 200
        } else {
            headers.append(line)
        }
        return true
    }

    private func readStatusLine(_ line: UnsafeRawBufferPointer) {
        let words = line.split(whereSeparator: { $0 <= 0x20 })
        status = words.count > 1 ? Int(String(decoding: words[1].prefix(3), as: UTF8.self)) ?? 0 : 0
        version = HTTPResponse.Version(rawValue: String(decoding: words[0], as: UTF8.self)) ?? .unknown
    }

    /// Takes decompressed bytes; false ends the transfer.
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if isRedirect {
            droppedBytes += bytes.count
            hasEnough = droppedBytes > Self.errorPageBytes
            return !hasEnough
        }
        if status >= 400 {
            let room = min(Self.errorPageBytes, request.limits.bodyBytes) - body.count
            body.append(contentsOf: bytes.prefix(max(0, room)))
            hasEnough = bytes.count > room
            return !hasEnough
        }
        guard body.count + bytes.count <= request.limits.bodyBytes else {
            failure = .bodyTooLarge
            return false
        }
        if body.isEmpty, headers["content-encoding"] == nil,
            let announced = headers["content-length"].flatMap({ Int($0) })
        {
            guard announced <= request.limits.bodyBytes else {
                failure = .bodyTooLarge
                return false
            }
            // A length is only a claim: memory is spent as the bytes come.
            body.reserveCapacity(min(max(0, announced), 1 << 20))
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// Whether the hop may talk to an address; a proxy's was chosen by whoever configured it.
    func allowsConnection(to address: @autoclosure () -> IPAddress?) -> Bool {
        if request.allowsPrivateAddresses || request.proxy != nil { return true }
        guard let address = address() else { return false }
        guard let kind = address.special else { return true }
        forbidden = (address, kind)
        return false
    }
}
