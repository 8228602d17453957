/// Phrases of time, and the claims that they belong to.
extension SentenceParser {
    /// Marks the phrases of time: "within six days of its launch", "so far in 2025", "by 2050", "the next decade".
    mutating func findTimeframes() {
        // Horizons without a number are timeframes; so are the claims that stand in a phrase of time.
        var i = 0
        while i < tokens.count {
            if let range = timeframe(at: i) {
                timeframes.append(range)
                i = max(range.upperBound, i + 1)
            } else {
                i += 1
            }
        }
        guard claims.contains(where: \.isTimeframe) else { return }
        let hasOther = claims.contains { !$0.isTimeframe }
        if hasOther {
            claims.removeAll(where: \.isTimeframe)
        } else {
            for index in claims.indices where claims[index].isTimeframe {
                claims[index].confidence = min(claims[index].confidence, 0.55)
            }
        }
    }

    func timeframe(at i: Int) -> Range<Int>? {
        guard self[i].kind == .word, self[i].word >= 0, self[i - 1].kind != .hyphen else { return nil }
        // "so far in 2025", "so far this year"
        if isKey(i, .so), isKey(i + 1, .far) {
            if let inner = timeframe(at: i + 2) { return i..<inner.upperBound }
            return nil
        }
        if isKey(i, .this) || isKey(i, .last) || isKey(i, .next), isPeriod(i + 1), !isKey(i + 1, .time),
            !self[i + 1].flags.contains(.possessive)
        {
            return i..<(i + 2)
        }
        switch key(i) {
        case .within, .inWord, .by, .since, .until, .till, .over, .during, .before, .after, .between, .from, .through:
            break
        default: return nil
        }
        var at = i + 1
        let bound = min(i + 9, tokens.count)
        var found: Int?
        while at < bound {
            let token = self[at]
            if token.kind == .code {
                guard token.flags.contains(.date) else { return found.map { i..<$0 } }
                found = at + 1
                at += 1
                continue
            }
            if token.kind == .number || isNumberWord(at), let number = number(at: at),
                let match = unit(at: number.end, after: number),
                match.unit.dimension == .time
            {
                let isShort =
                    match.unit.code == "s" || match.unit.code == "min" || match.unit.code == "h"
                    || match.unit.code == "ms"
                // "after a 171-day mission"
                if isShort && !isKey(i, .within) || self[number.end].kind == .hyphen { break }
                at = match.end
                found = at
                if isKey(at, .of) {
                    // "of its launch", "of 1989"
                    var end = at + 1
                    if isClass(end, .determiner) { end += 1 }
                    if self[end].kind == .word && isNounPart(end) || self[end].kind == .code {
                        end += 1
                        found = end
                    }
                }
                break
            }
            if isPeriod(at) || isMonth(at) {
                // "this year's report"
                if token.flags.contains(.possessive) { break }
                found = at + 1
                at += 1
                if isKey(at, .ago) || isKey(at, .earlier) || isKey(at, .before) {
                    found = at + 1
                    break
                }
                continue
            }
            let classes = classes(at)
            let isFiller =
                !classes.isDisjoint(with: [.determiner, .horizon]) || isKey(at, .end) || isKey(at, .of)
                || isKey(at, .early)
                || isKey(at, .late) || isKey(at, .mid) || isKey(at, .half) || isKey(at, .second) || isKey(at, .third)
                || isKey(at, .start) || isKey(at, .beginning) || isKey(at, .to) || isKey(at, .and) || isKey(at, .less)
                || isKey(at, .than)
                || token.kind == .hyphen || token.kind == .dash || token.kind == .period && isMonth(at - 1)
                || isKey(at, .inWord) || token.kind == .ordinal
                || isKey(at, .just)
            // "since opening in 2019"
            let isSince = isKey(i, .since) && token.kind == .word && at <= i + 5
            guard isFiller || isSince else { break }
            at += 1
        }
        guard let found else { return nil }
        return i..<found
    }

    private func isPeriod(_ i: Int) -> Bool {
        guard self[i].kind == .word else { return false }
        switch key(i) {
        case .year, .years, .quarter, .week, .month, .decade: return true
        default:
            return self[i].flags.contains(.digits) && self[i].end - self[i].start == 2
                && (byte(self[i]) | 0x20 == 0x71 || byte(self[i]) | 0x20 == 0x68)
        }
    }

    /// The phrase of time that belongs to a claim: the next one without a comma between, or the last one before it.
    func timeframe(of claim: Claim, next: Int) -> String? {
        // The first timeframe that ends behind the claim.
        var low = 0
        var high = timeframes.count
        while low < high {
            let middle = (low + high) / 2
            if timeframes[middle].lowerBound >= claim.end { high = middle } else { low = middle + 1 }
        }
        if low < timeframes.count, timeframes[low].lowerBound - claim.end < 40,
            !hasBreak(claim.end, timeframes[low].lowerBound)
        {
            return string(tokens: timeframes[low])
        }
        // A time before the claim holds for it, and for those after it.
        while low > 0 {
            low -= 1
            guard timeframes[low].upperBound <= claim.first else { continue }
            // "founded in 2023" dates the founding alone.
            switch key(timeframes[low].lowerBound - 1) {
            case .founded, .established, .opened, .born, .formed, .launched, .started: return nil
            default: return string(tokens: timeframes[low])
            }
        }
        return nil
    }

    private func hasBreak(_ from: Int, _ to: Int) -> Bool {
        for k in from..<max(from, to) {
            switch self[k].kind {
            case .comma, .semicolon, .openParen, .closeParen, .colon: return true
            default: continue
            }
        }
        return false
    }
}
