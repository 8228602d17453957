internal import Synchronization

/// How a source does, by its own account: kept by the engine across restarts of the source, shown by `wirewatch status`.
/// Safe to use from any task.
public final class SourceReport: Sendable {
    /// An attempt that failed.
    public struct Failure: Sendable, Hashable {
        public var reason: String
        public var time: Timestamp
    }

    private struct Account {
        var figures: [(name: String, value: String)] = []
        var failures = 0
        var lastFailure: Failure?
    }

    private let account = Mutex(Account())
    private let onFailure: @Sendable (Failure) -> Void

    /// - Parameter onFailure: called for each failure, on the task that notes it.
    public init(onFailure: @escaping @Sendable (Failure) -> Void = { _ in }) { self.onFailure = onFailure }

    /// Replaces the figures: a name in snake_case and a value each. A value of `0` is left out of what people see.
    public func update(_ figures: [(name: String, value: String)]) { account.withLock { $0.figures = figures } }

    /// Notes an attempt that failed and that the source gets over by itself; one that it cannot get over is thrown.
    public func fail(_ reason: String, at time: Timestamp) {
        let failure = Failure(reason: reason, time: time)
        account.withLock {
            $0.failures += 1
            $0.lastFailure = failure
        }
        onFailure(failure)
    }

    public var figures: [(name: String, value: String)] { account.withLock { $0.figures } }
    /// Attempts noted since the start.
    public var failures: Int { account.withLock { $0.failures } }
    public var lastFailure: Failure? { account.withLock { $0.lastFailure } }
}
