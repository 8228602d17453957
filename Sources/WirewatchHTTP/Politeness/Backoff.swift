/// Waits that grow with each failure in a row: doubled, bounded, spread by jitter.
///
/// The same seed, key and number of failures always give the same wait, so a schedule can be told in advance.
public struct Backoff: Sendable, Hashable {
    /// After the first failure.
    public var base: Duration
    /// Never longer than this.
    public var limit: Duration
    /// The share of the wait that chance decides: 0.5 means between 50 and 100 %.
    public var jitter: Double

    public init(base: Duration = .seconds(60), limit: Duration = .seconds(86_400), jitter: Double = 0.5) {
        self.base = base
        self.limit = limit
        self.jitter = jitter
    }

    /// The wait after `failures` failures in a row (from 1; 0 waits nothing).
    public func delay(failures: Int, seed: UInt64) -> Duration { .zero }
}
