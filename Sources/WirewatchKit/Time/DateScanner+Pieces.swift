internal import WirewatchText

/// The pieces that dates are made of: names, numbers, marks.
extension DateScanner {
    mutating func skipSpaces(limit: Int = 4) {
        var left = limit
        while left > 0, at < bytes.count {
            let byte = bytes[at]
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                at += 1
            } else if byte == 0xC2, at + 1 < bytes.count, bytes[at + 1] == 0xA0 {
                at += 2
            } else if byte == 0xE3 || byte == 0xE2, literal("\u{3000}") || literal("\u{202F}") || literal("\u{2009}") {
                // The wide blank, and the narrow ones that formatting libraries put before `PM`.
            } else {
                return
            }
            left -= 1
        }
    }

    /// A weekday with what parts it from the date; Monday is 1.
    mutating func weekday() -> Int? {
        let start = at
        guard let name = name(),
            let day = DateNames.words[name].flatMap({ DateNames.Word($0).weekday(isWhole: isWhole) })
        else {
            at = start
            return nil
        }
        _ = one(of: UInt8(ascii: "."))
        _ = one(of: UInt8(ascii: ","))
        skipSpaces()
        return day
    }

    static func weekday(daysSinceEpoch days: Int) -> Int {
        // 1970-01-01 was a Thursday.
        ((days + 3) % 7 + 7) % 7 + 1
    }

    mutating func month() -> Int? {
        let start = at
        guard let name = name(),
            let month = DateNames.words[name].flatMap({ DateNames.Word($0).month(isWhole: isWhole) })
        else { return fail(start) }
        return month
    }

    /// A run of Latin, Greek or Cyrillic letters in lower case.
    mutating func name() -> ShortWord? {
        guard at < bytes.count else { return nil }
        var name = ShortWord()
        var stop = at
        while stop < bytes.count {
            let byte = bytes[stop]
            if (byte | 0x20) &- 0x61 < 26 {
                guard name.append(byte | 0x20) else { return nil }
                stop += 1
            } else if (0xC3...0xD4).contains(byte), stop + 1 < bytes.count, bytes[stop + 1] & 0xC0 == 0x80 {
                let scalar = DateNames.lower(UInt32(byte & 0x1F) << 6 | UInt32(bytes[stop + 1] & 0x3F))
                guard name.append(UInt8(0xC0 | scalar >> 6)), name.append(UInt8(0x80 | scalar & 0x3F)) else {
                    return nil
                }
                stop += 2
            } else {
                break
            }
        }
        guard stop > at else { return nil }
        at = stop
        return name
    }

    /// A run of ASCII letters in lower case; nil before a further letter or digit.
    mutating func asciiName() -> ShortWord? {
        var name = ShortWord()
        var stop = at
        while stop < bytes.count, (bytes[stop] | 0x20) &- 0x61 < 26 {
            guard name.append(bytes[stop] | 0x20) else { return nil }
            stop += 1
        }
        guard stop > at, stop == bytes.count || !isDigit(stop) else { return nil }
        at = stop
        return name
    }

    /// `st`, `nd`, `rd`, `th`; the French `1er`, the Portuguese `1\u{BA}`.
    mutating func ordinal() -> Bool {
        word("st") || word("nd") || word("rd") || word("th") || word("er") || literal("\u{BA}")
    }

    /// Digits, wide ones too; nil when there are more than that many.
    mutating func number(maxDigits: Int) -> (value: Int, digits: Int)? {
        var stop = at
        var value = 0
        var digits = 0
        while stop < bytes.count, digits <= maxDigits {
            if isDigit(stop) {
                value = value * 10 + Int(bytes[stop] - 0x30)
                stop += 1
            } else if isWideDigit(stop) {
                value = value * 10 + Int(bytes[stop + 2] - 0x90)
                stop += 3
            } else {
                break
            }
            digits += 1
        }
        guard digits > 0, digits <= maxDigits else { return nil }
        at = stop
        return (value, digits)
    }

    mutating func literal(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard at < bytes.count, at + length <= bytes.count else { return false }
        // The literal's bytes live as long as the program.
        let isHere = text.withUTF8Buffer { wanted in
            for index in 0..<length where bytes[at + index] != wanted[index] { return false }
            return true
        }
        if isHere { at += length }
        return isHere
    }

    mutating func literal(anyOf texts: [StaticString]) -> Bool {
        for text in texts where literal(text) { return true }
        return false
    }

    /// A word whatever its case, not followed by a letter or digit.
    mutating func word(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard at + length <= bytes.count else { return false }
        let isHere = text.withUTF8Buffer { wanted in
            for index in 0..<length where bytes[at + index] | 0x20 != wanted[index] { return false }
            return true
        }
        guard isHere, at + length == bytes.count || !isAlphanumeric(at + length) else { return false }
        at += length
        return true
    }

    mutating func one(of mark: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == mark else { return false }
        at += 1
        return true
    }

    mutating func one(of marks: StaticString) -> UInt8? {
        guard at < bytes.count else { return nil }
        let byte = bytes[at]
        guard marks.withUTF8Buffer({ $0.contains(byte) }) else { return nil }
        at += 1
        return byte
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

    func isWideDigit(_ place: Int) -> Bool {
        place + 2 < bytes.count && bytes[place] == 0xEF && bytes[place + 1] == 0xBC && bytes[place + 2] &- 0x90 < 10
    }

    func isAlphanumeric(_ place: Int) -> Bool {
        isDigit(place) || (bytes[place] | 0x20) &- 0x61 < 26
    }
}
