extension DateReader {
    /// The date that a text as a whole is, as feeds and metadata write it.
    ///
    /// Beside what ``read(_:hints:)`` takes: month names of more languages, two-digit years, `03/04/2025` (month first
    /// without hints), a year alone, ordinal days (`2025-335`), the truncated forms of ISO 8601 (`-25-12`, `25335`),
    /// seconds or milliseconds since 1970, places and military letters as zones. Words may follow, digits may not. Nil for
    /// more than 200 bytes.
    public static func readWhole(_ text: String, hints: DateHints = DateHints()) -> PublicationDate? {
        readWhole(Array(text.utf8.prefix(longest + 1)), hints: hints)
    }

    private static let longest = 200

    /// The same of UTF-8 bytes that are lent.
    public static func readWhole(_ bytes: Span<UInt8>, hints: DateHints = DateHints()) -> PublicationDate? {
        if let found = UsualDate.read(bytes) { return found }
        guard bytes.count <= longest else { return nil }
        return readWhole(bytes.withUnsafeBufferPointer { Array($0) }, hints: hints)
    }

    /// The same of UTF-8 bytes.
    public static func readWhole(_ bytes: [UInt8], hints: DateHints = DateHints()) -> PublicationDate? {
        guard bytes.count <= longest, let first = bytes.first else { return nil }
        var bytes = bytes
        if first <= 0x20 || bytes[bytes.count - 1] <= 0x20 {
            while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
            bytes = Array(bytes.drop { $0 <= 0x20 })
        }
        if let found = NumericForm.read(bytes) { return found }
        var scanner = DateScanner(bytes, isWhole: true, hints: hints)
        // Korean writes no zones, and has but one.
        for place in bytes.indices where (0xAC00...0xD7A3).contains(scanner.scalar(place)) {
            scanner.impliedOffset = 540
            break
        }
        guard let date = scanner.date(), !bytes[scanner.at...].contains(where: { $0 &- 0x30 < 10 }) else { return nil }
        return date
    }
}

/// Dates of digits and hyphens alone, told apart by their shape.
private enum NumericForm {
    private enum Part { case year, shortYear, month, day, dayOfYear, hour, minute, second }

    static func read(_ bytes: [UInt8]) -> PublicationDate? {
        guard (4...14).contains(bytes.count), bytes.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") }) else {
            return nil
        }
        if let instant = instant(bytes) { return instant }
        for form in shapes where form.fits(bytes) {
            if let date = date(bytes, form.parts) { return date }
        }
        return nil
    }

    private struct Shape: Sendable {
        /// `0` for any digit.
        var form: [UInt8]
        var parts: [Part]

        init(_ form: String, _ parts: [Part]) {
            self.form = Array(form.utf8)
            self.parts = parts
        }

        func fits(_ bytes: [UInt8]) -> Bool {
            guard bytes.count == form.count else { return false }
            for index in bytes.indices where (bytes[index] == UInt8(ascii: "-")) != (form[index] == UInt8(ascii: "-")) {
                return false
            }
            return true
        }
    }

    /// A number of seconds is longer than all of these without hyphens but the last two.
    private static let shapes = [
        Shape("0000", [.year]), Shape("0000-000", [.year, .dayOfYear]), Shape("0000000", [.year, .dayOfYear]),
        Shape("00-00-00", [.shortYear, .month, .day]), Shape("000000", [.shortYear, .month, .day]),
        Shape("-00-00", [.shortYear, .month]), Shape("-0000", [.shortYear, .month]),
        Shape("00-000", [.shortYear, .dayOfYear]), Shape("00000", [.shortYear, .dayOfYear]),
        Shape("00000000000000", [.year, .month, .day, .hour, .minute, .second]),
        Shape("000000000000", [.year, .month, .day, .hour, .minute]),
    ]

    /// Seconds (9 or 10 digits) or milliseconds (13) since 1970, from 1973 on.
    private static func instant(_ bytes: [UInt8]) -> PublicationDate? {
        guard [9, 10, 13].contains(bytes.count) else { return nil }
        var number: Int64 = 0
        for byte in bytes {
            guard byte != UInt8(ascii: "-") else { return nil }
            number = number * 10 + Int64(byte - 0x30)
        }
        guard number >= 100_000_000 else { return nil }
        let isMilliseconds = bytes.count == 13
        let civil = (isMilliseconds ? Timestamp(milliseconds: number) : Timestamp(seconds: number)).civil
        guard DateScanner.years.contains(civil.year) else { return nil }
        return PublicationDate(civil, precision: isMilliseconds ? .millisecond : .second, offsetMinutes: 0)
    }

    /// The digits as these parts.
    private static func date(_ bytes: [UInt8], _ parts: [Part]) -> PublicationDate? {
        var fields = CivilTime(year: 0, month: 1, day: 1)
        var precision = PublicationDate.Precision.year
        var at = 0
        for part in parts {
            let width = part == .year ? 4 : part == .dayOfYear ? 3 : 2
            if bytes[at] == UInt8(ascii: "-") { at += 1 }
            var value = 0
            for byte in bytes[at..<at + width] { value = value * 10 + Int(byte - 0x30) }
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
        guard fields.isValid, DateScanner.years.contains(fields.year) else { return nil }
        return PublicationDate(fields, precision: precision)
    }
}
