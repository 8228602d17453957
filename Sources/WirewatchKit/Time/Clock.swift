#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Where components get the time from, so that tests and replays can set it.
public protocol WirewatchClock: Sendable {
    /// The wall-clock time now.
    func now() -> Timestamp
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
