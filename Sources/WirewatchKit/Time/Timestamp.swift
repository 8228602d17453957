/// An instant in milliseconds since 1970-01-01T00:00:00Z, the resolution of every time that wirewatch records.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since the Unix epoch; negative before it.
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public init(seconds: Int64) { self.milliseconds = seconds &* 1000 }

    /// Whole seconds since the Unix epoch, rounded down.
    public var seconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

    public static func + (time: Timestamp, span: Duration) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds + span.milliseconds)
    }

    public static func - (time: Timestamp, span: Duration) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds - span.milliseconds)
    }

    public static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }

    /// RFC 3339 in UTC, with milliseconds only where they are not zero: `2026-01-04T12:00:00Z`.
    public var rfc3339: String { DateText.make(write) }

    func write(to text: inout DateText) {
        let parts = civil
        text.number(parts.year, 4)
        text.byte(UInt8(ascii: "-"))
        text.number(parts.month, 2)
        text.byte(UInt8(ascii: "-"))
        text.number(parts.day, 2)
        text.time(parts)
        if parts.millisecond != 0 { text.fraction(parts) }
        text.byte(UInt8(ascii: "Z"))
    }

    /// The UTC calendar fields of this instant.
    public var civil: CivilTime {
        let total = seconds
        let days = total >= 0 ? total / 86_400 : (total - 86_399) / 86_400
        let inDay = Int(total - days * 86_400)
        let date = CivilTime.date(daysSinceEpoch: Int(days))
        return CivilTime(
            year: date.year, month: date.month, day: date.day, hour: inDay / 3600,
            minute: inDay / 60 % 60, second: inDay % 60,
            millisecond: Int(milliseconds - total * 1000))
    }
}

/// A proleptic Gregorian date and time of day without a zone.
public struct CivilTime: Sendable, Hashable {
    public var year: Int
    public var month: Int
    public var day: Int
    public var hour = 0
    public var minute = 0
    public var second = 0
    public var millisecond = 0

    public init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
        millisecond: Int = 0
    ) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
    }

    /// Days from 1970-01-01 to this date, by Howard Hinnant's `days_from_civil` algorithm.
    public var daysSinceEpoch: Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The inverse of ``daysSinceEpoch``.
    public static func date(daysSinceEpoch days: Int) -> (year: Int, month: Int, day: Int) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// The instant of these fields at an offset east of UTC.
    public func timestamp(offsetMinutes: Int = 0) -> Timestamp {
        let inDay = (hour * 60 + minute - offsetMinutes) * 60 + second
        return Timestamp(
            milliseconds: Int64(daysSinceEpoch * 86_400 + inDay) * 1000 + Int64(millisecond))
    }

    /// Whether the fields name a day and time that exist (a leap second is allowed).
    public var isValid: Bool {
        guard (1...12).contains(month), day >= 1, (0...9999).contains(year) else { return false }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day <= lengths[month - 1] && (0...23).contains(hour) && (0...59).contains(minute)
            && (0...60).contains(second) && (0...999).contains(millisecond)
    }
}

extension Duration {
    /// The whole milliseconds of this duration, rounded towards zero.
    public var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
