/// A number in Chinese text: `3`, `1.2亿`, `3000万`, `一万二千`, `百分之七十`, `数百万`, `100多`.
struct HanNumber {
    var low: Double
    /// The upper end of `数百`, `几十万`.
    var high: Double?
    var start: Int
    var end: Int
    /// Written in digits at least in part.
    var isDigits = false
    /// The power of ten of the last magnitude: 4 for `万`, 8 for `亿`.
    var magnitude = 0
    /// `多`, `余`, `几` within: more than the number says.
    var isOver = false
    /// `百分之`: percent without its sign.
    var isPercent = false
    /// `三分之一`.
    var isPart = false
    /// How many characters the number has in Chinese numerals.
    var numerals = 0
}

/// Reads numbers; every loop is bounded by the length of the longest sensible number.
struct HanNumberReader {
    let text: [UInt8]
    /// Where the sentence ends.
    var end: Int

    /// The number that begins at a place; nil when there is none, or a date, time or version.
    func number(at start: Int) -> HanNumber? {
        if let percent = prefix("百分之", start) {
            guard var number = plain(at: percent) else { return nil }
            number.start = start
            number.isPercent = true
            return number
        }
        guard let number = plain(at: start) else { return nil }
        // "三分之一"
        if number.end + 6 < end, let after = prefix("分之", number.end), let top = plain(at: after), number.low > 0 {
            return HanNumber(
                low: top.low / number.low, start: start, end: top.end, isDigits: number.isDigits, isPart: true)
        }
        return number
    }

    private func plain(at start: Int) -> HanNumber? {
        guard start < end else { return nil }
        if text[start] >= 0x30, text[start] <= 0x39 { return digits(at: start) }
        if start + 1 < end, text[start] == 0x2D, text[start + 1] >= 0x30, text[start + 1] <= 0x39,
            var number = digits(at: start + 1)
        {
            number.low = -number.low
            number.start = start
            return number
        }
        return numerals(at: start)
    }

    private func digits(at start: Int) -> HanNumber? {
        var scan = NumberScan(text: text, start: start, end: end)
        scan.run()
        guard scan.kind == .number else { return nil }
        var decimal = scan.number
        var number = HanNumber(low: 0, start: start, end: scan.index, isDigits: true)
        readMore(&number)
        var power = 0
        // "3.5万亿"
        while power < 16, let next = magnitude(at: number.end), next.power >= 2 || power > 0 {
            power += next.power
            number.magnitude = power
            number.end = next.end
        }
        if power > 0 { decimal.scale(byPowerOfTen: power) }
        number.low = decimal.value + scan.fraction
        readMore(&number)
        // "2亿5000万"
        if power == 8, number.end < end, text[number.end] >= 0x30, text[number.end] <= 0x39 {
            var second = NumberScan(text: text, start: number.end, end: end)
            second.run()
            if second.kind == .number, let next = magnitude(at: second.index), next.power == 4,
                second.number.value < 10_000
            {
                var rest = second.number
                rest.scale(byPowerOfTen: 4)
                number.low += rest.value
                number.end = next.end
                readMore(&number)
            }
        }
        return number.low.isFinite ? number : nil
    }

    /// `多`, `余`, `几`: more than it says.
    private func readMore(_ number: inout HanNumber) {
        if let after = prefix("多", number.end) ?? prefix("余", number.end) {
            // "多数" is a word.
            if prefix("数", after) == nil {
                number.isOver = true
                number.end = after
            }
        }
    }

    private func numerals(at start: Int) -> HanNumber? {
        var at = start
        var total = 0.0
        var section = 0.0
        var digit: Double?
        var number = HanNumber(low: 0, start: start, end: start)
        var vague = false
        if let after = prefix("数", at) ?? prefix("几", at), magnitude(at: after) != nil {
            vague = true
            digit = 1
            at = after
        } else if let after = prefix("半", at) {
            // "半年", "半小时"
            return HanNumber(low: 0.5, start: start, end: after, numerals: 1)
        }
        var smallest = 1.0
        while number.numerals < 24 {
            if let value = Self.digit(text, at, end) {
                guard digit == nil || digit == 0 else { break }
                digit = value
                at += 3
            } else if let next = magnitude(at: at) {
                let scale = DecimalNumber.powers[next.power]
                if next.power < 4 {
                    section += (digit ?? 1) * scale
                } else {
                    let whole = section + (digit ?? 0)
                    if whole == 0, total == 0 {
                        total = scale
                    } else if whole == 0 {
                        total *= scale
                    } else if total > 0, next.power > number.magnitude {
                        // "一万二千亿"
                        total = (total + whole) * scale
                    } else {
                        total += whole * scale
                    }
                    section = 0
                    number.magnitude = next.power
                }
                smallest = scale
                digit = nil
                at = next.end
            } else {
                break
            }
            number.numerals += 1
            number.end = at
        }
        guard number.numerals > 0 else { return nil }
        // "一万二" is twelve thousand.
        if let last = digit, number.numerals > 1, smallest >= 100, !vague {
            section += last * smallest / 10
        } else {
            section += digit ?? 0
        }
        number.low = total + section
        if vague {
            number.high = number.low * 10
            number.numerals += 1
        }
        if let after = prefix("几", number.end), smallest == 10 {
            // "十几万"
            number.isOver = true
            number.end = after
            if let next = magnitude(at: after), next.power >= 4 {
                number.low *= DecimalNumber.powers[next.power]
                number.end = next.end
            }
        }
        readMore(&number)
        if number.isOver, let next = magnitude(at: number.end), next.power >= 4 {
            // "十多亿"
            number.low *= DecimalNumber.powers[next.power]
            number.end = next.end
        }
        return number.low.isFinite ? number : nil
    }

    // MARK: - Characters

    /// Where a word ends that stands at a place; nil when another does.
    func prefix(_ word: StaticString, _ i: Int) -> Int? {
        let count = word.utf8CodeUnitCount
        guard i >= 0, i + count <= end else { return nil }
        let isSame = word.withUTF8Buffer { bytes in bytes.indices.allSatisfy { bytes[$0] == text[i + $0] } }
        return isSame ? i + count : nil
    }

    private func magnitude(at i: Int) -> (power: Int, end: Int)? {
        guard i + 3 <= end else { return nil }
        switch Self.scalar(text, i) {
        case 0x5341, 0x62FE: return (1, i + 3)  // 十
        case 0x767E: return (2, i + 3)  // 百
        case 0x5343: return (3, i + 3)  // 千
        case 0x4E07, 0x842C: return (4, i + 3)  // 万
        case 0x4EBF, 0x5104: return (8, i + 3)  // 亿
        default: return nil
        }
    }

    /// The code point of three bytes; 0 for others.
    static func scalar(_ text: [UInt8], _ i: Int) -> UInt32 {
        guard i + 2 < text.count, text[i] & 0xF0 == 0xE0 else { return 0 }
        return UInt32(text[i] & 0x0F) << 12 | UInt32(text[i + 1] & 0x3F) << 6 | UInt32(text[i + 2] & 0x3F)
    }

    private static func digit(_ text: [UInt8], _ i: Int, _ end: Int) -> Double? {
        guard i + 3 <= end else { return nil }
        switch scalar(text, i) {
        case 0x3007, 0x96F6: return 0
        case 0x4E00: return 1
        case 0x4E8C, 0x4E24, 0x5169: return 2
        case 0x4E09: return 3
        case 0x56DB: return 4
        case 0x4E94: return 5
        case 0x516D: return 6
        case 0x4E03: return 7
        case 0x516B: return 8
        case 0x4E5D: return 9
        default: return nil
        }
    }
}
