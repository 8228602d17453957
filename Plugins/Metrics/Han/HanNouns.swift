import WirewatchKit

/// What is counted in Chinese text, and what has a rank.
extension HanParser {
    /// The noun counted, behind the number or before it; false when nothing says that this is an amount.
    func counts(_ claim: inout HanClaim, _ number: HanNumber) -> Bool {
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
    func rank(at i: Int) -> HanClaim? {
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
