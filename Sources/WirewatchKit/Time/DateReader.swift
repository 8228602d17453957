/// Reads dates as publishers write them.
///
/// `December 3, 2025`, `Dec 30, 2025 10:24 PM`, `3 December 2025`, `3. Dezember 2025`, ISO 8601 with its weeks, RFC 3339,
/// RFC 822 and 1123, `2025/12/03`, `03.12.2025`, `2025年12月3日 10:24`, `二〇二五年十二月三日`, `2025년 12월 3일`, a weekday or a time
/// before the date, zones as an offset or a common abbreviation. With the time of the fetch in the hints also what counts
/// from it: `2 hours ago`, `Yesterday 10:15`, `3 March`, `3小时前`, `昨天 10:15`.
///
/// The result keeps the precision that was written and has a zone only if one was written; what counts from the fetch in
/// hours or less is in UTC. A day that does not exist is no date, nor is a year outside of 1900 to 2199, and neither is
/// `03/04/2025`, which is two different days, without hints that tell which. Linear in time, without allocation in the
/// forms over bytes.
public enum DateReader {
    /// The date that a text begins with, white space aside; what follows it must not be a letter or digit.
    public static func read(_ text: String, hints: DateHints = DateHints()) -> PublicationDate? {
        read(Array(text.utf8), hints: hints)
    }

    /// The same of UTF-8 bytes.
    public static func read(_ bytes: [UInt8], hints: DateHints = DateHints()) -> PublicationDate? {
        var scanner = DateScanner(bytes, hints: hints)
        scanner.skipSpaces(limit: .max)
        return scanner.date()
    }

    /// The first date in a text, and the UTF-8 byte range that it takes.
    ///
    /// What counts from the fetch is taken only where it stands by itself in a byline or dateline, not in a sentence.
    public static func find(
        in text: String, hints: DateHints = DateHints()
    ) -> (date: PublicationDate, range: Range<Int>)? {
        find(in: Array(text.utf8), hints: hints)
    }

    /// The same in UTF-8 bytes.
    public static func find(
        in bytes: [UInt8], hints: DateHints = DateHints()
    ) -> (date: PublicationDate, range: Range<Int>)? {
        var scanner = DateScanner(bytes, hints: hints)
        var at = 0
        while scanner.next(from: &at) {
            scanner.at = at
            if let date = scanner.date() { return (date, at..<scanner.at) }
            at += 1
        }
        return nil
    }

    /// Both readings of a text that begins with a date such as `03/04/2025`; nil for a date with one reading and for none.
    public static func readings(of text: String) -> (dayFirst: PublicationDate, monthFirst: PublicationDate)? {
        let bytes = Array(text.utf8)
        guard let dayFirst = read(bytes, hints: DateHints(order: .dayFirst)),
            let monthFirst = read(bytes, hints: DateHints(order: .monthFirst)), dayFirst != monthFirst
        else { return nil }
        return (dayFirst, monthFirst)
    }

    /// The order of day and month that other dates beside an ambiguous one show: `25/12/2025` has the day first. Nil when
    /// no text tells, or two contradict each other.
    public static func order(in texts: some Sequence<String>) -> DateHints.Order? {
        var found: DateHints.Order?
        for text in texts {
            let bytes = Array(text.utf8)
            guard let (_, range) = find(in: bytes) else { continue }
            var scanner = DateScanner(bytes)
            scanner.at = range.lowerBound
            guard let order = scanner.shownOrder() else { continue }
            if let found, found != order { return nil }
            found = order
        }
        return found
    }
}

/// The grammar of ``DateReader``: each rule moves `at` past what it took, or leaves it and returns nil.
struct DateScanner {
    /// The years in which something on the web may have been published; what is written beyond stands for no date.
    static let years = 1900...2199

    let bytes: [UInt8]
    var at = 0
    /// Whether the text is nothing but a date, so that names and forms count which running text would make doubtful.
    let isWhole: Bool
    let hints: DateHints
    /// The zone that the writing itself implies, where none is given.
    var impliedOffset: Int?

    init(_ bytes: [UInt8], isWhole: Bool = false, hints: DateHints = DateHints()) {
        self.bytes = bytes
        self.isWhole = isWhole
        self.hints = hints
    }

    /// Moves `place` to the next byte at which a word or number begins; false at the end. Copied pages glue words:
    /// a capital after a small letter begins one too. What goes on with `-`, `.` or `/` is no new number.
    func next(from place: inout Int) -> Bool {
        while place < bytes.count {
            let byte = bytes[place]
            if byte < 0x80 {
                if isAlphanumeric(place) {
                    if place == 0 || !isAlphanumeric(place - 1) && !goesOn(place) { return true }
                    if byte &- 0x41 < 26, bytes[place - 1] &- 0x61 < 26 { return true }
                }
            } else if byte >= 0xE2, startsWide(place) {
                return true
            }
            place += 1
        }
        return false
    }

    private func goesOn(_ place: Int) -> Bool {
        guard place > 1, isDigit(place), isDigit(place - 2) else { return false }
        let joint = bytes[place - 1]
        return joint == UInt8(ascii: "-") || joint == UInt8(ascii: ".") || joint == UInt8(ascii: "/")
    }

    mutating func date() -> PublicationDate? {
        guard at < bytes.count else { return nil }
        let start = at
        if let found = date(skippingWeekday: true) { return found }
        at = start
        // `Mar` is a Tuesday in some languages, and a month in others.
        if isWhole, let found = date(skippingWeekday: false) { return found }
        at = start
        guard let now = hints.now else { return nil }
        if let found = relativeDate(now), standsAlone(start) { return found }
        at = start
        return nil
    }

    private mutating func date(skippingWeekday: Bool) -> PublicationDate? {
        let start = at
        var time: TimeOfDay?
        if skippingWeekday { _ = weekday() }
        if var found = timeOfDay() {
            // `10:24 AM EST, December 3, 2025`
            skipSpaces()
            found.offset = zone()
            separator()
            _ = weekday()
            time = found
        }
        let named = zonePrefix()
        guard var day = day() else { return fail(start) }
        if time == nil { time = day.time ?? laterTime() }
        if !endsHere() { return fail(start) }
        return finish(&day, time, named) ?? fail(start)
    }

    /// Puts a day and a time together; nil for a day that does not exist.
    func finish(_ day: inout Day, _ time: TimeOfDay?, _ named: Zone? = nil) -> PublicationDate? {
        var precision = day.precision
        var offset: Int?
        if let time, precision == .day {
            day.fields.hour = time.hour
            day.fields.minute = time.minute
            day.fields.second = time.second
            day.fields.millisecond = time.millisecond
            precision = time.precision
            offset = (time.offset ?? named).flatMap { $0.minutes(at: day.fields) } ?? impliedOffset
        }
        guard day.fields.isValid, Self.years.contains(day.fields.year) else { return nil }
        return PublicationDate(day.fields, precision: precision, offsetMinutes: offset)
    }
}
