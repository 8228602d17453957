import WirewatchKit

/// A claim of a Chinese sentence, as byte offsets into the whole text.
struct HanClaim {
    var start: Int
    var end: Int
    var low: Double
    var high: Double?
    var unit: String
    var dimension: Dimension
    var qualifier: Metric.Qualifier?
    var per: String?
    var change: Change?
    var equivalents: [Quantity] = []
    var confidence: Double
    /// Where the number begins, behind the qualifier.
    var numberStart: Int

    var amount: Amount { high.map { .range(low: low, high: $0) } ?? .value(low) }
    var quantity: Quantity { Quantity(amount, unit: unit) }
}

/// Finds the claims of one sentence in Chinese.
///
/// Works on bytes without cutting the text into words: from each number it looks a bounded number of characters to
/// either side, so that a sentence takes linear time whatever it holds.
struct HanParser {
    let text: [UInt8]
    let lexicon: Lexicon
    let han: HanLexicon
    let numbers: HanNumberReader
    let sentence: Range<Int>
    private(set) var claims: [HanClaim] = []
    /// Phrases of time, ascending.
    private(set) var periods: [Range<Int>] = []

    /// How many bytes are looked at before a number.
    static let reach = 60

    init(text: [UInt8], sentence: Range<Int>, lexicon: Lexicon) {
        self.text = text
        self.sentence = sentence
        self.lexicon = lexicon
        han = lexicon.han
        numbers = HanNumberReader(text: text, end: sentence.upperBound)
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

    mutating func parse() {
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

    private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    private func isDigit(_ i: Int) -> Bool { i < end && text[i] >= 0x30 && text[i] <= 0x39 }

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

    // MARK: - Units

    /// The unit right behind a number: a name in Chinese, or a symbol.
    func unit(after number: HanNumber) -> (unit: Unit, end: Int)? {
        var at = number.end
        if at < end, text[at] == 0x20 { at += 1 }
        if let found = han.find(.unit, text, at, end) {
            let unit = han.units[found.value]
            // "次数", "人工" and the like are caught by the longest match; "分" and "度" alone are no units here.
            if unit.dimension == .ratio || unit.dimension != .time || number.isDigits || number.numerals >= 1 {
                return compound(unit, found.end)
            }
        }
        guard at < end, isLetter(text[at]) || text[at] == 0xC2 || text[at] == 0xCE else { return nil }
        // "80GB", "350km/h", "7nm", "100W"
        var stop = at
        while stop < end, stop < at + 8,
            isLetter(text[stop]) || text[stop] == 0xC2 || text[stop] == 0xCE || text[stop] & 0xC0 == 0x80
        { stop += 1 }
        guard let index = lexicon.symbol(text, at, stop) ?? lexicon.name(text, at, stop) else { return nil }
        // "5G", "3D", "10T"
        let unit = lexicon.units[index]
        if stop - at == 1, unit.dimension == .other || unit.dimension == .temperature || text[at] == 0x64 { return nil }
        return compound(unit, stop)
    }

    /// `350公里/小时`, `80GB/s`.
    private func compound(_ unit: Unit, _ at: Int) -> (unit: Unit, end: Int) {
        guard at + 1 < end, text[at] == 0x2F, unit.dimension != .money, unit.dimension != .percent else {
            return (unit, at)
        }
        if let below = han.find(.unit, text, at + 1, end) {
            return (Unit(code: "\(unit.code)/\(han.units[below.value].code)", dimension: .rate), below.end)
        }
        var stop = at + 1
        while stop < end, stop < at + 6, isLetter(text[stop]) { stop += 1 }
        guard stop > at + 1, let below = lexicon.symbol(text, at + 1, stop) else { return (unit, at) }
        return (Unit(code: "\(unit.code)/\(lexicon.units[below].code)", dimension: .rate), stop)
    }

    /// The second number of a range: `30%至40%`, `3万至5万台`, `30-40万元`.
    private func range(after number: HanNumber, unit: Unit?, unitEnd: Int?) -> (low: Double, number: HanNumber)? {
        guard number.high == nil, !number.isPart else { return nil }
        var at = unitEnd ?? number.end
        if let next = numbers.prefix("至", at) ?? numbers.prefix("到", at) ?? numbers.prefix("～", at) ?? numbers.prefix(
            "—", at)
            ?? numbers.prefix("–", at) ?? numbers.prefix("－", at)
        {
            at = next
        } else if at < end, text[at] == 0x2D || text[at] == 0x7E {
            at += 1
        } else {
            return nil
        }
        guard let second = self.number(at: at), second.high == nil, second.isDigits == number.isDigits else {
            return nil
        }
        if let unit {
            guard let other = self.unit(after: second), other.unit.code == unit.code else { return nil }
        }
        var low = number.low
        if unit == nil, second.magnitude > 0, number.magnitude == 0, low < second.low {
            low *= DecimalNumber.powers[min(second.magnitude, 16)]
        }
        return low == second.low ? nil : (low, second)
    }

    // MARK: - What is counted

    /// The noun counted, behind the number or before it; false when nothing says that this is an amount.
    private func counts(_ claim: inout HanClaim, _ number: HanNumber) -> Bool {
        var at = number.end
        let classifier = han.find(.classifier, text, at, end)
        if let classifier { at = classifier.end }
        if let noun = noun(after: at, reach: classifier == nil ? 12 : 30) {
            claim.unit = han.names[noun.value]
            claim.end = noun.end
            claim.dimension = .count
            claim.confidence = 0.8
            return true
        }
        let before = han.find(
            .noun, text, endingAt: lastNoun(before: claim.start),
            floor: max(sentence.lowerBound, claim.start - Self.reach))
        if let classifier {
            claim.unit = han.names[classifier.value]
            claim.end = classifier.end
            claim.dimension = .count
            claim.confidence = 0.7
            if claim.unit == "time" || claim.unit == "unit", let before, han.names[before.value] != "person" {
                let name = han.names[before.value]
                if name == "download" || name == "view" || name == "mention" || claim.unit == "unit" {
                    claim.unit = name
                }
            }
            return true
        }
        if let before, number.isDigits || number.numerals > 1 {
            claim.unit = han.names[before.value]
            claim.dimension = .count
            claim.confidence = 0.7
            return true
        }
        claim.confidence = number.magnitude > 0 ? 0.6 : 0.5
        return number.isDigits || number.numerals > 2
    }

    /// The first known noun behind a place, with at most a few words between that describe it: `3万台人形机器人`.
    private func noun(after start: Int, reach: Int) -> (value: Int, end: Int)? {
        var i = start
        while i < min(end, start + reach) {
            if let found = han.find(.noun, text, i, end) {
                // "科技公司员工": the last of nouns in a row is the one counted.
                if let next = han.find(.noun, text, found.end, end), !Self.deeds.contains(han.names[next.value]) {
                    return next
                }
                // The "人" of "人形机器人" begins a longer word.
                if found.end - i == 3, let longer = longNoun(after: found.end) { return longer }
                return found
            }
            let byte = text[i]
            // Punctuation and other numbers end the phrase.
            if byte < 0x80, !isLetter(byte) { return nil }
            if byte == 0xE3 && i + 1 < end && text[i + 1] == 0x80 || byte == 0xEF { return nil }
            if numbers.prefix("的", i) != nil && i > start + 12 || numbers.prefix("和", i) != nil { return nil }
            if han.find(.rising, text, i, end) != nil || han.find(.falling, text, i, end) != nil { return nil }
            i += width(i)
        }
        return nil
    }

    /// What is done as well as counted: behind a noun it is the verb.
    private static let deeds: Set<String> = ["download", "view", "mention", "sale", "shipment"]

    private func longNoun(after start: Int) -> (value: Int, end: Int)? {
        var i = start
        while i < min(end, start + 9), text[i] >= 0xE4 {
            if let found = han.find(.noun, text, i, end) { return found.end - i > 3 ? found : nil }
            i += width(i)
        }
        return nil
    }

    /// Where the noun nearest before a place ends, within its clause; the place itself when there is none.
    private func lastNoun(before place: Int) -> Int {
        var i = place
        var steps = 0
        while i > sentence.lowerBound, steps < 12 {
            if isBreak(before: i) { return place }
            if han.find(.noun, text, endingAt: i, floor: max(sentence.lowerBound, i - 21)) != nil { return i }
            i -= 1
            while i > sentence.lowerBound, text[i] & 0xC0 == 0x80 { i -= 1 }
            steps += 1
        }
        return place
    }

    /// Whether a comma or a like sign stands right before a place.
    func isBreak(before i: Int) -> Bool {
        guard i > sentence.lowerBound else { return true }
        let byte = text[i - 1]
        if byte == 0x2C || byte == 0x3B || byte == 0x3A || byte == 0x0A { return true }
        guard i - 3 >= sentence.lowerBound else { return false }
        switch HanNumberReader.scalar(text, i - 3) {
        case 0xFF0C, 0xFF1B, 0xFF1A, 0x3002, 0xFF08, 0x201C, 0x201D: return true
        default: return false
        }
    }

    // MARK: - Ranks

    /// `排名第三`, `位居第二`, `全球前十`, `第三大`.
    private func rank(at i: Int) -> HanClaim? {
        func claim(_ start: Int, _ end: Int, _ value: Double, _ qualifier: Metric.Qualifier?) -> HanClaim {
            HanClaim(
                start: start, end: end, low: value, unit: "rank", dimension: .rank, qualifier: qualifier,
                confidence: 0.75,
                numberStart: start)
        }
        if let after = numbers.prefix("第", i), let number = number(at: after), number.low >= 1, number.low <= 1_000 {
            for word: StaticString in ["排名", "位列", "位居", "排在", "名列", "居"]
            where numbers.prefix(word, i - word.utf8CodeUnitCount) != nil {
                return claim(i, number.end, number.low, nil)
            }
            if let large = numbers.prefix("大", number.end), number.low > 1 { return claim(i, large, number.low, nil) }
        }
        if let after = numbers.prefix("前", i), let number = number(at: after), number.low >= 2, number.low <= 1_000,
            let stop = numbers.prefix("名", number.end) ?? numbers.prefix("强", number.end)
                ?? numbers.prefix("位", number.end)
        {
            return claim(i, stop, number.low, .upTo)
        }
        return nil
    }
}
