public import WirewatchHTTP
internal import WirewatchKit

/// When a failed attempt is made again, and when it is given up.
public struct RetryPolicy: Sendable, Hashable {
    /// Doubled with each failure in a row, bounded, and spread over the whole wait (full jitter): Brooker, "Exponential
    /// Backoff And Jitter", 2015.
    public var backoff: Backoff
    /// Nil for no limit.
    public var maxAttempts: Int?
    /// A notice older than this is given up when an attempt fails.
    public var maxAge: Duration
    /// What the chance of waits comes from.
    public var seed: UInt64

    public init(backoff: Backoff, maxAttempts: Int?, maxAge: Duration, seed: UInt64) {
        self.backoff = backoff
        self.maxAttempts = maxAttempts
        self.maxAge = maxAge
        self.seed = seed
    }

    /// How long to wait after so many failures in a row.
    func wait(failures: Int, key: UInt64) -> Duration {
        // Never at once: a receiver that fails in no time would be asked as fast as it fails.
        max(.milliseconds(100), backoff.delay(failures: failures, seed: seed ^ Backoff.seed(String(key))))
    }

    /// Why a notice is given up after a failure; nil when it is tried again.
    func verdict(attempts: Int, created: Timestamp, now: Timestamp) -> String? {
        if let maxAttempts, attempts >= maxAttempts { return "given up after \(attempts) attempts" }
        if now - created >= maxAge { return "given up after \(HumanUnits.text(maxAge)) and \(attempts) attempts" }
        return nil
    }
}
