public import WirewatchKit

/// Dates of header fields (RFC 9110, 5.6.7).
public enum HTTPDate {
    /// Reads the three forms that recipients must accept (IMF-fixdate, RFC 850, asctime), and any other date with a time.
    ///
    /// A two-digit year is the one that is not more than 50 years after `now`.
    public static func parse(_ text: String, now: Timestamp = SystemClock().now()) -> Timestamp? {
        guard text.utf8.count <= 64 else { return nil }
        let words = text.split { $0 == " " || $0 == "," }
        if let time = rfc850(words, now: now) { return time }
        guard let date = DateReader.read(text), date.precision >= .minute else { return nil }
        return date.timestamp
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    public static func format(_ time: Timestamp) -> String {
        let parts = time.civil
        // 1970-01-01 was a Thursday.
        let weekday = ((parts.daysSinceEpoch + 4) % 7 + 7) % 7
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let year = String(repeating: "0", count: max(0, 4 - "\(parts.year)".utf8.count)) + "\(parts.year)"
        let clock = "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
        return "\(weekdays[weekday]), \(two(parts.day)) \(months[parts.month - 1]) \(year) \(clock) GMT"
    }

    /// `Sunday, 06-Nov-94 08:49:37 GMT`.
    private static func rfc850(_ words: [Substring], now: Timestamp) -> Timestamp? {
        guard words.count == 4, words[3] == "GMT" || words[3] == "UTC" else { return nil }
        let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
        let clock = words[2].split(separator: ":", omittingEmptySubsequences: false)
        guard date.count == 3, clock.count == 3, let day = number(date[0], 2), let short = number(date[2], 2),
            let month = months.firstIndex(where: { $0.lowercased() == date[1].lowercased() }),
            let hour = number(clock[0], 2), let minute = number(clock[1], 2), let second = number(clock[2], 2)
        else { return nil }
        let current = now.civil.year
        var year = current / 100 * 100 + short
        if year > current + 50 { year -= 100 }
        if year <= current - 50 { year += 100 }
        let fields = CivilTime(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        return fields.isValid ? fields.timestamp() : nil
    }

    private static func number(_ text: Substring, _ digits: Int) -> Int? {
        text.utf8.count == digits && text.utf8.allSatisfy { $0 &- 0x30 < 10 } ? Int(text) : nil
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
