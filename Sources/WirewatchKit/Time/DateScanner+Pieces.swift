/// The pieces that dates are made of: names, numbers, marks.
extension DateScanner {
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

    mutating func skipWeekday() {
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

    mutating func month() -> Int? {
        let start = at
        guard let name = name(), let month = DateNames.months[name] ?? (isWhole ? DateNames.foreignMonths[name] : nil)
        else {
            at = start
            return nil
        }
        return month
    }

    /// A run of letters, in lower case (ASCII alone in running text); at most 12 bytes, 32 where all is a date.
    mutating func name() -> String? {
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

    mutating func ordinal() -> Bool {
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

    mutating func one(of marks: String) -> String? {
        for mark in marks where literal(String(mark)) { return String(mark) }
        return nil
    }

    mutating func fail<T>(_ start: Int) -> T? {
        at = start
        return nil
    }

    /// Whether no letter or digit follows, nor more of a number, so that `2025-12-031`, `May 5, 2025x` and the version
    /// `2.10.2025.7` are not cut in two.
    func endsHere() -> Bool {
        guard at < bytes.count else { return true }
        if isAlphanumeric(at) { return false }
        let joins = bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "/")
        return !(joins && at + 1 < bytes.count && isDigit(at + 1))
    }

    func isDigit(_ place: Int) -> Bool { bytes[place] &- 0x30 < 10 }

    func isAlphanumeric(_ place: Int) -> Bool {
        isDigit(place) || (bytes[place] | 0x20) &- 0x61 < 26
    }
}
