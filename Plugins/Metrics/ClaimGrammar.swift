import WirewatchKit

/// Claims: an amount with its unit or the noun counted, its qualifier, its rate and its equivalents.
extension SentenceParser {
    func quantity(at i: Int) -> Claim? {
        guard beginsQuantity(i) else { return nil }
        let isBetween = isKey(i - 1, .between)
        guard var phrase = amount(at: i, between: isBetween), inadmissible(phrase) == nil else { return nil }
        guard var claim = claim(from: &phrase) else { return nil }
        if isBetween, phrase.second != nil { claim.first = i - 1 }
        readFromTo(&claim, at: i)
        readQualifiers(&claim, at: i)
        readPer(&claim)
        readEquivalents(&claim)
        return claim
    }

    /// Whether an amount may begin here; a cheap check before the grammar is tried.
    func beginsQuantity(_ i: Int) -> Bool {
        let token = self[i]
        switch token.kind {
        case .number, .currency: return true
        case .minus: return self[i + 1].kind == .number || self[i + 1].kind == .currency
        case .hyphen: return token.isSpaced && self[i + 1].kind == .number && !self[i + 1].isSpaced
        case .word:
            guard token.word >= 0 else { return false }
            let entry = entry(i)
            if entry.classes.contains(.number) || entry.classes.contains(.pluralMagnitude) { return true }
            if entry.key == .a || entry.key == .an {
                return isMagnitude(i + 1) || isKey(i + 1, .dozen) || self.entry(i + 1).part > 0
            }
            if entry.key == .half || entry.key == .quarter || entry.key == .dozens || entry.key == .dozen {
                return true
            }
            if entry.key == .minus || entry.key == .negative { return true }
            return entry.unit >= 0 && isCurrencyCode(i)
        default: return false
        }
    }

    // MARK: - What is counted

    /// A claim from an amount: its unit, or the noun counted, or neither. The phrase's end moves over the noun.
    private func claim(from phrase: inout AmountPhrase) -> Claim? {
        let number = phrase.number
        var claim = Claim(
            first: phrase.first, end: phrase.end, low: phrase.low, high: phrase.high, isRange: phrase.isRange,
            unit: "1",
            dimension: .number, confidence: 0.5)
        claim.ends = phrase.second.map { (number.value, $0.value) }
        if phrase.isOpen { claim.qualifier = .over }
        if number.high != nil { claim.qualifier = .about }
        if let unit = phrase.unit {
            claim.unit = unit.code
            claim.dimension = unit.dimension
            claim.confidence = 0.9
            return acceptUnit(claim, phrase)
        }
        if number.isPart {
            // "half of the users"
            claim.dimension = .ratio
            return claim
        }
        return acceptNoun(claim, phrase)
    }

    private func acceptUnit(_ claim: Claim, _ phrase: AmountPhrase) -> Claim? {
        var claim = claim
        if phrase.number.value == 1, !phrase.number.isDigits, !phrase.number.hasMagnitude, claim.dimension == .time,
            qualifier(before: phrase.first) == nil
        {
            // "one day" is an idiom more often than an amount.
            claim.confidence = 0.45
        }
        guard claim.dimension == .time else { return claim }
        return acceptTime(claim, phrase)
    }

    /// Times are amounts unless they are names, ages, horizons or distances from now.
    private func acceptTime(_ claim: Claim, _ phrase: AmountPhrase) -> Claim? {
        var claim = claim
        let next = claim.end
        if isKey(next, .plan) || isKey(next, .plans) { return nil }
        if self[phrase.first].isCapital, self[phrase.first + 1].kind == .hyphen, phrase.first > 0 { return nil }
        // Ages: "80-year-old", "60 years old", "aged 60".
        let isOld =
            isKey(next, .old) || self[next].kind == .hyphen && isKey(next + 1, .old)
            || isKey(next, .of) && isKey(next + 1, .age)
        if isOld {
            guard self[next].kind != .hyphen, !isPersonNear(phrase.first) else { return nil }
            claim.end = isKey(next, .of) ? next + 2 : next + 1
            return claim
        }
        if isKey(next, .ago) || isKey(next, .earlier) || isKey(next, .later) { return nil }
        // "5 min read" beside a headline
        if isKey(next, .read) { return nil }
        // "24 hours a day", "seven days a week"
        if isKey(next, .a), entry(next + 1).unit >= 0, claim.unit == "h" || claim.unit == "d",
            claim.low == 24 || claim.low == 7
        {
            return nil
        }
        if isHorizon(phrase.first - 1) || isKey(phrase.first - 1, .firstWord) { return nil }
        if claim.unit == "d" || claim.unit == "wk" || claim.unit == "mo" || claim.unit == "a" {
            var base = qualifier(before: phrase.first)?.first ?? phrase.first
            // "in the 12 weeks to November"
            if isKey(base - 1, .the) { base -= 1 }
            switch key(base - 1) {
            case .within, .inWord, .over, .during, .since: claim.isTimeframe = true
            default: break
            }
            // "over three years": a span of time, unless it says for how long.
            if isKey(phrase.first - 1, .over), !isKey(phrase.first - 2, .inWord), key(phrase.first - 2) != .asWord {
                claim.isTimeframe = isOver(phrase.first - 1)
            }
        }
        return claim
    }

    /// `past`, `next`, `last`; but "to last six weeks" and "will last" say how long.
    private func isHorizon(_ i: Int) -> Bool {
        guard isClass(i, .horizon) else { return false }
        return !(isKey(i, .last) && (isKey(i - 1, .to) || isClass(i - 1, .modal)))
    }

    /// Whether "over" before a time says "in the course of": after a verb or a noun rather than "for", "lasted", "took".
    private func isOver(_ i: Int) -> Bool {
        let before = entry(i - 1)
        return !(isKey(i - 1, .forWord) || before.classes.contains(.verb) || self[i - 1].kind == .end)
    }

    private func isPersonNear(_ i: Int) -> Bool {
        for k in max(0, i - 6)..<max(i, 0) where isClass(k, .person) { return true }
        return false
    }

    private func acceptNoun(_ claim: Claim, _ phrase: AmountPhrase) -> Claim? {
        var claim = claim
        let number = phrase.number
        var at = phrase.end
        let isSmallWord =
            !number.isDigits && !number.hasMagnitude && number.value <= 12 && phrase.second == nil
            && number.value.rounded() == number.value && number.value >= 0
        // "200 or more engineers"
        if let found = qualifier(after: at), countedNoun(at: found.end) != nil {
            claim.qualifier = found.qualifier
            at = found.end
        }
        if number.value == 1, isSmallWord { return nil }
        if isKey(at, .of), number.high != nil || number.hasMagnitude {
            at += 1
            if isClass(at, .determiner) { at += 1 }
        }
        // "671-billion-parameter"
        if self[at].kind == .hyphen, !self[at].isSpaced, isGlued(at + 1) {
            guard isClass(at + 1, .hyphenNoun) else { return isClass(at + 1, .afterHyphen) ? claim : nil }
            guard number.hasMagnitude || !isKey(at + 1, .point) else { return nil }
            claim.unit = singular(at + 1)
            claim.dimension = .count
            claim.noun = at + 1
            claim.end = at + 2
            claim.confidence = 0.8
            return claim
        }
        // "10 million times", "46 times"
        if isKey(at, .times) || isKey(at, .time) && number.value != 1 && isKey(at + 1, .none) == false {
            return timesClaim(claim, at: at)
        }
        if isKey(at, .percent) { return nil }
        // "500 more engineers"
        if isKey(at, .more) || isKey(at, .fewer) || isKey(at, .such), countedNoun(at: at + 1) != nil { at += 1 }
        if let noun = countedNoun(at: at), !isWhoExpects(noun.end, behind: phrase.first) {
            claim.noun = noun.head
            claim.unit = singular(noun.head, joined: true)
            claim.dimension = .count
            claim.end = noun.end
            if entry(noun.head).unit >= 0, noun.head > at {
                // "100 million autonomous miles", "5 million Dutch guilders"
                let unit = lexicon.units[Int(entry(noun.head).unit)]
                claim.unit = unit.code
                claim.dimension = unit.dimension
                claim.noun = -1
            }
            claim.confidence = isSmallWord ? 0.55 : 0.8
        } else if number.hasSuffix, number.magnitude == 9, isModelNear(phrase) {
            claim.unit = "parameter"
            claim.dimension = .count
            claim.confidence = 0.7
        } else if isSmallWord {
            claim.confidence = 0.4
        } else if !number.isDigits, !number.hasMagnitude {
            claim.confidence = 0.5
        } else {
            claim.confidence = number.hasMagnitude ? 0.65 : 0.5
        }
        if isSmallWord, isClass(phrase.first - 1, .determiner) || isClass(phrase.first - 1, .horizon) {
            claim.confidence = min(claim.confidence, 0.4)
        }
        return claim
    }

    /// "above the 150,000 economists had expected": the noun is who expects, not what is counted.
    private func isWhoExpects(_ end: Int, behind first: Int) -> Bool {
        guard isKey(first - 1, .the) else { return false }
        let verb = isKey(end, .had) || isKey(end, .have) ? end + 1 : end
        return isClass(verb, .foreseen)
    }

    func isModelNear(_ phrase: AmountPhrase) -> Bool {
        for k in max(0, phrase.first - 6)..<min(tokens.count, phrase.end + 6) {
            let entry = entry(k)
            if (entry.strongCues | entry.weakCues) >> UInt64(max(0, lexicon.modelKind)) & 1 == 1 { return true }
        }
        return false
    }

    /// `N times`: a ratio before a comparative, otherwise a count of what the words before it say happened.
    private func timesClaim(_ claim: Claim, at times: Int) -> Claim {
        var claim = claim
        claim.end = times + 1
        if isClass(times + 1, .comparative), claim.low ?? 0 < 1_000_000 {
            claim.unit = "x"
            claim.dimension = .ratio
            claim.confidence = 0.8
            return claim
        }
        // "1.9 times sales": nothing happens a part of a time.
        if !claim.isRange, let value = claim.low, value != value.rounded(), value < 1_000 {
            claim.unit = "x"
            claim.dimension = .ratio
            claim.confidence = 0.7
            return claim
        }
        claim.dimension = .count
        claim.confidence = 0.75
        claim.unit = "time"
        for k in stride(from: claim.first - 1, through: max(0, claim.first - 8), by: -1) where self[k].kind == .word {
            let word = string(self[k].start, self[k].end).lowercased()
            if let unit = Self.timesUnits[word] {
                claim.unit = unit
                claim.noun = times
                break
            }
        }
        return claim
    }

    private static let timesUnits: [String: String] = [
        "downloaded": "download", "downloads": "download", "installed": "install", "appears": "mention",
        "appear": "mention", "appeared": "mention", "cited": "mention", "mentioned": "mention", "mentions": "mention",
        "mention": "mention", "occurs": "mention", "occurred": "mention", "referenced": "mention", "used": "time",
        "viewed": "view", "watched": "view", "streamed": "stream", "shared": "share", "liked": "like", "played": "play",
        "visited": "visit", "clicked": "click", "cites": "mention", "repeated": "mention", "named": "mention",
    ]

    // MARK: - From one amount to another

    /// `from 30-40 percent to about 70 percent`, `from $4 billion in 2024 to $5 billion`.
    private func readFromTo(_ claim: inout Claim, at i: Int) {
        let before = qualifier(before: i)?.first ?? i
        guard isKey(before - 1, .from) else { return }
        var at = claim.end
        let bound = min(at + 7, tokens.count)
        while at < bound, !isKey(at, .to), self[at].kind == .word || self[at].kind == .code || self[at].kind == .comma {
            // "start from 99,000 and go up to 649,000" are two claims.
            if isClass(at, .verb) || isKey(at, .and) { return }
            at += 1
        }
        guard isKey(at, .to) else {
            // The range grammar took "from 7 to 10" whole already.
            if claim.isRange, claim.low != nil, self[claim.first].kind != .end, isRangeWithTo(claim) {
                claim.first = before - 1
            }
            return
        }
        // Qualifiers may stand before the second amount.
        for start in (at + 1)..<min(at + 5, tokens.count + 1) {
            guard beginsQuantity(start), var phrase = amount(at: start) else { continue }
            let reached = qualifier(before: start)
            guard start == at + 1 || (reached?.first ?? start) == at + 1 else { return }
            guard let second = self.claim(from: &phrase),
                second.dimension == claim.dimension || claim.dimension == .number
            else { return }
            let from = Quantity(claim.amount, unit: second.unit)
            claim.change = Change(direction: nil, from: from, to: second.quantity)
            claim.low = second.low
            claim.high = second.high
            claim.isRange = second.isRange
            claim.unit = second.unit
            claim.dimension = second.dimension
            claim.noun = second.noun
            claim.qualifier = reached?.qualifier ?? second.qualifier
            claim.end = second.end
            claim.first = before - 1
            claim.confidence = max(claim.confidence, second.confidence)
            return
        }
    }

    private func isRangeWithTo(_ claim: Claim) -> Bool {
        for k in claim.first..<claim.end where isKey(k, .to) || isKey(k, .through) { return true }
        return false
    }

    private func readQualifiers(_ claim: inout Claim, at i: Int) {
        // "more than a three-hundred-million-yuan": the article stands between.
        let start = isKey(i - 1, .a) || isKey(i - 1, .an) ? i - 1 : i
        if claim.first == i, let found = qualifier(before: start) {
            claim.qualifier = found.qualifier
            claim.first = found.first
            claim.confidence = min(claim.confidence + 0.1, 1)
        } else if claim.first == i, let qualifier = verbQualifier(before: i) {
            claim.qualifier = qualifier
        }
        if let found = qualifier(after: claim.end) {
            claim.qualifier = claim.qualifier ?? found.qualifier
            claim.end = found.end
        }
    }
}
