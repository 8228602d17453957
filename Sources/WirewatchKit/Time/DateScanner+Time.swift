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

    mutating func isTimeNext() -> Bool {
        let start = at
        defer { at = start }
        skipSpaces()
        return timeOfDay() != nil
    }

    /// A time after the date, with what may stand between.
    mutating func laterTime() -> TimeOfDay? {
        let start = at
        if at + 1 < bytes.count, bytes[at] | 0x20 == 0x74, isDigit(at + 1) {
            at += 1  // ISO's T
        } else {
            separator()
        }
        guard var time = timeOfDay() else { return fail(start) }
        let mark = at
        skipSpaces()
        time.offset = zone()
        if time.offset == nil { at = mark }
        return time
    }

    mutating func separator() {
        skipSpaces()
        if at < bytes.count, isDigit(at) { return }
        _ = literal(anyOf: [
            ",", "-", "|", "@", "\u{2013}", "\u{2014}", "\u{B7}", "\u{FF0C}", "\u{2022}", "\u{FF5C}", "\u{3001}",
        ])
        skipSpaces()
        if word("at") || word("on") || word("um") || word("kl") { skipSpaces() }
    }

    mutating func timeOfDay() -> TimeOfDay? {
        let start = at
        guard at < bytes.count else { return nil }
        let afternoon = bytes[at] >= 0xE2 ? partOfDay() : nil
        guard let (first, digits) = number(maxDigits: 6) else { return fail(start) }
        if digits == 6 || digits == 4 {
            // ISO's basic form, only after its T.
            guard start > 0, bytes[start - 1] | 0x20 == 0x74, afternoon == nil else { return fail(start) }
            let hour = digits == 4 ? first * 100 : first
            var time = TimeOfDay(
                hour: hour / 10_000, minute: hour / 100 % 100, second: hour % 100,
                precision: digits == 6 ? .second : .minute)
            if digits == 6, at + 1 < bytes.count, isDigit(at + 1), one(of: ".,") != nil { fraction(&time) }
            return validated(time, start)
        }
        guard digits <= 2 else { return fail(start) }
        return timeOfDay(hour: first, afternoon: afternoon, start: start)
    }

    /// What follows the hour.
    private mutating func timeOfDay(hour first: Int, afternoon: Bool?, start: Int) -> TimeOfDay? {
        var hour = first
        var afternoon = afternoon
        var time = TimeOfDay(hour: hour, minute: 0, precision: .minute)
        var hasMinutes = false
        var isSaid = false
        let mark = at
        let isWide = at < bytes.count && bytes[at] >= 0xE2 && literal(anyOf: Self.hourMarks)
        if isWide { skipSpaces() }
        if isWide || literal(":") || literal("\u{FF1A}") || literal(".") || literal("h") {
            if let (minute, minuteDigits) = number(maxDigits: 2), minuteDigits == 2 || isWide {
                time.minute = minute
                hasMinutes = true
                if literal("\u{5206}") || literal("\u{BD84}") { isSaid = true }
            } else if isWide {
                // 10时, 10点半
                if literal("\u{534A}") { time.minute = 30 }
                isSaid = true
            } else {
                at = mark
            }
        }
        let byDot = hasMinutes && bytes[mark] == UInt8(ascii: ".")
        if hasMinutes, !byDot {
            if literal(":") || literal("\u{FF1A}"), let (second, _) = number(maxDigits: 2) {
                time.second = second
                time.precision = .second
                if at + 1 < bytes.count, isDigit(at + 1), one(of: ".,") != nil { fraction(&time) }
            } else if isWide, isSaid {
                let minutes = at
                skipSpaces()
                if let (second, _) = number(maxDigits: 2), literal("\u{79D2}") || literal("\u{CD08}") {
                    time.second = second
                    time.precision = .second
                } else {
                    at = minutes
                }
            }
        }
        let afterDigits = at
        skipSpaces()
        if let meridiem = meridiem() {
            afternoon = meridiem
        } else if word("uhr") {
            isSaid = true
        } else {
            at = afterDigits
            // `10.24` and `10` are times only with what follows.
            if !hasMinutes && !isSaid || byDot && !isSaid { return fail(start) }
        }
        if let afternoon {
            guard hour <= 12 || !afternoon else { return validated(time, start) }
            if hour <= 12 { hour = hour % 12 + (afternoon ? 12 : 0) }
            time.hour = hour
        }
        return validated(time, start)
    }

    private static let hourMarks: [StaticString] = [
        "\u{65F6}", "\u{6642}", "\u{70B9}", "\u{9EDE}", "\u{C2DC}",
    ]

    /// True for the afternoon and the evening.
    private mutating func partOfDay() -> Bool? {
        let found: Bool?
        if literal(anyOf: [
            "\u{4E0B}\u{5348}", "\u{665A}\u{4E0A}", "\u{665A}\u{95F4}", "\u{508D}\u{665A}", "\u{5348}\u{5F8C}",
            "\u{C624}\u{D6C4}",
        ]) {
            found = true
        } else if literal(anyOf: [
            "\u{4E0A}\u{5348}", "\u{51CC}\u{6668}", "\u{65E9}\u{4E0A}", "\u{65E9}\u{95F4}", "\u{6E05}\u{6668}",
            "\u{5348}\u{524D}", "\u{C624}\u{C804}",
        ]) {
            found = false
        } else if literal("\u{4E2D}\u{5348}") {
            // 中午12:30 is as it says.
            found = nil
        } else {
            return nil
        }
        skipSpaces()
        return found
    }

    mutating func validated(_ time: TimeOfDay, _ start: Int) -> TimeOfDay? {
        time.hour < 24 && time.minute < 60 && time.second <= 60 ? time : fail(start)
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
        _ = one(of: UInt8(ascii: "."))
        guard at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "m") else { return fail(start) }
        at += 1
        if at < bytes.count, isAlphanumeric(at) { return fail(start) }
        _ = one(of: UInt8(ascii: "."))
        return letter == UInt8(ascii: "p")
    }
}
