/// Reads digits with separators: `1,234,567.8`, `12,34,567`, `1 234`, `1.234.567,8`, `3,5`, `1.3e6`, `1/4`, and tells
/// the codes apart that look alike: `10:24`, `2025-12-30`, `1.2.3`, `15th`, `1990s`.
struct NumberScan {
    private let text: [UInt8]
    private let start: Int
    private let end: Int
    /// The end of what was read.
    private(set) var index: Int
    private(set) var kind = Token.Kind.number
    private(set) var flags: Token.Flags = []
    private(set) var number = DecimalNumber()
    private(set) var fraction = 0.0
    private(set) var wholeDigits = 0

    init(text: [UInt8], start: Int, end: Int) {
        self.text = text
        self.start = start
        self.end = end
        index = start
    }

    mutating func run() {
        guard text[start] != 0x2E else { return readDecimals() }
        let first = digits(from: start)
        wholeDigits = first - start
        index = first
        append(start..<first, isFraction: false)
        if readCode(first) { return }
        if byte(first) == 0x2C, isDigit(first + 1) {
            readCommas(first)
        } else if byte(first) == 0x2E, isDigit(first + 1) {
            readPoints(first)
        } else if wholeDigits <= 3, apostropheGroup(first) != nil {
            readApostrophes(first)
        } else if wholeDigits <= 3, let next = spacedGroup(first) {
            readSpaces(next)
        }
        readExponent()
    }

    // MARK: - Codes

    /// Times, dates, ordinals and decades.
    private mutating func readCode(_ after: Int) -> Bool {
        let next = byte(after)
        if next == 0x3A, wholeDigits <= 2, isDigit(after + 1), digits(from: after + 1) - after - 1 == 2 {
            kind = .code
            flags = .date
            index = after
            while byte(index) == 0x3A, isDigit(index + 1) { index = digits(from: index + 1) }
            if byte(index) == 0x2E, isDigit(index + 1) { index = digits(from: index + 1) }
            return true
        }
        if next == 0x2D || next == 0x2F || next == 0x2E, isDigit(after + 1) {
            let second = digits(from: after + 1)
            let length = second - after - 1
            if byte(second) == next, isDigit(second + 1) {
                let third = digits(from: second + 1)
                let isGrouped = next == 0x2E && wholeDigits <= 3 && length == 3 && third - second - 1 == 3
                if isGrouped { return false }
                kind = .code
                index = third
                if wholeDigits == 4 && length <= 2 || third - second - 1 == 4 || next == 0x2F { flags = .date }
                while byte(index) == next, isDigit(index + 1) { index = digits(from: index + 1) }
                return true
            }
            if next == 0x2F { return readSlash(after, second) }
        }
        guard isLetter(after) else { return false }
        let letter = byte(after) | 0x20
        let following = byte(after + 1) | 0x20
        let isOrdinal =
            (letter == 0x73 && following == 0x74) || (letter == 0x6E && following == 0x64)
            || (letter == 0x72 && following == 0x64) || (letter == 0x74 && following == 0x68)
        if isOrdinal, !isLetter(after + 2), !isDigit(after + 2) {
            kind = .ordinal
            index = after + 2
            return true
        }
        if letter == 0x73, !isLetter(after + 1), byte(after - 1) == 0x30, wholeDigits == 4 || wholeDigits == 2 {
            kind = .code
            flags = .date
            index = after + 1
            return true
        }
        return false
    }

    /// `1/4` is a fraction, `24/7` and `9/11` are names, `2012/13` is a season.
    private mutating func readSlash(_ slash: Int, _ second: Int) -> Bool {
        var denominator = 0
        for k in (slash + 1)..<min(second, slash + 5) { denominator = denominator * 10 + Int(text[k] - 0x30) }
        let numerator = wholeDigits <= 2 ? Int(number.value) : 0
        index = second
        if wholeDigits <= 2, second - slash <= 4, numerator > 0, numerator < denominator, denominator != 11,
            byte(second) != 0x2F, !isLetter(second)
        {
            fraction = Double(numerator) / Double(denominator)
            number = DecimalNumber()
            flags = .fraction
            return true
        }
        kind = .code
        return true
    }

    // MARK: - Separators

    private mutating func readCommas(_ comma: Int) {
        // European decimals: `3,5`; never three digits, which are a group.
        let next = digits(from: comma + 1)
        let length = next - comma - 1
        if length != 3, !(length == 2 && byte(next) == 0x2C && isDigit(next + 1)) {
            // The last of "22,24,26,31" has no decimals either.
            let isListed = start > 0 && text[start - 1] == 0x2C
            if length <= 2, byte(next) != 0x2C, wholeDigits <= 3, byte(next) != 0x2E || !isDigit(next + 1), !isListed {
                append((comma + 1)..<next, isFraction: true)
                flags.insert(.decimal)
                index = next
            }
            return
        }
        // Groups of three, or of two before the last three as in India; anything else is a list of numbers.
        guard wholeDigits <= 3, isGrouped(from: comma) else { return }
        var position = comma
        var lastLength = 0
        while byte(position) == 0x2C, isDigit(position + 1) {
            let groupEnd = digits(from: position + 1)
            let count = groupEnd - position - 1
            guard count == 3 || (count == 2 && byte(groupEnd) == 0x2C) else { break }
            append((position + 1)..<groupEnd, isFraction: false)
            wholeDigits += count
            lastLength = count
            position = groupEnd
        }
        guard lastLength > 0 else { return }
        flags.insert(.grouped)
        index = position
        if byte(position) == 0x2E, isDigit(position + 1) { readDecimals() }
    }

    private func isGrouped(from comma: Int) -> Bool {
        var position = comma
        var groups = 0
        var last = 0
        while byte(position) == 0x2C, isDigit(position + 1) {
            let groupEnd = digits(from: position + 1)
            last = groupEnd - position - 1
            groups += 1
            // No number has more groups; the bound keeps hostile lists linear.
            guard last == 3 || last == 2, groups <= 12 else { return false }
            position = groupEnd
        }
        return last == 3
    }

    private mutating func readPoints(_ point: Int) {
        let next = digits(from: point + 1)
        let isGroup = next - point - 1 == 3 && wholeDigits <= 3
        // `1.234.567` and `1.111,11` group by points; `4.800` alone is a decimal number.
        if isGroup, (byte(next) == 0x2E && isDigit(next + 1)) || (byte(next) == 0x2C && isDigit(next + 1)) {
            let comma = byte(next) == 0x2C ? digits(from: next + 1) - next - 1 : 0
            if byte(next) == 0x2E || comma == 1 || comma == 2 {
                var position = point
                while byte(position) == 0x2E, isDigit(position + 1), digits(from: position + 1) - position - 1 == 3 {
                    append((position + 1)..<(position + 4), isFraction: false)
                    wholeDigits += 3
                    position += 4
                }
                flags.insert(.grouped)
                index = position
                if byte(position) == 0x2C, isDigit(position + 1) {
                    let last = digits(from: position + 1)
                    append((position + 1)..<last, isFraction: true)
                    flags.insert(.decimal)
                    index = last
                }
                return
            }
        }
        readDecimals()
    }

    /// `10 000`: groups of three after single spaces.
    private mutating func readSpaces(_ first: Int) {
        var group: Int? = first
        while let from = group {
            append(from..<(from + 3), isFraction: false)
            wholeDigits += 3
            index = from + 3
            group = spacedGroup(index)
        }
        flags.insert(.grouped)
        if byte(index) == 0x2E, isDigit(index + 1) { readDecimals() }
    }

    /// `1'250'000`, as in Switzerland.
    private mutating func readApostrophes(_ first: Int) {
        var group = apostropheGroup(first)
        while let from = group {
            append(from..<(from + 3), isFraction: false)
            wholeDigits += 3
            index = from + 3
            group = apostropheGroup(index)
        }
        flags.insert(.grouped)
        if byte(index) == 0x2E, isDigit(index + 1) { readDecimals() }
    }

    /// The start of exactly three digits after an apostrophe; nil when there are none.
    private func apostropheGroup(_ after: Int) -> Int? {
        var from = after
        if byte(after) == 0x27 {
            from += 1
        } else if byte(after) == 0xE2, byte(after + 1) == 0x80, byte(after + 2) == 0x99 {
            from += 3
        } else {
            return nil
        }
        guard isDigit(from), digits(from: from) - from == 3, !isLetter(from + 3) else { return nil }
        return from
    }

    /// The start of exactly three digits after one space (plain, no-break or thin); nil when there are none.
    private func spacedGroup(_ after: Int) -> Int? {
        var from = after
        if byte(after) == 0x20 {
            from += 1
        } else if byte(after) == 0xC2, byte(after + 1) == 0xA0 {
            from += 2
        } else if byte(after) == 0xE2, byte(after + 1) == 0x80, byte(after + 2) == 0x89 || byte(after + 2) == 0xAF {
            from += 3
        } else {
            return nil
        }
        guard isDigit(from), digits(from: from) - from == 3, !isLetter(from + 3) else { return nil }
        return from
    }

    private mutating func readDecimals() {
        let last = digits(from: index + 1)
        append((index + 1)..<last, isFraction: true)
        flags.insert(.decimal)
        index = last
    }

    private mutating func readExponent() {
        guard byte(index) | 0x20 == 0x65 else { return }
        var at = index + 1
        let negative = byte(at) == 0x2D
        if negative || byte(at) == 0x2B { at += 1 }
        guard isDigit(at) else { return }
        let last = digits(from: at)
        guard !isLetter(last) else { return }
        var power = 0
        for k in at..<last { power = min(power * 10 + Int(text[k] - 0x30), 4_000) }
        number.scale(byPowerOfTen: negative ? -power : power)
        index = last
    }

    // MARK: - Bytes

    private mutating func append(_ range: Range<Int>, isFraction: Bool) {
        for k in range { number.append(text[k] - 0x30, isFraction: isFraction) }
    }

    private func digits(from: Int) -> Int {
        var k = from
        while isDigit(k) { k += 1 }
        return k
    }

    private func byte(_ k: Int) -> UInt8 { k >= start && k < end ? text[k] : 0 }
    private func isDigit(_ k: Int) -> Bool { k < end && text[k] >= 0x30 && text[k] <= 0x39 }
    private func isLetter(_ k: Int) -> Bool { k < end && (byte(k) | 0x20) >= 0x61 && (byte(k) | 0x20) <= 0x7A }
}
