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

    // MARK: Dates

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

    // MARK: Times

    struct TimeOfDay {
        var hour: Int
        var minute: Int
        var second = 0
        var millisecond = 0
        var precision: PublicationDate.Precision
        var offset: Zone?
    }

    private func isTimeNext() -> Bool {
        var copy = self
        copy.skipSpaces()
        return copy.timeOfDay() != nil
    }

    /// A time after the date, with what may stand between.
    private mutating func laterTime() -> TimeOfDay? {
        let start = at
        if at < bytes.count, bytes[at] | 0x20 == 0x74, at + 1 < bytes.count, isDigit(at + 1) {
            at += 1  // ISO's T
        } else {
            separator()
        }
        guard var time = timeOfDay() else {
            at = start
            return nil
        }
        let mark = at
        skipSpaces()
        time.offset = zone()
        if time.offset == nil { at = mark }
        return time
    }

    private mutating func separator() {
        skipSpaces()
        if at < bytes.count, isDigit(at) { return }
        for mark in [",", "-", "\u{2013}", "\u{2014}", "|", "\u{B7}", "@", "\u{FF0C}", "\u{2022}"] where literal(mark) {
            break
        }
        skipSpaces()
        if word("at") || word("on") || word("um") { skipSpaces() }
    }

    private mutating func timeOfDay() -> TimeOfDay? {
        let start = at
        var afternoon: Bool?
        if literal("\u{4E0B}\u{5348}") || literal("\u{665A}\u{4E0A}") || literal("\u{508D}\u{665A}")
            || literal("\u{C624}\u{D6C4}")
        {
            afternoon = true
        }
        if literal("\u{4E0A}\u{5348}") || literal("\u{51CC}\u{6668}") || literal("\u{65E9}\u{4E0A}")
            || literal("\u{C624}\u{C804}")
        {
            afternoon = false
        }
        skipSpaces()
        guard let (first, digits) = number(maxDigits: 6) else { return fail(start) }
        var hour = first
        var time = TimeOfDay(hour: hour, minute: 0, precision: .minute)
        if digits == 6 || digits == 4 {
            // ISO's basic form, only after its T.
            guard start > 0, bytes[start - 1] | 0x20 == 0x74 else { return fail(start) }
            if digits == 4 { hour *= 100 }
            time = TimeOfDay(
                hour: hour / 10_000, minute: hour / 100 % 100, second: hour % 100,
                precision: digits == 6 ? .second : .minute)
            return time.hour < 24 && time.minute < 60 && time.second <= 60 ? time : fail(start)
        }
        guard digits <= 2 else { return fail(start) }
        var hasMinutes = false
        let mark = at
        if literal(":") || literal("\u{FF1A}") || literal("\u{65F6}") || literal("\u{70B9}") || literal(".")
            || word("h") || literal("h")
        {
            if let (minute, minuteDigits) = number(maxDigits: 2), minuteDigits == 2 {
                time.minute = minute
                hasMinutes = true
                _ = literal("\u{5206}")
            } else {
                at = mark
            }
        }
        let byDot = hasMinutes && bytes[mark] == UInt8(ascii: ".")
        if hasMinutes, !byDot, literal(":"), let (second, _) = number(maxDigits: 2) {
            time.second = second
            time.precision = .second
            if literal(".") || (at + 1 < bytes.count && isDigit(at + 1) && literal(",")) { fraction(&time) }
        }
        let afterDigits = at
        skipSpaces()
        if let meridiem = meridiem() {
            afternoon = meridiem
        } else {
            at = afterDigits
            // `10.24` and `10` are times only with what follows.
            if !hasMinutes || byDot { return fail(start) }
        }
        if let afternoon {
            guard (0...12).contains(hour) || !afternoon else { return validated(time, start) }
            if hour <= 12 { hour = hour % 12 + (afternoon ? 12 : 0) }
            time.hour = hour
        }
        return validated(time, start)
    }

    private mutating func validated(_ time: TimeOfDay, _ start: Int) -> TimeOfDay? {
        if time.hour == 24, time.minute == 0, time.second == 0 { return fail(start) }
        return time.hour < 24 && time.minute < 60 && time.second <= 60 ? time : fail(start)
    }

    private mutating func fraction(_ time: inout TimeOfDay) {
        var digits = 0
        while at < bytes.count, isDigit(at), digits < 12 {
            if digits < 3 { time.millisecond = time.millisecond * 10 + Int(bytes[at] - 0x30) }
            digits += 1
            at += 1
        }
        for _ in min(digits, 3)..<3 { time.millisecond *= 10 }
        time.precision = .millisecond
    }

    /// True for `PM`, false for `AM`.
    private mutating func meridiem() -> Bool? {
        let start = at
        guard at < bytes.count else { return nil }
        let letter = bytes[at] | 0x20
        guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
        at += 1
        _ = literal(".")
        guard at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "m") else { return fail(start) }
        at += 1
        if at < bytes.count, isAlphanumeric(at) { return fail(start) }
        _ = literal(".")
        return letter == UInt8(ascii: "p")
    }

    // MARK: Pieces

    mutating func skipSpaces(limit: Int = 4) {
        var left = limit
        while left > 0, at < bytes.count {
            if bytes[at] == 0x20 || (0x09...0x0D).contains(bytes[at]) {
                at += 1
            } else if bytes[at] == 0xC2, at + 1 < bytes.count, bytes[at + 1] == 0xA0 {
                at += 2
            } else {
                return
            }
            left -= 1
        }
    }

    private mutating func skipWeekday() {
        let start = at
        guard let name = name(),
            DateNames.weekdays.contains(name) || (isWhole && DateNames.foreignWeekdays.contains(name))
        else {
            at = start
            return
        }
        _ = literal(".")
        _ = literal(",")
        skipSpaces()
    }

    private mutating func month() -> Int? {
        let start = at
        guard let name = name(), let month = DateNames.months[name] ?? (isWhole ? DateNames.foreignMonths[name] : nil)
        else {
            at = start
            return nil
        }
        return month
    }

    /// A run of letters, in lower case (ASCII alone in running text); at most 12 bytes, 32 where all is a date.
    private mutating func name() -> String? {
        let limit = isWhole ? 32 : 12
        var stop = at
        while stop < bytes.count, stop - at <= limit, bytes[stop] >= 0x80 || (bytes[stop] | 0x20) &- 0x61 < 26 {
            stop += 1
        }
        guard stop > at, stop - at <= limit else { return nil }
        let text = String(decoding: bytes[at..<stop].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
        at = stop
        return isWhole ? text.lowercased() : text
    }

    private mutating func ordinal() -> Bool {
        guard at + 1 < bytes.count else { return false }
        let pair = [bytes[at] | 0x20, bytes[at + 1] | 0x20]
        for suffix in ["st", "nd", "rd", "th"] where pair == Array(suffix.utf8) {
            if at + 2 < bytes.count, isAlphanumeric(at + 2) { return false }
            at += 2
            return true
        }
        return false
    }

    mutating func number(maxDigits: Int) -> (value: Int, digits: Int)? {
        var stop = at
        var value = 0
        while stop < bytes.count, isDigit(stop), stop - at <= maxDigits {
            value = value * 10 + Int(bytes[stop] - 0x30)
            stop += 1
        }
        guard stop > at, stop - at <= maxDigits else { return nil }
        let digits = stop - at
        at = stop
        return (value, digits)
    }

    mutating func literal(_ text: String) -> Bool {
        var index = at
        for byte in text.utf8 {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
        }
        at = index
        return true
    }

    /// A word whatever its case, not followed by a letter or digit.
    mutating func word(_ text: String) -> Bool {
        var index = at
        for byte in text.utf8 {
            guard index < bytes.count, bytes[index] | 0x20 == byte else { return false }
            index += 1
        }
        if index < bytes.count, isAlphanumeric(index) { return false }
        at = index
        return true
    }

    private mutating func one(of marks: String) -> String? {
        for mark in marks where literal(String(mark)) { return String(mark) }
        return nil
    }

    private mutating func fail<T>(_ start: Int) -> T? {
        at = start
        return nil
    }

    /// Whether no letter or digit follows, nor more of a number, so that `2025-12-031`, `May 5, 2025x` and the version
    /// `2.10.2025.7` are not cut in two.
    private func endsHere() -> Bool {
        guard at < bytes.count else { return true }
        if isAlphanumeric(at) { return false }
        let joins = bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "/")
        return !(joins && at + 1 < bytes.count && isDigit(at + 1))
    }

    private func isDigit(_ place: Int) -> Bool { bytes[place] &- 0x30 < 10 }

    private func isAlphanumeric(_ place: Int) -> Bool {
        isDigit(place) || (bytes[place] | 0x20) &- 0x61 < 26
    }
}
