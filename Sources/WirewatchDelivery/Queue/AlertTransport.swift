public import WirewatchKit

/// How notices reach one receiver: all that a delivering sink brings itself. The queue, retries and grouping are
/// ``DeliverySink``'s.
public protocol AlertTransport: Sendable {
    /// Makes one attempt, with a time limit of its own. Called from any thread, for one notice at a time unless
    /// `concurrency` says otherwise; when the task is cancelled it should end soon, whatever it returns then.
    func deliver(_ notice: Notice, _ attempt: DeliveryAttempt) async -> DeliveryResult
}

/// One attempt to deliver a notice.
public struct DeliveryAttempt: Sendable, Hashable {
    /// The clock's time.
    public var now: Timestamp
    /// From 1.
    public var number: Int
    /// When the receiver got the notice, for one that is told again (``DeliveryResult/deliveredFor(_:)``).
    public var deliveredAt: Timestamp?

    public init(now: Timestamp, number: Int = 1, deliveredAt: Timestamp? = nil) {
        self.now = now
        self.number = number
        self.deliveredAt = deliveredAt
    }
}

/// What came of an attempt.
public enum DeliveryResult: Sendable, Hashable {
    /// The receiver has it.
    case delivered
    /// The receiver has it and wants to be told again, as one that keeps what fires.
    case deliveredFor(Duration)
    /// It may succeed later.
    ///
    /// - `after`: what the receiver asked for (`Retry-After`); nil leaves the time to the retry policy.
    /// - `blames`: whether other notices would fare better now.
    case failed(String, after: Duration?, blames: Blame)
    /// The same would be refused for ever: a dead letter at once.
    case refused(String)

    public enum Blame: String, Sendable, Hashable {
        /// It is down or busy: everything waits.
        case receiver
        /// It answered, and did not like this notice: after a few attempts others go first.
        case notice
    }
}
