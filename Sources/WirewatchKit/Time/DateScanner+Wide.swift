/// Dates as Chinese, Japanese and Korean write them.
extension DateScanner {
    /// Whether a date may begin at a character of three bytes.
    func startsWide(_ place: Int) -> Bool {
        guard place + 2 < bytes.count else { return false }
        if isWideDigit(place) || hanDigit(place) != nil { return true }
        switch scalar(place) {
        // 十 北 香 台 美 周 星 礼 今 昨 前 刚 剛 上 下 晚 早 凌 中 半 两 兩 令 民 오 어 방
        case 0x5341, 0x5317, 0x9999, 0x53F0, 0x7F8E, 0x4E24, 0x5169, 0x5468, 0x661F, 0x793C, 0x4ECA, 0x6628, 0x524D,
            0x521A, 0x525B, 0x4E0A,
            0x4E0B, 0x665A, 0x65E9, 0x51CC, 0x4E2D, 0x534A, 0x4EE4, 0x6C11, 0xC624, 0xC5B4, 0xBC29:
            return true
        default: return false
        }
    }

    /// The character of three bytes at a place, or 0.
    func scalar(_ place: Int) -> UInt32 {
        guard place + 2 < bytes.count, bytes[place] & 0xF0 == 0xE0 else { return 0 }
        return UInt32(bytes[place] & 0xF) << 12 | UInt32(bytes[place + 1] & 0x3F) << 6 | UInt32(bytes[place + 2] & 0x3F)
    }

    private func hanDigit(_ place: Int) -> Int? {
        switch scalar(place) {
        case 0x3007, 0x25CB, 0x96F6: 0
        case 0x4E00: 1
        case 0x4E8C: 2
        case 0x4E09: 3
        case 0x56DB: 4
        case 0x4E94: 5
        case 0x516D: 6
        case 0x4E03: 7
        case 0x516B: 8
        case 0x4E5D: 9
        default: nil
        }
    }

    /// A number up to 99 in digits or as 三, 十二, 二十, 三十一; 两 and 半 are the caller's.
    mutating func wideNumber() -> Int? {
        if let (value, _) = number(maxDigits: 2) { return value }
        let start = at
        var value = 1
        if let digit = hanDigit(at) {
            value = digit
            at += 3
        }
        guard scalar(at) == 0x5341 else { return at > start ? value : nil }
        at += 3
        value *= 10
        if let digit = hanDigit(at) {
            value += digit
            at += 3
        }
        return value
    }

    /// A whole date that begins with a wide character: 二〇二五年三月三日, 令和7年3月3日, 民國114年3月3日.
    mutating func wideDay() -> Day? {
        let start = at
        if isWideDigit(at) {
            guard let (year, digits) = number(maxDigits: 4), digits == 4 else { return fail(start) }
            return wideDay(year: year) ?? fail(start)
        }
        let isReiwa = literal("\u{4EE4}\u{548C}")
        if isReiwa || literal("\u{6C11}\u{570B}") || literal("\u{6C11}\u{56FD}") {
            let years: Int
            // The first year is 元年.
            if literal("\u{5143}") {
                years = 1
            } else if let (value, _) = number(maxDigits: 3) {
                years = value
            } else {
                return fail(start)
            }
            return wideDay(year: years + (isReiwa ? 2018 : 1911)) ?? fail(start)
        }
        var year = 0
        for _ in 0..<4 {
            guard let digit = hanDigit(at) else { return fail(start) }
            year = year * 10 + digit
            at += 3
        }
        return wideDay(year: year) ?? fail(start)
    }

    /// 年12月3日 after the year, with the weekday that may follow.
    mutating func wideDay(year: Int) -> Day? {
        let start = at
        if at < bytes.count, bytes[at] == 0x20 { at += 1 }
        guard literal("\u{5E74}") || literal("\u{B144}") else { return fail(start) }
        skipSpaces()
        guard let month = wideNumber(), literal("\u{6708}") || literal("\u{C6D4}") else { return fail(start) }
        let mark = at
        skipSpaces()
        guard let day = wideNumber(), literal(anyOf: Self.dayMarks) else {
            at = mark
            return Day(year, month)
        }
        skipWideWeekday()
        return Day(year, month, day)
    }

    static let dayMarks: [StaticString] = ["\u{65E5}", "\u{53F7}", "\u{865F}", "\u{C77C}"]

    /// `（月）`, `星期一`, `周一`, `월요일`.
    mutating func skipWideWeekday() {
        let start = at
        skipSpaces()
        if wideWeekday() == nil { at = start }
    }

    /// Monday is 1.
    mutating func wideWeekday() -> Int? {
        let start = at
        let isBracketed = literal("(") || literal("\u{FF08}")
        let isNamed =
            literal("\u{661F}\u{671F}") || literal("\u{5468}") || literal("\u{9031}") || literal("\u{793C}\u{62DC}")
        var day: Int?
        switch scalar(at) {
        case 0x4E00: day = isNamed ? 1 : nil
        case 0x4E8C: day = isNamed ? 2 : nil
        case 0x4E09: day = isNamed ? 3 : nil
        case 0x56DB: day = isNamed ? 4 : nil
        case 0x4E94: day = isNamed ? 5 : nil
        case 0x516D: day = isNamed ? 6 : nil
        case 0x65E5, 0x5929, 0xC77C: day = 7
        case 0x6708, 0xC6D4: day = 1
        case 0x706B, 0xD654: day = 2
        case 0x6C34, 0xC218: day = 3
        case 0x6728, 0xBAA9: day = 4
        case 0x91D1, 0xAE08: day = 5
        case 0x571F, 0xD1A0: day = 6
        default: break
        }
        guard let day else { return fail(start) }
        at += 3
        let isWord = literal("\u{66DC}\u{65E5}") || literal("\u{66DC}") || literal("\u{C694}\u{C77C}")
        if isBracketed, !literal(")"), !literal("\u{FF09}") { return fail(start) }
        return isNamed || isWord || isBracketed ? day : fail(start)
    }

    /// A zone that stands before the date: 北京时间2025年3月3日.
    mutating func zonePrefix() -> Zone? {
        guard at < bytes.count, bytes[at] >= 0xE2, let zone = wideZone() else { return nil }
        _ = literal("\u{FF1A}")
        skipSpaces()
        return zone
    }

    /// 北京时间, 香港時間, 台北时间, 日本時間, 한국시간, 美东时间, 美西时间.
    mutating func wideZone() -> Zone? {
        let start = at
        let zone: Zone
        if literal(anyOf: ["\u{5317}\u{4EAC}", "\u{9999}\u{6E2F}", "\u{53F0}\u{5317}", "\u{53F0}\u{7063}"]) {
            zone = .offset(480)
        } else if literal(anyOf: ["\u{65E5}\u{672C}", "\u{D55C}\u{AD6D}", "\u{4E1C}\u{4EAC}", "\u{6771}\u{4EAC}"]) {
            zone = .offset(540)
        } else if literal(anyOf: ["\u{7F8E}\u{4E1C}", "\u{7F8E}\u{6771}"]) {
            zone = .american(-300)
        } else if literal("\u{7F8E}\u{897F}") {
            zone = .american(-480)
        } else {
            return nil
        }
        skipSpaces()
        guard literal(anyOf: ["\u{65F6}\u{95F4}", "\u{6642}\u{9593}", "\u{C2DC}\u{AC04}"]) else { return fail(start) }
        return zone
    }
}
