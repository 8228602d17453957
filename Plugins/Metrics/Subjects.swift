/// What is measured, as written: the noun phrase around a claim.
extension SentenceParser {
    /// The subject of a claim; nil when nothing sensible stands there. At most 160 bytes.
    func subject(of claim: Claim, floor: Int, ceiling: Int) -> String? {
        // "freight costs by 29 percent", "sales of about 6 million units", "utilization from 30 percent"
        switch entry(claim.first - 1).key {
        case .by, .of, .to, .at, .from:
            if let range = nounPhrase(endingAt: claim.first - 1, floor: floor) { return text(range) }
        default: break
        }
        if isKey(claim.first, .from), let range = nounPhrase(endingAt: claim.first, floor: floor) { return text(range) }
        // "a market value exceeding US$120 billion"
        if isClass(claim.first, .stop), let range = nounPhrase(endingAt: claim.first, floor: floor), range.count > 1 || claim.dimension == .money {
            return text(range)
        }
        // The clause's subject, up to its verb.
        let start = clauseStart(claim.first, floor: floor)
        var end = start
        while end < claim.first, end < start + 16, !isClass(end, .verb) { end += 1 }
        if end > start, end < claim.first, let range = trim(start..<end) {
            if claim.noun < 0, claim.dimension == .money || claim.dimension == .percent, isKey(claim.end, .inWord) || isKey(claim.end, .of),
                let after = nounPhrase(startingAt: claim.end + 1, ceiling: ceiling)
            {
                return text(range) + " " + text(after)
            }
            return text(range)
        }
        if isKey(claim.end, .inWord) || isKey(claim.end, .of), let after = nounPhrase(startingAt: claim.end + 1, ceiling: ceiling) { return text(after) }
        if claim.noun >= 0, claim.noun < claim.end { return string(self[claim.noun].start, self[claim.noun].end) }
        return trim(start..<max(start, claim.first)).map(text)
    }

    private func text(_ range: Range<Int>) -> String {
        var end = range.upperBound
        while end > range.lowerBound + 1, self[end - 1].end - self[range.lowerBound].start > 160 { end -= 1 }
        guard self[end - 1].end - self[range.lowerBound].start <= 160 else { return "" }
        return string(tokens: range.lowerBound..<end)
    }

    /// The nouns right before a token, with "of" and possessives between them.
    private func nounPhrase(endingAt end: Int, floor: Int) -> Range<Int>? {
        var i = end
        while i > floor, end - i < 12 {
            let token = self[i - 1]
            let isLink = isKey(i - 1, .of) || isKey(i - 1, .the) || isKey(i - 1, .inWord) && i < end - 1
            let isJoint = token.kind == .hyphen && !token.isSpaced || isKey(i - 1, .per)
            guard token.kind == .word && (isNounPart(i - 1) || isClass(i - 1, .changeNoun)) && !isClass(i - 1, .verb) || isLink || isJoint else { break }
            i -= 1
        }
        return trim(i..<end)
    }

    private func nounPhrase(startingAt start: Int, ceiling: Int) -> Range<Int>? {
        var i = start
        while i < ceiling, i - start < 8, self[i].kind == .word, isNounPart(i) || isClass(i, .determiner) { i += 1 }
        return trim(start..<i)
    }

    private func clauseStart(_ i: Int, floor: Int) -> Int {
        var k = i
        var commas = 0
        while k > floor, i - k < 40 {
            let kind = self[k - 1].kind
            if kind == .semicolon || kind == .colon || kind == .openParen || kind == .quote && self[k - 1].isSpaced { break }
            if kind == .comma {
                commas += 1
                // A clause of its own has a verb.
                if containsVerb(k..<i) { break }
            }
            k -= 1
        }
        return k
    }

    private func containsVerb(_ range: Range<Int>) -> Bool { range.contains { isClass($0, .verb) } }

    /// Without the function words and signs at both ends.
    private func trim(_ range: Range<Int>) -> Range<Int>? {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, self[low].kind != .word && self[low].kind != .number || isClass(low, .stop) && !isKey(low, .per) { low += 1 }
        while high > low, self[high - 1].kind != .word || isClass(high - 1, .stop) { high -= 1 }
        return low < high ? low..<high : nil
    }
}
