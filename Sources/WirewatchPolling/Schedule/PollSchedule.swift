public import WirewatchHTTP
public import WirewatchKit

/// When to poll, how, and what to remember of the reply. Pure: no clock, no network.
public struct PollSchedule: Sendable {
    /// The interval until another is learnt.
    public var every: Duration
    /// Of the learnt interval.
    public var bounds: ClosedRange<Duration>
    /// Whether the interval is learnt.
    public var adaptive: Bool
    /// From the source's name, so that chance is the same in each run and differs between sources.
    public var seed: UInt64
    /// Whether a move to another origin may be remembered: not with credentials, which go to the configured one alone.
    public var followsToOtherOrigins: Bool
    /// What is polled, for messages: `feed`.
    public var subject: String

    public init(
        every: Duration, bounds: ClosedRange<Duration>, adaptive: Bool, seed: UInt64,
        followsToOtherOrigins: Bool = true,
        subject: String = "feed"
    ) {
        self.every = every
        self.bounds = bounds
        self.adaptive = adaptive
        self.seed = seed
        self.followsToOtherOrigins = followsToOtherOrigins
        self.subject = subject
    }

    /// The most that HTTP's word (`max-age`, `Expires`) puts off a poll, where the bounds do not say more.
    static let longestFreshness = Duration.seconds(86_400)
    /// The most that `Retry-After` does.
    public static let longestRetryAfter = Duration.seconds(7 * 86_400)
    /// A server that says 304 for ever is asked for the whole document after so many and so long.
    static let wholeAfter = (replies: 50, time: Duration.seconds(3 * 86_400))
    /// After so many failures in a row at the address that a document moved to, the configured one is asked again.
    static let failuresBeforeOldURL = 5
    /// A restart asks for what was gone once more, after this time at the earliest.
    static let goneIsAskedAgainAfter = Duration.seconds(86_400)
    /// A validator that is longer is not sent back: requests have limits too.
    static let longestValidator = 4096

    /// What came of a poll.
    public enum Outcome: Sendable {
        /// Nothing changed where it was asked; `arrivals` came from elsewhere, as from a sitemap that an index lists.
        case unmodified(Reply, arrivals: Int = 0)
        /// A document that could be read; with `hints` nil it was the same bytes as before.
        case content(Reply, arrivals: Int, hints: PollHints?)
        /// A reply of another status.
        case refused(Reply)
        /// No reply, or one that cannot be read. `isUnreachable`: nothing was heard of the server at all.
        case failed(String, isUnreachable: Bool)
    }

    /// A reply, as far as the schedule needs it.
    public struct Reply: Sendable {
        public var status: Int
        /// As the reply leaves them.
        public var validators = Validators()
        /// How long it says it is fresh.
        public var freshness: Duration?
        public var retryAfter: Duration?
        /// Where it has moved for good, and whether that is on the origin asked.
        public var permanentURL: String?
        public var staysOnOrigin = true
        /// Bytes of body over the wire.
        public var bytes = 0

        public init(status: Int) { self.status = status }
    }

    // MARK: Before a poll

    /// When to poll first after a start.
    ///
    /// What was polled before waits for its time. Those never polled are spread over a tenth of the interval, at most half a
    /// minute; those whose time has passed, over a quarter of it, at most five minutes.
    public func firstPoll(_ memory: PollMemory, now: Timestamp) -> Timestamp {
        let share = Backoff.share(seed: seed)
        guard memory.lastPoll != nil else { return now + min(every / 10, .seconds(30)) * share }
        let time = due(memory, now: now)
        return time > now ? time : now + min(interval(memory) / 4, .seconds(300)) * share
    }

    /// When the next poll is due.
    public func due(_ memory: PollMemory, now: Timestamp) -> Timestamp {
        guard let last = memory.lastPoll else { return now }
        // Times ahead of the clock come from a clock that was wrong.
        let start = min(last, now)
        let time = max(start + interval(memory), memory.notBefore ?? start)
        return min(time, now + max(bounds.upperBound, Self.longestRetryAfter))
    }

    /// Whether a run that ends after one poll may poll now: unless the server, the document or a failure asks to wait.
    public func mayPoll(_ memory: PollMemory, now: Timestamp) -> Bool {
        guard let notBefore = memory.notBefore else { return true }
        return notBefore <= now || notBefore > now + max(bounds.upperBound, Self.longestRetryAfter)
    }

    /// The validators to send; none when the whole document is wanted.
    public func validators(_ memory: PollMemory, now: Timestamp) -> Validators {
        let whole = memory.lastWhole ?? now
        let isDoubtful =
            memory.unmodified >= Self.wholeAfter.replies && now - whole >= Self.wholeAfter.time
        return isDoubtful ? Validators() : memory.validators
    }

    /// The learnt interval.
    public func interval(_ memory: PollMemory) -> Duration {
        guard adaptive, !memory.rhythm.isUnknown else { return every }
        return memory.rhythm.interval(within: bounds)
    }

    // MARK: After a poll

    /// Takes in what came of a poll. Returns why the source is to stop, or nil.
    public func note(_ outcome: Outcome, in memory: inout PollMemory, now: Timestamp) -> String? {
        let before = memory.lastPoll
        memory.lastPoll = now
        memory.polls += 1
        memory.gone = nil
        switch outcome {
        case .unmodified(let reply, let arrivals):
            memory.unmodified += 1
            memory.polls304 += 1
            succeed(reply, arrivals: arrivals, since: before, &memory, now)
        case .content(let reply, let arrivals, let hints):
            memory.unmodified = 0
            memory.lastWhole = now
            if let hints { memory.hints = hints }
            succeed(reply, arrivals: arrivals, since: before, &memory, now)
        case .refused(let reply):
            memory.status = reply.status
            memory.bytes += reply.bytes
            if reply.status == 410, memory.movedTo == nil {
                memory.gone = now
                memory.notBefore = now + Self.goneIsAskedAgainAfter
                memory.failure = "410 Gone"
                memory.failures += 1
                return "the server says 410 Gone: the \(subject) is no more; remove the source or give its new URL"
            }
            let isMoveGone = reply.status == 410
            fail(reason(reply), retryAfter: reply.retryAfter, isUnreachable: false, &memory, now)
            if isMoveGone { forgetMove(&memory) }
        case .failed(let reason, let isUnreachable):
            memory.status = 0
            fail(reason, retryAfter: nil, isUnreachable: isUnreachable, &memory, now)
        }
        return nil
    }

    private func succeed(
        _ reply: Reply, arrivals: Int, since before: Timestamp?, _ memory: inout PollMemory, _ now: Timestamp
    ) {
        if memory.rhythm.isUnknown { memory.rhythm = PollRhythm(expecting: every) }
        if let before, memory.lastSuccess != nil {
            // Time in which nobody watched says nothing of the source.
            let elapsed = min(now - before, interval(memory) * 2)
            memory.rhythm.note(arrival: arrivals > 0, elapsed: elapsed)
        }
        memory.status = reply.status
        memory.bytes += reply.bytes
        memory.items += arrivals
        memory.lastSuccess = now
        if arrivals > 0 { memory.lastArrival = now }
        memory.failures = 0
        memory.failure = nil
        memory.validators = Self.bounded(reply.validators)
        if let moved = reply.permanentURL, reply.staysOnOrigin || followsToOtherOrigins { memory.movedTo = moved }

        var wait = min(memory.hints.interval ?? .zero, bounds.upperBound)
        if let fresh = reply.freshness { wait = max(wait, min(fresh, max(bounds.upperBound, Self.longestFreshness))) }
        memory.notBefore = wait > .zero ? now + wait : nil
        let next = due(memory, now: now)
        let allowed = Self.outsideSkipped(next, memory.hints)
        if allowed > next { memory.notBefore = allowed }
    }

    private func fail(
        _ reason: String, retryAfter: Duration?, isUnreachable: Bool, _ memory: inout PollMemory, _ now: Timestamp
    ) {
        memory.failures += 1
        // What was put together piece by piece has room to grow, several times what it holds.
        memory.failure = String(decoding: Array(reason.utf8), as: UTF8.self)
        let base = max(interval(memory), .seconds(1))
        // What is unreachable may be so because our own network is down: then all are tried again before long.
        let limit = isUnreachable ? max(bounds.upperBound, base) : max(bounds.upperBound, .seconds(86_400))
        let wait = Backoff(base: base * 1.25, limit: limit * 1.25, jitter: 0.2).delay(
            failures: memory.failures, seed: seed)
        memory.notBefore = now + max(wait, min(retryAfter ?? .zero, Self.longestRetryAfter))
        if memory.failures >= Self.failuresBeforeOldURL { forgetMove(&memory) }
    }

    private func forgetMove(_ memory: inout PollMemory) {
        guard memory.movedTo != nil else { return }
        memory.movedTo = nil
        memory.validators = Validators()
    }

    private static func bounded(_ validators: Validators) -> Validators {
        var validators = validators
        if (validators.etag?.utf8.count ?? 0) > longestValidator { validators.etag = nil }
        if (validators.lastModified?.utf8.count ?? 0) > longestValidator { validators.lastModified = nil }
        return validators
    }

    /// The first time from `time` on that is in no skipped hour or day; `time` itself when there is none in a week.
    static func outsideSkipped(_ time: Timestamp, _ hints: PollHints) -> Timestamp {
        guard !hints.skipHours.isEmpty || !hints.skipDays.isEmpty else { return time }
        var candidate = time
        for _ in 0...(8 * 24) {
            let parts = candidate.civil
            // 1970-01-01 was a Thursday, Monday is 0.
            let weekday = ((parts.daysSinceEpoch + 3) % 7 + 7) % 7
            if !hints.skipHours.contains(parts.hour), !hints.skipDays.contains(weekday) { return candidate }
            let hour: Int64 = 3_600_000
            candidate = Timestamp(milliseconds: (candidate.milliseconds / hour + 1) * hour)
        }
        return time
    }

    private func reason(_ reply: Reply) -> String {
        switch reply.status {
        case 401: "the server says 401 Unauthorized; set 'auth'"
        case 403: "the server says 403 Forbidden; it may block readers without 'contact', or want 'auth'"
        case 404: "the server says 404 Not Found; see whether the \(subject) has another URL"
        case 410: "the server says 410 Gone of the address that the \(subject) moved to"
        case 429: "the server says 429 Too Many Requests; poll it less often"
        case 500...: "the server says \(reply.status); its operator has a problem"
        default: "the server says \(reply.status), which is no \(subject)"
        }
    }
}
