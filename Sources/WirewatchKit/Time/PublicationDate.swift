/// A date as a publisher gave it: with the precision and the zone that are known, and no more.
///
/// A date without a time stays a date, a time without a zone stays without one, so that a reader of a record can
/// tell what was said from what was inferred.
public struct PublicationDate: Sendable, Hashable {
    /// How much of the date was given.
    public enum Precision: Int, Sendable, Hashable, Comparable {
        case year, month, day, minute, second, millisecond

        public static func < (a: Precision, b: Precision) -> Bool { a.rawValue < b.rawValue }
    }

    public var fields: CivilTime
    public var precision: Precision
    /// Minutes east of UTC, or nil when the text named no zone.
    public var offsetMinutes: Int?

    public init(_ fields: CivilTime, precision: Precision, offsetMinutes: Int? = nil) {
        self.fields = fields
        self.precision = precision
        self.offsetMinutes = offsetMinutes
    }

    /// The instant meant, taking UTC where no zone was given and the start of what was left open.
    public var timestamp: Timestamp { fields.timestamp(offsetMinutes: offsetMinutes ?? 0) }

    /// The date, unless it lies further ahead of `now` than time zones explain: then it is none.
    public func believable(at now: Timestamp) -> PublicationDate? {
        timestamp.milliseconds &- now.milliseconds <= 86_400_000 ? self : nil
    }

    /// RFC 3339 (or its ISO 8601 prefix for a coarser date): `2025-12-03`, `2025-12-30T22:24:00`,
    /// `2025-12-30T22:24:00+08:00`.
    public var text: String { DateText.make(write) }

    func write(to text: inout DateText) {
        text.number(fields.year, 4)
        if precision >= .month {
            text.byte(UInt8(ascii: "-"))
            text.number(fields.month, 2)
        }
        if precision >= .day {
            text.byte(UInt8(ascii: "-"))
            text.number(fields.day, 2)
        }
        guard precision >= .minute else { return }
        text.time(fields)
        if precision >= .millisecond { text.fraction(fields) }
        guard let offset = offsetMinutes else { return }
        guard offset != 0 else { return text.byte(UInt8(ascii: "Z")) }
        let minutes = abs(offset)
        text.byte(UInt8(ascii: offset < 0 ? "-" : "+"))
        text.number(minutes / 60, 2)
        text.byte(UInt8(ascii: ":"))
        text.number(minutes % 60, 2)
    }

    /// Reads what ``text`` writes; nil for anything else, or for a day that does not exist.
    public init?(text: String) {
        let bytes = Array(text.utf8)
        var at = 0
        func number(_ count: Int) -> Int? {
            guard at + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[at..<at + count] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            at += count
            return value
        }
        func skip(_ character: Unicode.Scalar) -> Bool {
            guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
            at += 1
            return true
        }
        guard let year = number(4) else { return nil }
        var fields = CivilTime(year: year, month: 1, day: 1)
        var precision = Precision.year
        var offset: Int?
        if skip("-") {
            guard let month = number(2) else { return nil }
            fields.month = month
            precision = .month
            if skip("-") {
                guard let day = number(2) else { return nil }
                fields.day = day
                precision = .day
            }
        }
        if precision == .day, skip("T") || skip("t") || skip(" ") {
            guard let hour = number(2), skip(":"), let minute = number(2) else { return nil }
            fields.hour = hour
            fields.minute = minute
            precision = .minute
            if skip(":") {
                guard let second = number(2) else { return nil }
                fields.second = second
                precision = .second
                if skip(".") {
                    var digits = 0
                    var value = 0
                    while let digit = number(1) {
                        if digits < 3 { value = value * 10 + digit }
                        digits += 1
                    }
                    guard digits > 0 else { return nil }
                    for _ in digits..<max(3, digits) { value *= 10 }
                    fields.millisecond = value
                    precision = .millisecond
                }
            }
            if skip("Z") || skip("z") {
                offset = 0
            } else if at < bytes.count, bytes[at] == 0x2B || bytes[at] == 0x2D {
                let sign = bytes[at] == 0x2B ? 1 : -1
                at += 1
                guard let hours = number(2) else { return nil }
                _ = skip(":")
                guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
                offset = sign * (hours * 60 + minutes)
            }
        }
        guard at == bytes.count, fields.isValid else { return nil }
        self.init(fields, precision: precision, offsetMinutes: offset)
    }
}
