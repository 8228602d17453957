import WirewatchKit

/// Finds the claims of one sentence in Chinese.
///
/// Works on bytes without cutting the text into words: from each number it looks a bounded number of characters to
/// either side, so that a sentence takes linear time whatever it holds. One parser serves all sentences of a text.
struct HanParser {
    let text: [UInt8]
    let lexicon: Lexicon
    let han: HanLexicon
    private(set) var numbers: HanNumberReader
    private(set) var sentence = 0..<0
    private(set) var claims: [HanClaim] = []
    /// Phrases of time, ascending.
    private(set) var periods: [Range<Int>] = []

    /// How many bytes are looked at before a number.
    static let reach = 60

    init(text: [UInt8], lexicon: Lexicon) {
        self.text = text
        self.lexicon = lexicon
        han = lexicon.han
        numbers = HanNumberReader(text: text, end: text.count)
    }

    /// Whether Chinese characters make up most of a part of the text.
    static func isHan(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        var han = 0
        var letters = 0
        for i in range {
            let byte = text[i]
            // The lead bytes of U+4000 to U+9FFF.
            if byte >= 0xE4, byte <= 0xE9 { han += 1 } else if byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A { letters += 1 }
        }
        return han * 3 > letters
    }

    var end: Int { sentence.upperBound }

    /// Replaces ``claims`` by those of a sentence.
    mutating func parse(_ range: Range<Int>) {
        claims.removeAll(keepingCapacity: true)
        periods.removeAll(keepingCapacity: true)
        sentence = range
        numbers.end = range.upperBound
        var i = sentence.lowerBound
        while i < end {
            let byte = text[i]
            if byte < 0x80 {
                if isLetter(byte), !mayBeCode(i) {
                    i = skipWord(i)
                    continue
                }
                guard byte >= 0x30 && byte <= 0x39 || byte == 0x24 || byte == 0x2D || isLetter(byte) else {
                    i += 1
                    continue
                }
            } else if byte >= 0xE4, byte <= 0xE9, i + 2 < end {
                guard han.mayStart(text, i) else {
                    i += 3
                    continue
                }
            } else if i + 2 < end, isPunctuation(i) {
                i += 3
                continue
            }
            if let period = period(at: i) {
                periods.append(i..<period)
                i = period
            } else if let claim = claim(at: i) {
                claims.append(claim)
                i = max(claim.end, i + 1)
            } else {
                i = skipNumber(i)
            }
        }
    }

    // MARK: - Going on

    /// `，。！（）` and their kin; not `〇`, nor the signs of currencies and percent.
    private func isPunctuation(_ i: Int) -> Bool {
        if text[i] == 0xE3 { return text[i + 1] == 0x80 && text[i + 2] != 0x87 }
        return text[i] == 0xEF && text[i + 1] == 0xBC && text[i + 2] != 0x84
    }

    func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    func isDigit(_ i: Int) -> Bool { i < end && text[i] >= 0x30 && text[i] <= 0x39 }

    /// A name such as `GPT-4` or `H100` is passed over whole.
    private func skipWord(_ start: Int) -> Int {
        var i = start
        while i < end,
            isLetter(text[i]) || isDigit(i)
                || (text[i] == 0x2D || text[i] == 0x2E) && i + 1 < end && (isLetter(text[i + 1]) || isDigit(i + 1))
        {
            i += 1
        }
        // "iPhone 17": the number belongs to the name, unless a unit follows.
        if i + 1 < end, text[i] == 0x20, isDigit(i + 1) {
            var scan = NumberScan(text: text, start: i + 1, end: end)
            scan.run()
            if scan.kind != .number || number(at: i + 1).map({ isBare($0) }) ?? true { return scan.index }
        }
        return max(i, start + 1)
    }

    private func isBare(_ number: HanNumber) -> Bool {
        number.magnitude == 0 && !number.isPercent && unit(after: number) == nil
    }

    private func skipNumber(_ i: Int) -> Int {
        if isDigit(i) {
            var scan = NumberScan(text: text, start: i, end: end)
            scan.run()
            return max(scan.index, i + 1)
        }
        if let number = numbers.number(at: i), number.numerals > 1 { return number.end }
        return i + width(i)
    }

    func width(_ i: Int) -> Int {
        let byte = text[i]
        let width = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        return min(max(width, 1), end - i)
    }

    // MARK: - Currencies before the number

    private func mayBeCode(_ i: Int) -> Bool {
        let byte = text[i] | 0x20
        // The first letters of codes and of "US$", "HK$".
        return byte == 0x75 || byte == 0x72 || byte == 0x68 || byte == 0x65 || byte == 0x63 || byte == 0x6A
            || byte == 0x6E
            || byte == 0x61 || byte == 0x73
    }

    private func currency(at i: Int) -> (unit: Unit, end: Int)? {
        var at = i
        while at < end, at < i + 4, isLetter(text[at]) { at += 1 }
        if at < end, text[at] == 0x24 {
            if at == i { return (lexicon.units[lexicon.dollar], i + 1) }
            return lexicon.currencyPrefix(text, i, at).map { (lexicon.units[$0], at + 1) }
        }
        if at - i == 3, i == sentence.lowerBound || !isLetter(text[i - 1]) {
            guard let index = lexicon.currencyCode(text, i, at) else { return nil }
            let next = at < end && text[at] == 0x20 ? at + 1 : at
            return isDigit(next) ? (lexicon.units[index], next) : nil
        }
        guard at == i, text[i] >= 0x80 else { return nil }
        // "€", "¥", "￥"
        let scalar: UInt32 =
            text[i] & 0xE0 == 0xC0 && i + 1 < end
            ? UInt32(text[i] & 0x1F) << 6 | UInt32(text[i + 1] & 0x3F) : HanNumberReader.scalar(text, i)
        guard lexicon.isCurrencySign(scalar) else { return nil }
        return (lexicon.units[lexicon.currencySign(scalar)], i + width(i))
    }

    // MARK: - Claims

    func number(at i: Int) -> HanNumber? { numbers.number(at: i) }

    private func claim(at i: Int) -> HanClaim? {
        if let rank = rank(at: i) { return rank }
        let prefix = currency(at: i)
        guard var number = number(at: prefix?.end ?? i) else { return nil }
        if prefix == nil, !isAdmissible(number) { return nil }
        var claim = HanClaim(
            start: i, end: number.end, low: number.low, high: number.high, unit: "1", dimension: .number,
            confidence: 0.5, numberStart: i)
        if let prefix {
            claim.unit = prefix.unit.code
            claim.dimension = .money
            claim.confidence = 0.9
        } else if number.isPercent {
            claim.unit = "%"
            claim.dimension = .percent
            claim.confidence = 0.9
        } else if number.isPart {
            claim.dimension = .ratio
            claim.confidence = 0.6
        }
        let first = claim.dimension == .number ? unit(after: number) : nil
        if let range = range(after: number, unit: first?.unit, unitEnd: first?.end) {
            claim.low = min(range.low, range.number.low)
            claim.high = max(range.low, range.number.low)
            number = range.number
            claim.end = number.end
        } else if let first {
            apply(first, to: &claim)
        }
        if claim.dimension == .number || claim.high != nil && claim.unit == "1", number.end == claim.end {
            if let unit = unit(after: number) {
                apply(unit, to: &claim)
            } else if claim.dimension == .number, !counts(&claim, number) {
                return nil
            }
        }
        if number.isOver { claim.qualifier = .over }
        if number.high != nil { claim.qualifier = claim.qualifier ?? .about }
        guard accepts(&claim, number) else { return nil }
        readQualifiers(&claim)
        readFromTo(&claim)
        if claim.change == nil { readChange(&claim) }
        readPer(&claim)
        readEquivalents(&claim)
        return claim
    }

    private func apply(_ match: (unit: Unit, end: Int), to claim: inout HanClaim) {
        claim.unit = match.unit.code
        claim.dimension = match.unit.dimension
        claim.end = match.end
        claim.confidence = 0.9
    }

    /// Numbers in names, and those that tell an order or a date.
    private func isAdmissible(_ number: HanNumber) -> Bool {
        let start = number.start
        if numbers.prefix("第", start - 3) != nil || numbers.prefix("初", start - 3) != nil { return false }
        if start > sentence.lowerBound {
            let before = text[start - 1]
            if number.isDigits, isLetter(before) || before == 0x23 || before == 0x2F { return false }
            if number.isDigits, before == 0x2D, start - 1 > sentence.lowerBound, isLetter(text[start - 2]) {
                return false
            }
        }
        let after = number.end
        // "5G", "3D"
        if number.isDigits, number.magnitude == 0, after < end, isLetter(text[after]), unit(after: number) == nil {
            return false
        }
        // Times, dates, ages of persons, decades, generations of names: "2024年", "3月", "5日", "10点", "80岁", "90年代".
        for word: StaticString in ["月", "日", "号", "点", "岁", "年代", "世纪", "时", "届", "后", "式", "型", "代", "期", "维", "国集团"]
        where numbers.prefix(word, after) != nil {
            return false
        }
        if numbers.prefix("年", after) != nil {
            if numbers.prefix("年计划", after) != nil || numbers.prefix("年规划", after) != nil { return false }
            let isYear = number.isDigits && number.low >= 1_900 && number.low <= 2_100 && after - start == 4
            if isYear || numbers.prefix("年代", after) != nil || numbers.prefix("年级", after) != nil { return false }
            // "3年前", "5年后": a distance from now.
            if numbers.prefix("年前", after) != nil || numbers.prefix("年后", after) != nil
                || numbers.prefix("年来", after) != nil
            {
                return false
            }
        }
        return true
    }

    /// Small numbers in words are words more often; times beside "past" and "next" are timeframes.
    private func accepts(_ claim: inout HanClaim, _ number: HanNumber) -> Bool {
        if !number.isDigits, number.numerals == 1, !number.isPercent, !number.isPart {
            if number.low == 1 || claim.dimension == .number { return false }
            if claim.dimension == .count || claim.dimension == .time { claim.confidence = 0.55 }
        }
        if claim.dimension == .time, claim.unit == "a" || claim.unit == "mo" || claim.unit == "wk" || claim.unit == "d",
            han.find(.horizon, text, endingAt: claim.start, floor: max(sentence.lowerBound, claim.start - 12)) != nil
        {
            return false
        }
        return true
    }
}
