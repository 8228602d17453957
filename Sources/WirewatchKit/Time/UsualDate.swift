/// The two forms in which nearly all feeds write dates, read by their places: what ``DateReader`` makes of them too, in a
/// thirtieth of the time.
///
/// `Sun, 04 Jan 2026 12:00:00 +0000` (RFC 5322, 3.3; `GMT` too) and `2026-01-04T12:00:00+01:00` (RFC 3339, 5.6; `Z` too), in
/// ASCII, with nothing round them.
enum UsualDate {
    /// Nil for all other forms, which may be dates nevertheless.
    static func read(_ bytes: Span<UInt8>) -> PublicationDate? {
        guard bytes.count >= 20, bytes.count <= 31 else { return nil }
        return bytes[4] == UInt8(ascii: "-") ? numeric(bytes) : named(bytes)
    }

    private static func numeric(_ bytes: Span<UInt8>) -> PublicationDate? {
        guard bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"),
            let year = number(bytes, 0, 4), let month = number(bytes, 5, 2), let day = number(bytes, 8, 2)
        else { return nil }
        let offset: Int
        if bytes.count == 20, bytes[19] == UInt8(ascii: "Z") {
            offset = 0
        } else {
            guard bytes.count == 25, bytes[22] == UInt8(ascii: ":"), let sign = sign(bytes[19]),
                let hours = number(bytes, 20, 2), let minutes = number(bytes, 23, 2), hours <= 14, minutes < 60
            else { return nil }
            offset = sign * (hours * 60 + minutes)
        }
        return date(bytes, year, month, day, time: 11, offset)
    }

    private static func named(_ bytes: Span<UInt8>) -> PublicationDate? {
        guard bytes.count >= 29, bytes[3] == UInt8(ascii: ","), bytes[4] == 0x20, bytes[7] == 0x20, bytes[11] == 0x20,
            bytes[16] == 0x20, bytes[25] == 0x20, isWeekday(word(bytes, 0)), let month = month(word(bytes, 8)),
            let day = number(bytes, 5, 2), let year = number(bytes, 12, 4)
        else { return nil }
        let offset: Int
        if bytes.count == 29 {
            guard word(bytes, 26) == word("GMT") else { return nil }
            offset = 0
        } else {
            guard bytes.count == 31, let sign = sign(bytes[26]), let hours = number(bytes, 27, 2),
                let minutes = number(bytes, 29, 2), hours <= 14, minutes < 60
            else { return nil }
            offset = sign * (hours * 60 + minutes)
        }
        return date(bytes, year, month, day, time: 17, offset)
    }

    /// - Parameter time: where the time of day begins; eight bytes stand there.
    private static func date(
        _ bytes: Span<UInt8>, _ year: Int, _ month: Int, _ day: Int, time: Int, _ offset: Int
    ) -> PublicationDate? {
        guard bytes[time + 2] == UInt8(ascii: ":"), bytes[time + 5] == UInt8(ascii: ":"),
            let hour = number(bytes, time, 2), let minute = number(bytes, time + 3, 2),
            let second = number(bytes, time + 6, 2)
        else { return nil }
        let fields = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        guard fields.isValid, DateScanner.years.contains(year) else { return nil }
        return PublicationDate(fields, precision: .second, offsetMinutes: offset)
    }

    @inline(__always)
    private static func number(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for place in start..<start + count {
            let digit = bytes[place] &- 0x30
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    private static func sign(_ byte: UInt8) -> Int? {
        byte == UInt8(ascii: "+") ? 1 : byte == UInt8(ascii: "-") ? -1 : nil
    }

    /// Three letters in a number.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ start: Int) -> UInt32 {
        UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
    }

    @inline(__always)
    private static func word(_ text: StaticString) -> UInt32 {
        text.withUTF8Buffer { UInt32($0[0]) << 16 | UInt32($0[1]) << 8 | UInt32($0[2]) }
    }

    private static func isWeekday(_ found: UInt32) -> Bool {
        found == word("Mon") || found == word("Tue") || found == word("Wed") || found == word("Thu")
            || found == word("Fri") || found == word("Sat") || found == word("Sun")
    }

    private static let months: [UInt32] = [
        word("Jan"), word("Feb"), word("Mar"), word("Apr"), word("May"), word("Jun"), word("Jul"), word("Aug"),
        word("Sep"), word("Oct"), word("Nov"), word("Dec"),
    ]

    private static func month(_ found: UInt32) -> Int? { months.firstIndex(of: found).map { $0 + 1 } }
}
