/// Times of day.
extension DateScanner {
    struct TimeOfDay {
        var hour: Int
        var minute: Int
        var second = 0
        var millisecond = 0
        var precision: PublicationDate.Precision
        var offset: Zone?
    }

    func isTimeNext() -> Bool {
        var copy = self
        copy.skipSpaces()
        return copy.timeOfDay() != nil
    }

    /// A time after the date, with what may stand between.
    mutating func laterTime() -> TimeOfDay? {
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

    mutating func separator() {
        skipSpaces()
        if at < bytes.count, isDigit(at) { return }
        for mark in [",", "-", "\u{2013}", "\u{2014}", "|", "\u{B7}", "@", "\u{FF0C}", "\u{2022}"] where literal(mark) {
            break
        }
        skipSpaces()
        if word("at") || word("on") || word("um") { skipSpaces() }
    }

    mutating func timeOfDay() -> TimeOfDay? {
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

    mutating func validated(_ time: TimeOfDay, _ start: Int) -> TimeOfDay? {
        if time.hour == 24, time.minute == 0, time.second == 0 { return fail(start) }
        return time.hour < 24 && time.minute < 60 && time.second <= 60 ? time : fail(start)
    }

    mutating func fraction(_ time: inout TimeOfDay) {
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
    mutating func meridiem() -> Bool? {
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
}
