internal import Synchronization
public import WirewatchKit

/// A clock that stands still until it is told to move.
public final class ManualClock: WirewatchClock {
    private let time: Mutex<Timestamp>

    /// Starts at 2026-01-04T12:00:00Z unless told otherwise.
    public init(_ start: Timestamp = Timestamp(seconds: 1_767_528_000)) { time = Mutex(start) }

    public func now() -> Timestamp { time.withLock { $0 } }

    public func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
}
