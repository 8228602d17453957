/// What is measured, as written: the noun phrase around a claim.
extension SentenceParser {
    /// The subject of a claim; nil when nothing sensible stands there. At most 160 bytes.
    func subject(of claim: Claim, floor: Int, ceiling: Int) -> String? {
        // "the highest number of humanoid robots, at 302.3 million"
        if claim.noun >= 0, claim.noun < claim.first, let range = nounPhrase(endingAt: claim.noun + 1, floor: 0) {
            return text(range)
        }
        // "freight costs by 29 percent", "sales of about 6 million units", "utilization from 30 percent"
        let preposition = isKey(claim.first, .from) ? claim.first : claim.first - 1
        switch key(preposition) {
        case .by, .of, .at, .from:
            if let range = nounPhrase(endingAt: preposition, floor: floor) { return text(range) }
        default: break
        }
        // "a 6.7-inch display", "40% less power", "three days to train a robot"
        if claim.noun < 0, claim.dimension != .money, claim.dimension != .number {
            if isKey(claim.end, .to), claim.dimension == .time {
                return text((claim.end + 1)..<clauseEnd(claim.end + 1, ceiling: ceiling))
            }
            let at =
                isKey(claim.end, .less) || isKey(claim.end, .more) || isKey(claim.end, .of)
                    || isKey(claim.end, .inWord) && claim.dimension == .rank ? claim.end + 1 : claim.end
            if !isClass(at, .changeNoun), !isKey(at, .year), let after = nounPhrase(startingAt: at, ceiling: ceiling) {
                return text(after)
            }
        }
        // "a market value exceeding US$120 billion"
        if isClass(claim.first, .stop), claim.dimension == .money,
            let range = nounPhrase(endingAt: claim.first, floor: floor)
        {
            return text(range)
        }
        if claim.dimension == .money, isKey(claim.end, .inWord),
            timeframe(at: claim.end) == nil,
            let after = nounPhrase(startingAt: claim.end + 1, ceiling: ceiling)
        {
            return text(after)
        }
        for start in [floor, 0] {
            if let range = clauseSubject(claim, floor: start) { return text(range) }
        }
        if claim.noun >= 0, claim.noun < claim.end { return string(self[claim.noun].start, self[claim.noun].end) }
        return nil
    }

    /// The noun phrase before the verb of the claim's clause.
    private func clauseSubject(_ claim: Claim, floor: Int) -> Range<Int>? {
        var start = clauseStart(claim.first, floor: floor)
        if floor > 0, start == floor, isClass(start, .preposition) { return nil }
        // "Wang said the nursing home has": what was said has its own subject.
        for k in start..<min(claim.first, start + 10)
        where isClass(k, .report) && !isAuxiliary(k - 1) && containsVerb((k + 1)..<claim.first) {
            start = k + 1
        }
        var end = start
        while end < claim.first, end < start + 16, !isClass(end, .verb), !(isClass(end, .change) && end > start) {
            end += 1
        }
        guard end < claim.first || floor > 0 || !isKey(claim.first - 1, .none) else { return nil }
        guard end < claim.first, let range = trim(start..<end) else { return nil }
        return range
    }

    /// The end of an infinitive's phrase: the next sign, or eight words.
    private func clauseEnd(_ i: Int, ceiling: Int) -> Int {
        var end = i
        while end < min(ceiling, i + 8), self[end].kind == .word { end += 1 }
        while end > i + 1, isClass(end - 1, .stop) { end -= 1 }
        return max(end, min(i + 1, tokens.count))
    }

    private func text(_ range: Range<Int>) -> String {
        var end = range.upperBound
        while end > range.lowerBound + 1, self[end - 1].end - self[range.lowerBound].start > 160 { end -= 1 }
        guard self[end - 1].end - self[range.lowerBound].start <= 160 else { return "" }
        // "5G" is cut in two tokens.
        let low = range.lowerBound
        let isCut = low > 0 && !self[low].isSpaced && self[low - 1].kind == .number
        return string(tokens: (isCut ? low - 1 : low)..<end)
    }

    /// The nouns right before a token, with "of" and possessives between them.
    private func nounPhrase(endingAt end: Int, floor: Int) -> Range<Int>? {
        var i = end
        while i > floor, end - i < 12 {
            let token = self[i - 1]
            let isLink = isKey(i - 1, .of) || isKey(i - 1, .the) || isKey(i - 1, .inWord) && i < end - 1
            let isJoint = token.kind == .hyphen && !token.isSpaced || isKey(i - 1, .per)
            // "costs" and "sales" right before the preposition are nouns, whatever else they may be.
            let isNoun =
                isNounPart(i - 1) && !isClass(i - 1, .verb)
                || i == end && (isClass(i - 1, .changeNoun) || isClass(i - 1, .verb) && text[token.end - 1] == 0x73)
            if i < end, isClass(i - 1, .change), !isNounPart(i - 1) || isClass(i - 1, .verb) { break }
            guard token.kind == .word && isNoun || isLink || isJoint else { break }
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
            if kind == .semicolon || kind == .colon || kind == .openParen || kind == .quote && self[k - 1].isSpaced {
                break
            }
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

    /// `costs`, `sales`: a plural that is a verb elsewhere.
    func isPluralVerb(_ i: Int) -> Bool {
        isClass(i, .verb) && self[i].kind == .word && text[self[i].end - 1] == 0x73
    }

    /// Without the function words and signs at both ends.
    private func trim(_ range: Range<Int>) -> Range<Int>? {
        var low = range.lowerBound
        var high = range.upperBound
        let last = high - 1
        while low < high,
            self[low].kind != .word && self[low].kind != .number || isClass(low, .stop) && !isKey(low, .per)
        { low += 1 }
        while high > low,
            self[high - 1].kind != .word || isClass(high - 1, .stop) && !(high - 1 == last && isPluralVerb(last))
        { high -= 1 }
        return low < high ? low..<high : nil
    }
}
