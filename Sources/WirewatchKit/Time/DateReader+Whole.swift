extension DateReader {
    /// The date that a text as a whole is, as feeds and metadata write it.
    ///
    /// Beside what ``read(_:)`` takes: month names of more languages, two-digit years, `03/04/2025` (month first), a
    /// year alone, ordinal days (`2025-335`), the truncated forms of ISO 8601 (`-25-12`, `25335`), seconds or
    /// milliseconds since 1970, places as zones. Words may follow, digits may not. Nil for more than 200 bytes.
    public static func readWhole(_ text: String) -> PublicationDate? {
        var bytes = Array(text.utf8.prefix(201))
        guard bytes.count <= 200 else { return nil }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        bytes = Array(bytes.drop { $0 <= 0x20 })
        if bytes.count > 10, bytes[4] == UInt8(ascii: "-"), let found = PublicationDate(text: text) { return found }
        if let found = InternetForm.read(bytes) ?? NumericForm.read(bytes) { return found }
        var scanner = DateScanner(bytes, isWhole: true)
        // Korean writes no zones, and has but one.
        if text.unicodeScalars.contains(where: { ("\u{AC00}"..."\u{D7A3}").contains($0) }) {
            scanner.impliedOffset = 540
        }
        guard let date = scanner.date(), !bytes[scanner.at...].contains(where: { $0 &- 0x30 < 10 }) else { return nil }
        return date
    }
}

/// Dates as RFC 822 and 1123 have them, to the letter: `Sun, 04 Jan 2026 12:00:00 +0000`, as in nearly every feed. All
/// others, and doubtful ones, are for ``DateScanner``.
private enum InternetForm {
    static func read(_ bytes: [UInt8]) -> PublicationDate? {
        var rest = bytes[...]
        if rest.count > 5, rest[rest.startIndex + 3] == UInt8(ascii: ",") {
            guard rest[rest.startIndex + 4] == 0x20, names(weekdays, rest.prefix(3)) != nil else { return nil }
            rest = rest.dropFirst(5)
        }
        guard let space = rest.prefix(3).firstIndex(of: 0x20), let day = number(rest[..<space]) else { return nil }
        rest = rest[(space + 1)...]
        // `Jan 2026 12:00:00 +0000`
        guard rest.count == 21 || rest.count == 23 else { return nil }
        let start = rest.startIndex
        func mark(_ offset: Int, _ byte: UInt8) -> Bool { rest[start + offset] == byte }
        func digits(_ offset: Int, _ count: Int) -> Int? { number(rest[(start + offset)..<(start + offset + count)]) }
        let colon = UInt8(ascii: ":")
        guard mark(3, 0x20), mark(8, 0x20), mark(11, colon), mark(14, colon), mark(17, 0x20),
            let month = names(months, rest.prefix(3)), let year = digits(4, 4), let hour = digits(9, 2),
            let minute = digits(12, 2), let second = digits(15, 2), let offset = offset(rest.dropFirst(18))
        else { return nil }
        let fields = CivilTime(
            year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        guard fields.isValid, second < 60, (1970...2099).contains(year) else { return nil }
        return PublicationDate(fields, precision: .second, offsetMinutes: offset)
    }

    private static let weekdays = packed("MonTueWedThuFriSatSun")
    private static let months = packed("JanFebMarAprMayJunJulAugSepOctNovDec")

    /// Names of three letters, a number each.
    private static func packed(_ names: StaticString) -> [UInt32] {
        names.withUTF8Buffer { bytes in
            stride(from: 0, to: bytes.count, by: 3).map { word(bytes[$0], bytes[$0 + 1], bytes[$0 + 2]) }
        }
    }

    private static func word(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt32 {
        UInt32(a) << 16 | UInt32(b) << 8 | UInt32(c)
    }

    private static func names(_ names: [UInt32], _ name: ArraySlice<UInt8>) -> Int? {
        let at = name.startIndex
        return names.firstIndex(of: word(name[at], name[at + 1], name[at + 2]))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard digit &- 0x30 < 10 else { return nil }
            value = value * 10 + Int(digit &- 0x30)
        }
        return digits.isEmpty ? nil : value
    }

    /// `GMT` or `+0100`; nil for other zones.
    private static func offset(_ zone: ArraySlice<UInt8>) -> Int? {
        if zone.elementsEqual("GMT".utf8) { return 0 }
        let at = zone.startIndex
        guard zone.count == 5, let hours = number(zone[(at + 1)..<(at + 3)]), let minutes = number(zone[(at + 3)...]),
            hours <= 14, minutes < 60
        else { return nil }
        switch zone[at] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -(hours * 60 + minutes)
        default: return nil
        }
    }
}

/// Dates of digits and hyphens alone, told apart by their shape.
private enum NumericForm {
    private enum Part { case year, shortYear, month, day, dayOfYear, hour, minute, second }

    /// Each shape by its digits, `0` for any, and what they are. A number of seconds is longer than all of these.
    private static let shapes: [(shape: String, parts: [Part])] = [
        ("0000", [.year]), ("0000-000", [.year, .dayOfYear]), ("0000000", [.year, .dayOfYear]),
        ("00-00-00", [.shortYear, .month, .day]), ("000000", [.shortYear, .month, .day]),
        ("-00-00", [.shortYear, .month]), ("-0000", [.shortYear, .month]), ("00-000", [.shortYear, .dayOfYear]),
        ("00000", [.shortYear, .dayOfYear]), ("00000000000000", [.year, .month, .day, .hour, .minute, .second]),
        ("000000000000", [.year, .month, .day, .hour, .minute]),
    ]

    static func read(_ bytes: [UInt8]) -> PublicationDate? {
        guard bytes.count <= 14, bytes.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") }) else { return nil }
        if let instant = instant(bytes) { return instant }
        let shape = String(decoding: bytes.map { $0 &- 0x30 < 10 ? UInt8(ascii: "0") : $0 }, as: UTF8.self)
        for form in shapes where form.shape == shape {
            if let date = date(bytes.filter { $0 &- 0x30 < 10 }, form.parts) { return date }
        }
        return nil
    }

    /// Seconds (9 or 10 digits) or milliseconds (12 or 13) since 1970, from 1973 on.
    private static func instant(_ bytes: [UInt8]) -> PublicationDate? {
        guard let number = Int64(String(decoding: bytes, as: UTF8.self)), number > 0 else { return nil }
        let isMilliseconds = bytes.count == 13
        guard isMilliseconds || bytes.count == 9 || bytes.count == 10, number >= 100_000_000 else { return nil }
        let time = isMilliseconds ? Timestamp(milliseconds: number) : Timestamp(seconds: number)
        return PublicationDate(time.civil, precision: isMilliseconds ? .millisecond : .second, offsetMinutes: 0)
    }

    private static func date(_ digits: [UInt8], _ parts: [Part]) -> PublicationDate? {
        var fields = CivilTime(year: 0, month: 1, day: 1)
        var precision = PublicationDate.Precision.year
        var at = 0
        for part in parts {
            let width = part == .year ? 4 : part == .dayOfYear ? 3 : 2
            let value = digits[at..<at + width].reduce(0) { $0 * 10 + Int($1 - 0x30) }
            at += width
            switch part {
            case .year: fields.year = value
            case .shortYear: fields.year = DateScanner.century(value)
            case .month:
                fields.month = value
                precision = .month
            case .day:
                fields.day = value
                precision = .day
            case .dayOfYear:
                guard (1...366).contains(value) else { return nil }
                let found = CivilTime.date(daysSinceEpoch: fields.daysSinceEpoch + value - 1)
                guard found.year == fields.year else { return nil }
                fields = CivilTime(year: found.year, month: found.month, day: found.day)
                precision = .day
            case .hour: fields.hour = value
            case .minute:
                fields.minute = value
                precision = .minute
            case .second:
                fields.second = value
                precision = .second
            }
        }
        guard fields.isValid, (1900...2199).contains(fields.year) else { return nil }
        return PublicationDate(fields, precision: precision)
    }
}
