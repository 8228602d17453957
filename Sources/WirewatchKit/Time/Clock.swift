#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Where components get the time from, so that tests and replays can set it.
public protocol WirewatchClock: Sendable {
    /// The wall-clock time now.
    func now() -> Timestamp

    /// Suspends until ``now()`` is at or past the deadline; throws `CancellationError` when the task is cancelled.
    ///
    /// By default the wall clock is looked at again each minute at the latest, so that a clock that is set, or a machine
    /// that was asleep, delays the end by a minute at most.
    func sleep(until deadline: Timestamp) async throws
}

extension WirewatchClock {
    public func sleep(until deadline: Timestamp) async throws {
        while true {
            try Task.checkCancellation()
            let time = now()
            guard time < deadline else { return }
            try await Task.sleep(for: min(deadline - time, .seconds(60)))
        }
    }
}

/// The system's real-time clock.
public struct SystemClock: WirewatchClock {
    public init() {}

    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
