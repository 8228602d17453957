public import WirewatchKit

/// The `Retry-After` field of a 429, 503 or redirect (RFC 9110, 10.2.3).
public enum RetryAfter {
    /// How long to wait from `now`; nil for a missing or unreadable value.
    /// - Parameter bounds: what the wait is kept within; a server cannot park a source for ever. Default 0 to 7 days.
    public static func delay(
        _ value: String?, now: Timestamp, bounds: ClosedRange<Duration> = .zero ... .seconds(7 * 86_400)
    ) -> Duration? {
        guard let text = value?.split(separator: " ").joined(separator: " "), !text.isEmpty else { return nil }
        let wait: Duration
        let digits = text.utf8.prefix { $0 &- 0x30 < 10 }
        let rest = text.utf8.dropFirst(digits.count)
        if !digits.isEmpty,
            rest.isEmpty || (rest.first == UInt8(ascii: ".") && rest.dropFirst().allSatisfy { $0 &- 0x30 < 10 })
        {
            // Fractions are not in the RFC but sent all the same: rounded up. What overflows is as long as can be.
            let whole = digits.count <= 12 ? Int64(String(decoding: Array(digits), as: UTF8.self)) ?? 0 : 1 << 40
            wait = .seconds(whole + (rest.contains { $0 &- 0x31 < 9 } ? 1 : 0))
        } else if let date = HTTPDate.parse(text, now: now) {
            wait = date > now ? date - now : .zero
        } else {
            return nil
        }
        return min(max(wait, bounds.lowerBound), bounds.upperBound)
    }
}
