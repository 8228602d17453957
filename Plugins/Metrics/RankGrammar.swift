import WirewatchKit

/// Claims that are no amounts: ranks, planned years, multiples in words.
extension SentenceParser {
    /// `top 10`, `No. 1`, `ranked fifth`, `third-largest`.
    func rank(at i: Int) -> Claim? {
        func claim(
            _ first: Int, _ end: Int, _ value: Double, _ qualifier: Metric.Qualifier?, _ confidence: Double
        ) -> Claim {
            Claim(
                first: first, end: end, low: value, high: nil, unit: "rank", dimension: .rank, qualifier: qualifier,
                confidence: confidence)
        }
        let token = self[i]
        guard token.kind == .word || token.kind == .ordinal else { return nil }
        if isKey(i, .top) {
            var at = i + 1
            if self[at].kind == .hyphen, !self[at].isSpaced { at += 1 }
            guard let number = number(at: at), !number.hasMagnitude, number.value >= 2, number.value <= 1_000,
                number.value.rounded() == number.value
            else { return nil }
            let next = self[number.end]
            // "top 10 cm", "top 5 percent" are amounts.
            if next.kind == .percent || isKey(number.end, .percent) || !next.isSpaced && next.kind == .word {
                return nil
            }
            if unit(at: number.end, after: number) != nil, !isKey(number.end, .inWord) { return nil }
            return claim(i, number.end, number.value, .upTo, 0.85)
        }
        if isKey(i, .no), token.isCapital, self[i + 1].kind == .period, self[i + 2].kind == .number,
            self[i + 2].number.value <= 20,
            self[i + 2].flags.isDisjoint(with: [.decimal, .grouped]),
            !(self[i + 3].kind == .word && self[i + 3].isCapital)
        {
            return claim(i, i + 3, self[i + 2].number.value, nil, 0.7)
        }
        if isKey(i, .number), isKey(i + 1, .one), !isKey(i + 2, .of) { return claim(i, i + 2, 1, nil, 0.7) }
        let value = ordinal(i)
        guard value > 0 else { return nil }
        if isKey(i - 1, .ranked) || isKey(i - 1, .ranks) || isKey(i - 1, .ranking) || isKey(i - 1, .rank)
            || isKey(i - 1, .placed)
        {
            return claim(i - 1, i + 1, value, nil, 0.85)
        }
        // "ranked China ninth globally"
        let next = self[i + 1]
        if isRanked(i - 2) || isRanked(i - 3), next.kind != .hyphen, !isNounPart(i + 1) || isAdverb(next) {
            return claim(i, i + 1, value, nil, 0.7)
        }
        // "third-largest", "second biggest"
        let at = self[i + 1].kind == .hyphen ? i + 2 : i + 1
        if isClass(at, .superlative), value > 1 { return claim(i, at + 1, value, nil, 0.6) }
        return nil
    }

    private func isRanked(_ i: Int) -> Bool { isKey(i, .ranked) || isKey(i, .ranks) || isKey(i, .ranking) }

    private func isAdverb(_ token: Token) -> Bool {
        token.end - token.start > 2 && text[token.end - 2] == 0x6C && text[token.end - 1] == 0x79
    }

    private func ordinal(_ i: Int) -> Double {
        if self[i].kind == .ordinal { return self[i].number.value }
        return entry(i).ordinal
    }

    /// `planned for 2026`, `slated for late 2027`: a year with a cue that something is to happen then.
    func dateTarget(at i: Int) -> Claim? {
        guard isClass(i, .plan), self[i].kind == .word else { return nil }
        var at = i + 1
        var first = i
        // "planned to begin in 2026", "expected to launch by 2026"
        if isKey(at, .to) {
            at += 1
            let bound = at + 9
            while at < bound, self[at].kind == .word, !((isKey(at, .inWord) || isKey(at, .by)) && isNearYear(at)) {
                at += 1
            }
            guard isKey(at, .inWord) || isKey(at, .by) else { return nil }
            first = at
        }
        guard isKey(at, .forWord) || isKey(at, .inWord) || isKey(at, .by) || self[at].flags.contains(.date) else {
            return nil
        }
        if !self[at].flags.contains(.date) { at += 1 }
        var steps = 0
        while steps < 4, self[at].kind == .word,
            isKey(at, .early) || isKey(at, .late) || isKey(at, .mid) || isKey(at, .the) || isKey(at, .end)
                || isKey(at, .of) || isMonth(at)
                || isKey(at, .firstWord) || isKey(at, .second) || isKey(at, .third) || isKey(at, .half)
                || isKey(at, .quarter)
                || isKey(at, .year) || (self[at].flags.contains(.digits) && self[at].end - self[at].start == 2)
        {
            at += 1
            if self[at].kind == .hyphen || self[at].kind == .comma { at += 1 }
            steps += 1
        }
        guard self[at].kind == .code, isYearLike(at), self[at].number.value >= 1_990,
            self[at + 1].kind != .hyphen || self[at + 1].isSpaced
        else { return nil }
        return Claim(
            first: first, end: at + 1, low: self[at].number.value, high: nil, unit: "a", dimension: .year,
            confidence: first == i ? 0.75 : 0.6)
    }

    private func isNearYear(_ i: Int) -> Bool {
        for k in (i + 1)..<(i + 6) {
            if self[k].kind == .code { return isYearLike(k) }
            guard self[k].kind == .word || self[k].kind == .hyphen else { return false }
        }
        return false
    }

    /// `twofold`, `tenfold`, `five-fold`, `doubled`, `twice as fast`.
    func multiple(at i: Int) -> Claim? {
        guard self[i].kind == .word else {
            // "10-fold", "3 fold"
            guard self[i].kind == .number else { return nil }
            return fold(number: i)
        }
        switch key(i) {
        case .twofold: return multiple(2, at: i, .up)
        case .threefold: return multiple(3, at: i, .up)
        case .fourfold: return multiple(4, at: i, .up)
        case .fivefold: return multiple(5, at: i, .up)
        case .tenfold: return multiple(10, at: i, .up)
        case .hundredfold: return multiple(100, at: i, .up)
        case .doubled, .doubling, .tripled, .tripling, .quadrupled, .halved:
            let isTriple = isKey(i, .tripled) || isKey(i, .tripling)
            let value = isKey(i, .quadrupled) ? 4 : isTriple ? 3 : isKey(i, .halved) ? 0.5 : 2.0
            var found = multiple(value, at: i, isKey(i, .halved) ? .down : .up)
            // "more than doubled"
            if isKey(i - 1, .than), isKey(i - 2, .more) {
                found.first = i - 2
                found.qualifier = .over
            }
            return found
        case .twice, .thrice:
            guard isKey(i + 1, .asWord) || isKey(i + 1, .the) else { return nil }
            return multiple(isKey(i, .twice) ? 2 : 3, at: i, nil)
        default: return isNumberWord(i) ? fold(number: i) : nil
        }
    }

    private func multiple(_ value: Double, at i: Int, _ direction: Change.Direction?) -> Claim {
        var claim = Claim(first: i, end: i + 1, low: value, unit: "x", dimension: .ratio, confidence: 0.6)
        if let direction { claim.change = Change(direction: direction, by: Quantity(.value(value), unit: "x")) }
        if let found = qualifier(before: i) {
            claim.first = found.first
            claim.qualifier = found.qualifier
        }
        return claim
    }

    private func fold(number i: Int) -> Claim? {
        var at = i + 1
        if self[at].kind == .hyphen { at += 1 }
        guard isKey(at, .fold), let phrase = number(at: i), phrase.end == i + 1 else { return nil }
        return Claim(
            first: qualifier(before: i)?.first ?? i, end: at + 1, low: phrase.value, high: nil, unit: "x",
            dimension: .ratio,
            qualifier: qualifier(before: i)?.qualifier,
            change: Change(direction: .up, by: Quantity(.value(phrase.value), unit: "x")),
            confidence: 0.75)
    }
}
