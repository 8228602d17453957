import WirewatchHTTP
public import WirewatchKit

/// The options that all delivering sinks have in common: what is delivered, how it is grouped, and how failures are met.
public struct DeliveryOptions: Sendable {
    /// What happens when the queue is full.
    public enum OnFull: String, Sendable { case block, deadLetter = "dead_letter" }

    public var filter: AlertFilter
    public var grouping: Grouping
    public var policy: RetryPolicy
    public var concurrency: Int
    public var maxQueued: Int
    public var onFull: OnFull
    /// How long dead letters are kept.
    public var keepDead: Duration

    /// Reads the options of ``specs(groupBy:)``, and reports those that make no sense.
    ///
    /// - Parameter seed: what the chance of waits comes from; another one in each process unless told otherwise.
    public init(_ options: OptionReader, seed: UInt64 = .random(in: 0 ... .max)) {
        filter = AlertFilter(options)
        grouping = Grouping(options)
        let retry = options.group("retry", Self.retryGroup) ?? options.empty(Self.retryGroup)
        let initial = retry.duration("initial") ?? .seconds(1)
        let longest = retry.duration("max") ?? .seconds(300)
        if initial > longest { retry.report("'initial' is longer than 'max'", at: retry.location("initial")) }
        policy = RetryPolicy(
            backoff: Backoff(base: initial, limit: longest, jitter: 1), maxAttempts: retry.integer("max_attempts"),
            maxAge: retry.duration("max_age") ?? .seconds(3 * 86_400), seed: seed)
        concurrency = options.integer("concurrency") ?? 1
        maxQueued = options.integer("max_queued") ?? 10_000
        onFull = options.string("on_full").flatMap { OnFull(rawValue: $0) } ?? .deadLetter
        keepDead = options.duration("keep_dead_letters") ?? .seconds(30 * 86_400)
    }
}

/// Which alerts a sink delivers; the log has all of them.
public struct AlertFilter: Sendable {
    public var minimum: Alert.Severity
    public var matcher: AlertMatcher
    /// Whether alerts that a stage marked as held are delivered all the same.
    public var includesHeld: Bool

    /// Reads `min_severity`, `match` and `include_held` (``DeliveryOptions/selectionSpecs``).
    public init(_ options: OptionReader) {
        minimum = options.string("min_severity").flatMap { Alert.Severity(rawValue: $0) } ?? .info
        matcher = options.group("match", AlertMatcher.group).map { AlertMatcher($0) } ?? AlertMatcher()
        includesHeld = options.bool("include_held")
    }

    public func admits(_ alert: Alert) -> Bool {
        (alert.held == nil || includesHeld) && alert.severity >= minimum && matcher.matches(alert)
    }
}

extension OptionReader {
    /// A reader that finds nothing and so gives the defaults.
    func empty(_ group: OptionGroup) -> OptionReader {
        OptionReader(
            OptionValue(.map([]), at: value.location), specs: group.specs(), diagnostics: Diagnostics(), scope: scope,
            owner: owner)
    }
}
