/// Days of the calendar, as numbers and as names.
extension DateScanner {
    struct Day {
        var fields: CivilTime
        var precision: PublicationDate.Precision
        /// A time that stands inside the date: `Wed Dec 3 10:00:00 2025`.
        var time: TimeOfDay?

        init(_ year: Int, _ month: Int, _ day: Int, time: TimeOfDay? = nil) {
            fields = CivilTime(year: year, month: month, day: day)
            precision = .day
            self.time = time
        }

        init(_ year: Int, _ month: Int) {
            fields = CivilTime(year: year, month: month, day: 1)
            precision = .month
        }
    }

    mutating func day() -> Day? {
        guard at < bytes.count else { return nil }
        if isDigit(at) { return numericDay() ?? dayBeforeMonth() }
        return bytes[at] >= 0xE2 ? wideDay() : monthBeforeDay()
    }

    /// `2025-12-03`, `2025/12/3`, `2025.12.03`, `2025年12月3日`, `20251203`, `2025-W49-3`, `03.12.2025`, `25/12/2025`.
    private mutating func numericDay() -> Day? {
        let start = at
        guard let (first, digits) = number(maxDigits: 8) else { return nil }
        if digits == 8 {
            let day = Day(first / 10_000, first / 100 % 100, first % 100)
            return day.fields.isValid ? day : fail(start)
        }
        if digits == 4 {
            if let wide = wideDay(year: first) { return wide }
            if let week = weekDay(year: first) { return week }
            if isWhole, let named = namedMonth(year: first) { return named }
            guard let mark = one(of: "-/."), mark == UInt8(ascii: ".") ? spacedDots(start) : true,
                let (month, _) = number(maxDigits: 2)
            else { return fail(start) }
            let end = at
            guard one(of: mark), mark == UInt8(ascii: ".") ? spacedDots(start) : true,
                let (day, _) = number(maxDigits: 2)
            else {
                at = end
                return mark == UInt8(ascii: "-") ? Day(first, month) : fail(start)
            }
            // Korean ends with a dot: `2025. 12. 3.`
            if mark == UInt8(ascii: "."), bytes[start + 5] == 0x20, !literal("."), !isWhole { return fail(start) }
            return Day(first, month, day)
        }
        guard digits <= 2, let mark = one(of: "./-"), let (second, _) = number(maxDigits: 2), one(of: mark),
            let (written, yearDigits) = number(maxDigits: 4),
            yearDigits == 4 || (isWhole && yearDigits == 2 && mark != UInt8(ascii: "-"))
        else { return fail(start) }
        let year = yearDigits == 4 ? written : Self.century(written)
        // Dots are day first everywhere; with slashes only what cannot be read two ways is taken.
        if mark == UInt8(ascii: ".") || first > 12 || first == second { return Day(year, second, first) }
        if second > 12 { return Day(year, first, second) }
        // Nothing is published before it is: at most one of the two may have passed.
        if let now = hints.now {
            let limit = now + .seconds(86_400)
            let isDayFirst = CivilTime(year: year, month: second, day: first).timestamp() <= limit
            let isMonthFirst = CivilTime(year: year, month: first, day: second).timestamp() <= limit
            if isDayFirst != isMonthFirst { return isDayFirst ? Day(year, second, first) : Day(year, first, second) }
        }
        switch hints.order {
        case .dayFirst: return Day(year, second, first)
        case .monthFirst: return Day(year, first, second)
        case nil: break
        }
        // Alone, `03/04/2025` is American: most feeds that write so are.
        return isWhole ? Day(year, first, second) : fail(start)
    }

    /// A blank after each dot, or after none of them.
    private mutating func spacedDots(_ start: Int) -> Bool {
        guard at < bytes.count, start + 5 < bytes.count else { return false }
        if bytes[start + 5] != 0x20 { return bytes[at] != 0x20 }
        guard bytes[at] == 0x20 else { return false }
        at += 1
        return true
    }

    /// The order that a date of three numbers shows.
    mutating func shownOrder() -> DateHints.Order? {
        guard let (first, digits) = number(maxDigits: 2), digits <= 2, let mark = one(of: "/-"),
            let (second, _) = number(maxDigits: 2), one(of: mark)
        else { return nil }
        if first > 12 { return .dayFirst }
        return second > 12 ? .monthFirst : nil
    }

    /// RFC 822 wrote two digits; RFC 2822 (4.3) says which century they mean.
    static func century(_ year: Int) -> Int { year < 50 ? 2000 + year : 1900 + year }

    /// `2025-W49-3`, `2025W493`, after the year; a week alone is known by the month that all of it lies in, or the year.
    private mutating func weekDay(year: Int) -> Day? {
        let start = at
        let isExtended = one(of: UInt8(ascii: "-"))
        guard one(of: UInt8(ascii: "W")) else { return fail(start) }
        guard let (written, digits) = number(maxDigits: 3), digits == 2 || (digits == 3 && !isExtended) else {
            return fail(start)
        }
        let week = digits == 3 ? written / 10 : written
        var weekday = digits == 3 ? written % 10 : nil
        if isExtended, digits == 2, one(of: UInt8(ascii: "-")) {
            guard let (day, _) = number(maxDigits: 1) else { return fail(start) }
            weekday = day
        }
        guard Self.years.contains(year), (1...53).contains(week), (1...7).contains(weekday ?? 1) else {
            return fail(start)
        }
        // The first week is the one that holds 4 January (ISO 8601).
        let fourth = CivilTime(year: year, month: 1, day: 4).daysSinceEpoch
        let monday = fourth - (Self.weekday(daysSinceEpoch: fourth) - 1) + (week - 1) * 7
        // A year has 53 weeks if the last one holds its 28 December.
        guard monday <= CivilTime(year: year, month: 12, day: 28).daysSinceEpoch else { return fail(start) }
        let first = CivilTime.date(daysSinceEpoch: monday + (weekday ?? 1) - 1)
        if weekday != nil { return Day(first.year, first.month, first.day) }
        let last = CivilTime.date(daysSinceEpoch: monday + 6)
        if first.year == last.year, first.month == last.month { return Day(first.year, first.month) }
        guard first.year == last.year else { return fail(start) }
        var day = Day(first.year, 1)
        day.precision = .year
        return day
    }

    /// `2004-j\u{FA}lius-13`.
    private mutating func namedMonth(year: Int) -> Day? {
        let start = at
        guard one(of: "-/ ") != nil, let month = month(), one(of: "-/ ") != nil,
            let (day, digits) = number(maxDigits: 2), digits <= 2
        else { return fail(start) }
        return Day(year, month, day)
    }

    /// `3 December`, `3rd of Dec.`, `03-Dec`, with what stands before the year.
    mutating func dayAndMonth() -> (day: Int, month: Int)? {
        let start = at
        guard let (day, _) = number(maxDigits: 2) else { return nil }
        _ = ordinal()
        _ = one(of: UInt8(ascii: "."))
        _ = one(of: UInt8(ascii: "-"))
        skipSpaces()
        if word("of") || word("de") { skipSpaces() }
        guard let month = month() else { return fail(start) }
        _ = one(of: UInt8(ascii: "."))
        return (day, month)
    }

    /// `3 December 2025`, `3rd of Dec. 2025`, `03-Dec-2025`, `03 Dec 25`.
    private mutating func dayBeforeMonth() -> Day? {
        let start = at
        guard let (day, month) = dayAndMonth() else { return nil }
        _ = one(of: UInt8(ascii: ","))
        _ = one(of: UInt8(ascii: "-"))
        skipSpaces()
        if word("de") || word("of") { skipSpaces() }
        guard let (year, digits) = number(maxDigits: 4), digits == 4 || digits == 2 else { return fail(start) }
        if digits == 2, !isTimeNext() { return fail(start) }
        return Day(digits == 4 ? year : Self.century(year), month, day)
    }

    /// `December 3, 2025`, `Dec. 3rd 2025`, `December 2025`, `Dec  3 10:00:00 2025`.
    private mutating func monthBeforeDay() -> Day? {
        let start = at
        guard let month = month() else { return nil }
        _ = one(of: UInt8(ascii: "."))
        _ = one(of: UInt8(ascii: ","))
        skipSpaces()
        _ = one(of: UInt8(ascii: "-"))
        guard let (first, digits) = number(maxDigits: 4) else { return fail(start) }
        if digits == 4 { return Day(first, month) }
        guard digits <= 2 else { return fail(start) }
        _ = ordinal()
        _ = one(of: UInt8(ascii: "."))
        _ = one(of: UInt8(ascii: ","))
        skipSpaces()
        _ = one(of: UInt8(ascii: "-"))
        let mark = at
        if let time = timeOfDay() {
            skipSpaces()
            let zone = zone()
            skipSpaces()
            if let (year, yearDigits) = number(maxDigits: 4), yearDigits == 4 {
                var time = time
                time.offset = zone
                return Day(year, month, first, time: time)
            }
            at = mark
        }
        guard let (year, yearDigits) = number(maxDigits: 4), yearDigits == 4 else { return fail(start) }
        return Day(year, month, first)
    }
}
