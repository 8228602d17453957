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
        /// Whether it goes to where the request's secrets belong.
        let isAtHome: Bool
        var method: HTTPRequest.Method
        var body: [UInt8]

        /// The first one.
        init(_ request: HTTPRequest) {
            url = request.url
            hostKey = url.hostKey
            isAtHome = true
            method = request.method
            body = request.body
        }

        /// Where a redirect leads, with `home` as the request's own URL.
        init(url: HTTPURL, home: HTTPURL, method: HTTPRequest.Method, body: [UInt8]) {
            self.url = url
            hostKey = url.hostKey
            // The same origin, or the same host after the usual change from http to https.
            let isSecured =
                url.host == home.host && home.scheme == .http && url.scheme == .https && home.port == nil
                && url.port == nil
            isAtHome = isSecured || url.origin == home.origin
            self.method = method
            self.body = body
        }
    }

    /// More of an error page is not read: it only serves to tell what is wrong.
    static let errorPageBytes = 64 << 10

    init(_ request: HTTPRequest) {
        self.request = request
        hop = Hop(request)
    }

    /// Ends the call; only the first end counts.
    func finish(_ outcome: Outcome) {
        guard !isDone else { return }
        isDone = true
        body = []
        continuation?.resume(returning: outcome)
        continuation = nil
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
        if Self.beginsBlock(line) {
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

    /// Whether a line is the first of a block: `HTTP/`.
    private static func beginsBlock(_ line: UnsafeRawBufferPointer) -> Bool {
        line.count >= 5 && line[0] == 0x48 && line[1] == 0x54 && line[2] == 0x54 && line[3] == 0x50 && line[4] == 0x2F
    }

    /// `HTTP/1.1 200 OK`: the first two words.
    private func readStatusLine(_ line: UnsafeRawBufferPointer) {
        var end = 0
        while end < line.count, line[end] > 0x20 { end += 1 }
        version = HTTPResponse.Version(bytes: line[..<end])
        while end < line.count, line[end] <= 0x20 { end += 1 }
        status = 0
        let digits = line[end...].prefix(3)
        guard digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return }
        for digit in digits { status = status * 10 + Int(digit &- 0x30) }
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
