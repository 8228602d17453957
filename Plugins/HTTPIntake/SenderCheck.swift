import Synchronization
import WirewatchDigest
import WirewatchKit

/// Who may post, and how often. Safe to use from any task.
final class SenderCheck: Sendable {
    /// What is known of a sender before its body is there.
    enum Finding {
        case known
        /// The body decides, by its signature.
        case toBeVerified
        case refused(InboundReply)
    }

    private let options: HTTPIntakeOptions
    private let clock: any WirewatchClock
    /// One for each token, and one for those without.
    private let buckets: Mutex<[TokenBucket]>

    init(_ options: HTTPIntakeOptions, clock: any WirewatchClock) {
        self.options = options
        self.clock = clock
        let bucket = TokenBucket(perMinute: options.rateLimit ?? 0, now: clock.now())
        buckets = Mutex(Array(repeating: bucket, count: options.tokens.count + 1))
    }

    /// Looks at the head of a request.
    func look(at request: InboundRequest) -> Finding {
        if options.tokens.isEmpty, options.secret == nil {
            // A browser names the page that a request comes from; programs do not.
            if request.header("Origin") != nil {
                return .refused(
                    .problem(
                        403, "Forbidden",
                        "this endpoint has no token, so requests of web pages are refused; set a 'token'"))
            }
            return admit(options.tokens.count)
        }
        if goesBySignature(request) {
            // Whether it is right, the body decides.
            if request.header(options.signatureHeader) != nil { return .toBeVerified }
        } else if let given = request.header("Authorization") {
            return lookUp(given)
        }
        return .refused(unauthorized("there is no token and no signature", error: nil))
    }

    /// Whether a request is to be signed, rather than to show a token.
    func goesBySignature(_ request: InboundRequest) -> Bool {
        options.secret != nil && (options.tokens.isEmpty || request.header("Authorization") == nil)
    }

    private func lookUp(_ authorization: String) -> Finding {
        let parts = authorization.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            return .refused(
                unauthorized("the Authorization field is not of the form 'Bearer TOKEN'", error: "invalid_request"))
        }
        var found: Int?
        // All are compared, so that the time tells nothing of which.
        for (index, token) in options.tokens.enumerated() where Secret.equal(String(parts[1]), expected: token) {
            found = index
        }
        guard let found else {
            return .refused(unauthorized("the token is none of those configured", error: "invalid_token"))
        }
        return admit(found)
    }

    /// Checks the signature of a request whose body is there; nil when it is right.
    func verify(_ request: InboundRequest) -> InboundReply? {
        guard let secret = options.secret, let signature = request.header(options.signatureHeader),
            HMAC.verifies(signature, of: request.body, key: secret, allowed: [.sha256])
        else {
            return unauthorized(
                "\(options.signatureHeader) is not the HMAC-SHA256 of the body as it was sent, under the common secret",
                error: nil)
        }
        if case .refused(let reply) = admit(options.tokens.count) { return reply }
        return nil
    }

    private func admit(_ bucket: Int) -> Finding {
        guard options.rateLimit != nil else { return .known }
        let now = clock.now()
        guard let wait = buckets.withLock({ $0[bucket].take(now: now) }) else { return .known }
        return .refused(
            .problem(
                429, "Too Many Requests",
                "more than \(options.rateLimit ?? 0) requests a minute; send several documents in one",
                retryAfter: wait))
    }

    private func unauthorized(_ detail: String, error: String?) -> InboundReply {
        let challenge = "Bearer realm=\"wirewatch\"" + (error.map { ", error=\"\($0)\"" } ?? "")
        let advice =
            options.tokens.isEmpty
            ? "; sign the body in \(options.signatureHeader)" : "; send 'Authorization: Bearer TOKEN'"
        return .problem(401, "Unauthorized", detail + advice, headers: [("WWW-Authenticate", challenge)])
    }
}

/// Lets so many through a minute, with a burst of as many.
struct TokenBucket: Sendable {
    private let perMinute: Double
    private var level: Double
    private var last: Timestamp

    init(perMinute: Int, now: Timestamp) {
        self.perMinute = Double(perMinute)
        level = Double(perMinute)
        last = now
    }

    /// Takes one; how long to wait when there is none.
    mutating func take(now: Timestamp) -> Duration? {
        // A clock that is set back must not take anything away.
        let elapsed = max(0, (now - last).milliseconds)
        last = now
        level = min(perMinute, level + Double(elapsed) * perMinute / 60_000)
        if level >= 1 {
            level -= 1
            return nil
        }
        return .milliseconds(Int64(((1 - level) * 60_000 / perMinute).rounded(.up)))
    }
}
