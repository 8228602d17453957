import WirewatchKit

/// What may follow an amount as a part of its claim: a rate, and the same amount in other units.
extension SentenceParser {
    // MARK: - Rates

    /// `a year`, `per kilometre`, `each month`, `annually`, `/hour`, `-a-share` after the claim.
    func readPer(_ claim: inout Claim) {
        guard claim.dimension != .rank, claim.dimension != .year else { return }
        var at = claim.end
        if self[at].kind == .slash, !self[at].isSpaced, let name = denominator(at + 1) {
            claim.per = name
            claim.end = at + 2
            return
        }
        let isHyphen = self[at].kind == .hyphen && !self[at].isSpaced
        if isHyphen { at += 1 }
        switch key(at) {
        case .a, .an, .each, .every:
            // "9 ns a day" drifts; "24 hours a day" is an idiom, and "six weeks a year" rarely a rate.
            if claim.dimension == .time {
                guard ["s", "ms", "us", "ns", "ps", "min"].contains(claim.unit) else { return }
            }
            if isHyphen == false,
                isKey(at + 2, .ago) || isKey(at + 2, .earlier) || isKey(at + 2, .later) || isKey(at + 2, .before)
            {
                return
            }
            if isHyphen, self[at + 1].kind == .hyphen { at += 1 }
            if let name = denominator(at + 1) {
                claim.per = name
                claim.end = at + 2
            }
        case .per:
            if self[at + 1].kind == .hyphen { at += 1 }
            if isKey(at + 1, .annum) {
                claim.per = "year"
                claim.end = at + 2
            } else if let unit = longName(at + 1), unit.unit.dimension != .money {
                // "per megawatt-hour", "per square metre"
                let start = self[at + 1].start
                claim.per = Self.metricSpelling(
                    Nouns.singular(string(start, self[unit.end - 1].end).lowercased()))
                claim.end = unit.end
            } else if let name = denominator(at + 1) {
                claim.per = name
                claim.end = at + 2
            } else if self[at + 1].kind == .number || isMagnitude(at + 1), let number = number(at: at + 1) {
                // "per million tokens", "per 10,000 workers"
                let end = countedNoun(at: number.end)?.end ?? number.end
                claim.per = string(tokens: (at + 1)..<end)
                claim.end = end
            } else if isMagnitude(at + 1), let noun = countedNoun(at: at + 2) {
                claim.per = string(tokens: (at + 1)..<noun.end)
                claim.end = noun.end
            } else if isNounPart(at + 1), !isHyphen {
                claim.per = singular(at + 1)
                claim.end = at + 2
            }
        case .annually, .yearly: setPer(&claim, "year", at)
        case .monthly: setPer(&claim, "month", at)
        case .weekly: setPer(&claim, "week", at)
        case .daily: setPer(&claim, "day", at)
        case .hourly: setPer(&claim, "hour", at)
        case .apiece: setPer(&claim, "piece", at)
        default: break
        }
    }

    private func setPer(_ claim: inout Claim, _ name: String, _ at: Int) {
        // "monthly active users" counts users.
        guard claim.dimension != .time, !(isNounPart(at + 1) && !isHyphenated(at)) else { return }
        claim.per = name
        claim.end = at + 1
    }

    private func isHyphenated(_ i: Int) -> Bool { self[i + 1].kind == .hyphen }

    /// The name of what a rate is per, in the singular.
    func denominator(_ i: Int) -> String? {
        guard self[i].kind == .word else { return nil }
        if isClass(i, .denominator) { return singular(i) }
        if let unit = plainUnit(i), unit.dimension != .money, unit.dimension != .percent, !isKey(i, .a),
            !isKey(i, .inWord)
        {
            let length = self[i].end - self[i].start
            if hasInnerCapital(self[i]) { return string(self[i].start, self[i].end) }
            return length <= 2 ? unit.code : Self.metricSpelling(singular(i))
        }
        return nil
    }

    /// One spelling for both sides of the ocean: kilometre, litre, tonne.
    static func metricSpelling(_ word: String) -> String {
        if word.hasSuffix("meter"), word != "meter" { return word.dropLast(2) + "re" }
        return word == "meter" ? "metre" : word == "liter" ? "litre" : word
    }

    // MARK: - Rates apart from the amount

    /// `annual sales of`, `per-kilometre costs by`: a rate said before the amount.
    mutating func attachRate(_ index: Int, floor: Int) {
        let claim = claims[index]
        guard claim.dimension != .time, claim.dimension != .rank, claim.dimension != .year, claim.dimension != .ratio
        else { return }
        for k in stride(from: claim.first - 1, through: max(floor, claim.first - 7), by: -1) {
            if self[k].kind == .semicolon || self[k].kind == .comma { return }
            if isClass(k, .periodic) {
                // "monthly active users" is a kind of user, no rate.
                if isKey(k + 1, .active) { return }
                claims[index].per = period(key(k))
                return
            }
            if isKey(k, .per), self[k + 1].kind == .hyphen, let name = denominator(k + 2) {
                claims[index].per = name
                return
            }
        }
    }

    private func period(_ key: Key) -> String? {
        switch key {
        case .annual, .annually, .yearly: "year"
        case .monthly: "month"
        case .weekly: "week"
        case .daily: "day"
        case .hourly: "hour"
        default: nil
        }
    }

    /// `45 GWh of cells a year`: a rate behind what the amount is of.
    mutating func attachRateBehind(_ index: Int, ceiling: Int) {
        let claim = claims[index]
        guard claim.dimension != .time, claim.dimension != .rank, claim.dimension != .year, isKey(claim.end, .of) else {
            return
        }
        var at = claim.end + 1
        while at < min(ceiling, claim.end + 6), isNounPart(at) { at += 1 }
        guard at > claim.end + 1, isKey(at, .a) || isKey(at, .each) || isKey(at, .every) || isKey(at, .per),
            let name = denominator(at + 1), !isKey(at + 2, .ago), !isKey(at + 2, .earlier)
        else { return }
        claims[index].per = name
    }

    // MARK: - Equivalents

    /// `(US$180.6 million)`, `, or about $180 million`: the same amount in another unit.
    func readEquivalents(_ claim: inout Claim) {
        guard claim.dimension != .count, claim.dimension != .number, claim.dimension != .rank else { return }
        var at = claim.end
        let inParens = self[at].kind == .openParen
        if inParens {
            at += 1
        } else {
            if self[at].kind == .comma { at += 1 }
            guard isKey(at, .or) else { return }
            at += 1
        }
        for start in at..<min(at + 4, tokens.count) {
            guard beginsQuantity(start) else { continue }
            guard start == at || (qualifier(before: start)?.first ?? start) <= at || isKey(at, .or) || isKey(at, .equal)
            else { return }
            guard let phrase = amount(at: start), let unit = phrase.unit else { return }
            guard unit.dimension == claim.dimension, unit.code != claim.unit else { return }
            let amount: Amount = phrase.isRange ? .range(low: phrase.low, high: phrase.high) : .value(phrase.low)
            if inParens {
                // Another conversion or a remark may follow the first before the bracket closes.
                var close = phrase.end
                while close < phrase.end + 8, self[close].kind != .closeParen, self[close].kind != .end { close += 1 }
                guard self[close].kind == .closeParen else { return }
                claim.equivalents.append(Quantity(amount, unit: unit.code))
                if self[phrase.end].kind == .semicolon || self[phrase.end].kind == .comma,
                    let other = self.amount(at: phrase.end + 1),
                    let second = other.unit, second.dimension == claim.dimension
                {
                    claim.equivalents.append(Quantity(.value(other.low), unit: second.code))
                }
                claim.end = close + 1
            } else {
                claim.equivalents.append(Quantity(amount, unit: unit.code))
                claim.end = phrase.end
            }
            return
        }
    }
}
