/// Reads dates as publishers write them.
///
/// `December 3, 2025`, `Dec 30, 2025 10:24 PM`, `3 December 2025`, `3. Dezember 2025`, ISO 8601 and RFC 3339, RFC 822
/// and 1123, `2025/12/03`, `03.12.2025`, `2025年12月3日 10:24`, a weekday or a time before the date, zones as an offset
/// or a common abbreviation. The result keeps the precision that was written and has a zone only if one was written.
/// A day that does not exist is no date, and neither is `03/04/2025`, which is two different days. Linear in time.
public enum DateReader {
    /// The date that a text begins with, white space aside; what follows it must not be a letter or digit.
    public static func read(_ text: String) -> PublicationDate? {
        var scanner = DateScanner(Array(text.utf8))
        scanner.skipSpaces(limit: .max)
        return scanner.date()
    }

    /// The first date in a text, and the UTF-8 byte range that it takes.
    public static func find(in text: String) -> (date: PublicationDate, range: Range<Int>)? {
        var scanner = DateScanner(Array(text.utf8))
        var at = 0
        while scanner.next(from: &at) {
            scanner.at = at
            if let date = scanner.date() { return (date, at..<scanner.at) }
            at += 1
        }
        return nil
    }
}

/// The grammar of ``DateReader``: each rule moves `at` past what it took, or leaves it and returns nil.
struct DateScanner {
    let bytes: [UInt8]
    var at = 0
    /// Whether the text is nothing but a date, so that names and forms count which running text would make doubtful.
    let isWhole: Bool
    /// The zone that the writing itself implies, where none is given.
    var impliedOffset: Int?

    init(_ bytes: [UInt8], isWhole: Bool = false) {
        self.bytes = bytes
        self.isWhole = isWhole
    }

    /// Moves `place` to the next byte at which a word or number begins; false at the end. Copied pages glue words:
    /// a capital after a small letter begins one too.
    func next(from place: inout Int) -> Bool {
        while place < bytes.count {
            if isAlphanumeric(place) {
                if place == 0 || !isAlphanumeric(place - 1) { return true }
                if bytes[place] &- 0x41 < 26, bytes[place - 1] &- 0x61 < 26 { return true }
            }
            place += 1
        }
        return false
    }

    mutating func date() -> PublicationDate? {
        let start = at
        if let found = date(skippingWeekday: true) { return found }
        at = start
        // `Mar` is a Tuesday in some languages, and a month in others.
        return isWhole ? date(skippingWeekday: false) : nil
    }

    private mutating func date(skippingWeekday: Bool) -> PublicationDate? {
        let start = at
        var time: TimeOfDay?
        if skippingWeekday { skipWeekday() }
        if var found = timeOfDay() {
            // `10:24 AM EST, December 3, 2025`
            skipSpaces()
            found.offset = zone()
            separator()
            skipWeekday()
            time = found
        }
        guard var day = day() else {
            at = start
            return nil
        }
        if time == nil { time = day.time ?? laterTime() }
        if !endsHere() {
            at = start
            return nil
        }
        var precision = day.precision
        var offset: Int?
        if let time, precision == .day {
            day.fields.hour = time.hour
            day.fields.minute = time.minute
            day.fields.second = time.second
            day.fields.millisecond = time.millisecond
            precision = time.precision
            offset = time.offset.flatMap { $0.minutes(at: day.fields) } ?? impliedOffset
        }
        guard day.fields.isValid, day.fields.year >= 1000 else {
            at = start
            return nil
        }
        return PublicationDate(day.fields, precision: precision, offsetMinutes: offset)
    }

    private struct Day {
        var fields: CivilTime
        var precision: PublicationDate.Precision
        /// A time that stands inside the date: `Wed Dec 3 10:00:00 2025`.
        var time: TimeOfDay?
    }

    private mutating func day() -> Day? {
        guard at < bytes.count else { return nil }
        return isDigit(at) ? (numericDay() ?? dayBeforeMonth()) : monthBeforeDay()
    }

    /// `2025-12-03`, `2025/12/3`, `2025.12.03`, `2025年12月3日`, `20251203`, `03.12.2025`, `25/12/2025`.
    private mutating func numericDay() -> Day? {
        let start = at
        guard let (first, digits) = number(maxDigits: 8) else { return nil }
        if digits == 8 {
            let fields = CivilTime(year: first / 10_000, month: first / 100 % 100, day: first % 100)
            return fields.isValid ? Day(fields: fields, precision: .day) : fail(start)
        }
        if digits == 4 {
            if isWhole, let named = namedMonth(year: first) { return named }
            if literal("\u{5E74}") || literal("\u{B144}") {
                skipSpaces()
                guard let (month, _) = number(maxDigits: 2), literal("\u{6708}") || literal("\u{C6D4}") else {
                    return fail(start)
                }
                skipSpaces()
                let mark = at
                if let (day, _) = number(maxDigits: 2),
                    literal("\u{65E5}") || literal("\u{53F7}") || literal("\u{C77C}")
                {
                    return Day(fields: CivilTime(year: first, month: month, day: day), precision: .day)
                }
                at = mark
                return Day(fields: CivilTime(year: first, month: month, day: 1), precision: .month)
            }
            guard let mark = one(of: "-/."), let (month, _) = number(maxDigits: 2) else { return fail(start) }
            let end = at
            guard literal(mark), let (day, _) = number(maxDigits: 2) else {
                at = end
                return mark == "-"
                    ? Day(fields: CivilTime(year: first, month: month, day: 1), precision: .month) : fail(start)
            }
            return Day(fields: CivilTime(year: first, month: month, day: day), precision: .day)
        }
        guard digits <= 2, let mark = one(of: "./-"), let (second, _) = number(maxDigits: 2), literal(mark),
            let (written, yearDigits) = number(maxDigits: 4),
            yearDigits == 4 || (isWhole && yearDigits == 2 && mark != "-")
        else { return fail(start) }
        let year = yearDigits == 4 ? written : Self.century(written)
        // Dots are day first everywhere; with slashes only what cannot be read two ways is taken.
        if mark == "." || first > 12 || first == second {
            return Day(fields: CivilTime(year: year, month: second, day: first), precision: .day)
        }
        // Alone, `03/04/2025` is American: most feeds that write so are.
        guard second > 12 || isWhole else { return fail(start) }
        return Day(fields: CivilTime(year: year, month: first, day: second), precision: .day)
    }

    /// RFC 822 wrote two digits; RFC 2822 (4.3) says which century they mean.
    static func century(_ year: Int) -> Int { year < 50 ? 2000 + year : 1900 + year }

    /// `2004-j\u{FA}lius-13`.
    private mutating func namedMonth(year: Int) -> Day? {
        let start = at
        guard literal("-") || literal("/") || literal(" "), let month = month(),
            literal("-") || literal("/") || literal(" "),
            let (day, digits) = number(maxDigits: 2), digits <= 2
        else { return fail(start) }
        return Day(fields: CivilTime(year: year, month: month, day: day), precision: .day)
    }

    /// `3 December 2025`, `3rd of Dec. 2025`, `03-Dec-2025`, `03 Dec 25`.
    private mutating func dayBeforeMonth() -> Day? {
        let start = at
        guard let (day, _) = number(maxDigits: 2) else { return nil }
        _ = ordinal()
        _ = literal(".")
        _ = literal("-")
        skipSpaces()
        if word("of") || word("de") { skipSpaces() }
        guard let month = month() else { return fail(start) }
        _ = literal(".")
        _ = literal(",")
        _ = literal("-")
        skipSpaces()
        if word("de") || word("of") { skipSpaces() }
        guard let (year, digits) = number(maxDigits: 4), digits == 4 || digits == 2 else { return fail(start) }
        let full = digits == 4 ? year : Self.century(year)
        if digits == 2, !isTimeNext() { return fail(start) }
        return Day(fields: CivilTime(year: full, month: month, day: day), precision: .day)
    }

    /// `December 3, 2025`, `Dec. 3rd 2025`, `December 2025`, `Dec  3 10:00:00 2025`.
    private mutating func monthBeforeDay() -> Day? {
        let start = at
        guard let month = month() else { return nil }
        _ = literal(".")
        _ = literal(",")
        skipSpaces()
        _ = literal("-")
        guard let (first, digits) = number(maxDigits: 4) else { return fail(start) }
        if digits == 4 { return Day(fields: CivilTime(year: first, month: month, day: 1), precision: .month) }
        guard digits <= 2 else { return fail(start) }
        _ = ordinal()
        _ = literal(".")
        _ = literal(",")
        skipSpaces()
        _ = literal("-")
        let mark = at
        if let time = timeOfDay() {
            skipSpaces()
            let zone = zone()
            skipSpaces()
            if let (year, yearDigits) = number(maxDigits: 4), yearDigits == 4 {
                var time = time
                time.offset = zone
                return Day(fields: CivilTime(year: year, month: month, day: first), precision: .day, time: time)
            }
            at = mark
        }
        guard let (year, yearDigits) = number(maxDigits: 4), yearDigits == 4 else { return fail(start) }
        return Day(fields: CivilTime(year: year, month: month, day: first), precision: .day)
    }
}
