import WirewatchKit

/// What stands around the claims of a sentence: changes, rates, times, and nouns left out.
extension SentenceParser {
    // MARK: - Changes

    mutating func attachChangesAndRates() {
        for index in claims.indices {
            let floor = index == 0 ? 0 : claims[index - 1].end
            let ceiling = index + 1 < claims.count ? claims[index + 1].first : tokens.count
            attachChange(index, floor: floor, ceiling: ceiling)
            if claims[index].per == nil { attachRate(index, floor: floor) }
            if claims[index].per == nil { attachRateBehind(index, ceiling: ceiling) }
        }
        joinFromAfter()
    }

    private mutating func attachChange(_ index: Int, floor: Int, ceiling: Int) {
        var claim = claims[index]
        guard claim.dimension != .rank, claim.dimension != .year else { return }
        let before = changeVerb(before: claim.first, floor: max(floor, claim.first - 14))
        if claim.change?.from != nil {
            // "from 7 to 10" is a change after a verb of change, or of money and percent unless a word says range.
            let isRange = isRangeWord(before: claim.first)
            if before == nil, isRange || (claim.dimension != .percent && claim.dimension != .money) {
                let from = claim.change?.from?.amount.low ?? 0
                let to = claim.high ?? claim.low ?? 0
                claim.low = min(from, to)
                claim.high = max(from, to)
                claim.isRange = true
                claim.change = nil
            } else {
                let rises = (claim.change?.from?.amount.low ?? 0) <= (claim.low ?? 0)
                claim.change?.direction = before ?? (rises ? .up : .down)
            }
            claims[index] = claim
            return
        }
        guard claim.change == nil else { return }
        if claim.isRange, isKey(claim.first, .from), let direction = before, let ends = claim.ends {
            // "cuts the time from 40 minutes to 5 minutes"
            claim.change = Change(
                direction: direction, from: Quantity(.value(ends.first), unit: claim.unit),
                to: Quantity(.value(ends.second), unit: claim.unit))
            claim.low = ends.second
            claim.high = nil
            claim.isRange = false
            claims[index] = claim
            return
        }
        let preposition = key(claim.first - 1)
        if let direction = before {
            switch preposition {
            case .by: claim.change = Change(direction: direction, by: claim.quantity)
            case .to: claim.change = Change(direction: direction, to: claim.quantity)
            default:
                let isLimit =
                    isKey(claim.first, .below) || isKey(claim.first, .above) || isKey(claim.first, .under)
                    || isKey(claim.first, .over)
                if isLimit, claim.dimension != .percent, isClass(claim.first - 1, .change),
                    !isClass(claim.first - 1, .transitive)
                {
                    // "fell below 200,000 yuan"
                    claim.change = Change(direction: direction, to: claim.quantity)
                } else if isClass(claim.first - 1, .change), !isParticle(claim.first - 1),
                    self[claim.end - 2].kind != .hyphen,
                    claim.dimension == .percent || claim.dimension == .ratio || !isClass(claim.first - 1, .transitive)
                {
                    claim.change = Change(direction: direction, by: claim.quantity)
                }
            }
        } else if preposition == .to, index > 0, claim.first - claims[index - 1].end <= 6,
            let direction = claims[index - 1].change?.direction, claims[index - 1].change?.by != nil,
            claims[index - 1].dimension == .percent || claims[index - 1].dimension == .ratio
                || claims[index - 1].unit == claim.unit && claim.dimension == .money
        {
            // "rose 12 percent to $5 billion"
            claim.change = Change(direction: direction, to: claim.quantity)
        }
        if claim.change == nil, index > 0, let change = changeBefore(claims[index - 1], claim) { claim.change = change }
        if claim.change == nil { claim.change = changeNoun(claim, ceiling: ceiling) }
        claims[index] = claim
    }

    /// `down $2.18, or 1.6 percent`, `up 5% from May and 9% on the year`: the change goes on.
    private func changeBefore(_ last: Claim, _ claim: Claim) -> Change? {
        guard last.change?.by != nil, let direction = last.change?.direction, last.change?.from == nil else {
            return nil
        }
        let isSame = isKey(claim.first - 1, .or) && claim.first - last.end <= 2 && claim.dimension == .percent
        let isNext =
            isKey(claim.first - 1, .and) && last.dimension == .percent && claim.dimension == .percent
            && claim.first - last.end <= 4
        return isSame || isNext ? Change(direction: direction, by: claim.quantity) : nil
    }

    /// The direction of the nearest verb of change before a token.
    private func changeVerb(before i: Int, floor: Int) -> Change.Direction? {
        var k = i - 1
        while k >= max(0, floor) {
            let token = self[k]
            if token.kind == .semicolon { return nil }
            let classes = classes(k)
            // "up to" is a qualifier.
            if classes.contains(.change), !(isKey(k, .up) && isKey(k + 1, .to)), !isKey(k + 1, .than),
                !isParticle(k)
            {
                return classes.contains(.downward) ? .down : .up
            }
            k -= 1
        }
        return nil
    }

    /// The "up" of "makes up" and "freeing up" is a part of a verb that says nothing of growth.
    private func isParticle(_ k: Int) -> Bool {
        guard isKey(k, .up) || isKey(k, .down) else { return false }
        let verb = self[k - 1]
        if isKey(k - 1, .make) || isKey(k - 1, .makes) || isKey(k - 1, .made) || isKey(k - 1, .making) { return true }
        return verb.kind == .word && verb.classes.isEmpty && verb.end - verb.start > 4
            && text[(verb.end - 3)..<verb.end].elementsEqual([0x69, 0x6E, 0x67])
    }

    private func isRangeWord(before i: Int) -> Bool {
        for k in max(0, i - 3)..<max(i, 0) where self[k].kind == .word {
            switch key(k) {
            case .anywhere, .between, .range, .ranges, .ranged, .ranging, .vary, .varies, .varied, .varying: return true
            default: continue
            }
        }
        return false
    }

    /// `a 5 percent increase`, `an increase of 5 percent`, `5% higher`.
    private func changeNoun(_ claim: Claim, ceiling: Int) -> Change? {
        guard
            claim.dimension == .percent || claim.dimension == .ratio || claim.dimension == .money
                || claim.dimension == .count
        else { return nil }
        if isKey(claim.first - 1, .of) {
            for k in stride(from: claim.first - 2, through: max(0, claim.first - 4), by: -1)
            where isClass(k, .changeNoun) { return change(of: claim, k) }
        }
        guard claim.dimension != .count else { return nil }
        for k in claim.end..<max(claim.end, min(claim.end + 4, ceiling)) {
            guard self[k].kind == .word else { return nil }
            if isClass(k, .changeNoun) { return change(of: claim, k) }
            if isClass(k, .comparative) {
                switch key(k) {
                case .higher, .more, .faster, .larger, .greater, .bigger, .better, .longer, .stronger, .quicker:
                    return Change(direction: .up, by: claim.quantity)
                case .lower, .less, .fewer, .smaller, .cheaper, .slower, .shorter, .lighter, .thinner:
                    return Change(direction: .down, by: claim.quantity)
                default: return nil
                }
            }
            if isClass(k, .stop) { return nil }
        }
        return nil
    }

    private func change(of claim: Claim, _ noun: Int) -> Change {
        Change(direction: isClass(noun, .downward) ? .down : .up, by: claim.quantity)
    }

    /// `to $5 billion from $4 billion`: the second claim is where the first came from.
    private mutating func joinFromAfter() {
        var kept = 0
        for index in claims.indices.dropFirst() {
            let claim = claims[kept]
            let next = claims[index]
            let gap = next.first - claim.end
            if next.dimension == claim.dimension || next.dimension == .number && claim.dimension == .money,
                next.unit == claim.unit || next.unit == "1" || claim.dimension == .money && next.unit == claim.unit,
                gap >= 1, gap <= 3, isKey(next.first - 1, .from), claim.change?.from == nil, claim.change?.by == nil,
                let direction = claim.change?.direction
            {
                claims[kept].change = Change(
                    direction: direction, from: Quantity(next.amount, unit: claim.unit), to: claim.quantity)
                claims[kept].end = next.end
            } else {
                kept += 1
                claims[kept] = next
            }
        }
        claims.removeLast(max(0, claims.count - kept - 1))
    }

    // MARK: - Rates

    /// `annual sales of`, `per-kilometre costs by`: a rate said before the amount.
    private mutating func attachRate(_ index: Int, floor: Int) {
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
    private mutating func attachRateBehind(_ index: Int, ceiling: Int) {
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

    // MARK: - Times

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

    // MARK: - Nouns left out

    /// Gives amounts without a noun the noun that they count: "the highest number of robots, at 302.3 million, followed
    /// by the US at 77.7 million".
    mutating func resolveEllipses() {
        shareUnits()
        for index in claims.indices where claims[index].dimension == .number && claims[index].noun < 0 {
            let claim = claims[index]
            if let other = whole(of: index) {
                claims[index].unit = claims[other].unit
                claims[index].dimension = .count
                claims[index].noun = claims[other].noun
                claims[index].confidence = max(claim.confidence, 0.6)
                continue
            }
            let isLarge =
                (claim.high ?? claim.low ?? 0) >= 1_000 || !isWholeWord(claim)
                || isKey(claim.first - 1, .from) && index > 0 && claims[index - 1].dimension == .count
            guard isLarge else { continue }
            if let noun = numberedNoun(before: claim.first) {
                claims[index].unit = singular(noun)
                claims[index].noun = noun
                claims[index].dimension = .count
                claims[index].confidence = max(claim.confidence, 0.7)
            } else if index > 1, isKey(claim.first - 1, .from), claims[index - 1].dimension == .percent,
                claims[index - 2].dimension == .count || claims[index - 2].dimension == .money
            {
                // "fell to 336,681 vehicles, down 13 percent from 386,810"
                claims[index].unit = claims[index - 2].unit
                claims[index].dimension = claims[index - 2].dimension
                claims[index].confidence = max(claim.confidence, 0.6)
            } else if index > 0, claims[index - 1].dimension == .count || claims[index - 1].dimension == .money,
                claim.confidence >= 0.6 || isKey(claim.first - 1, .from) || isKey(claim.first - 1, .to),
                claims[index - 1].unit != "x"
            {
                claims[index].unit = claims[index - 1].unit
                claims[index].dimension = claims[index - 1].dimension
                claims[index].noun = claims[index - 1].noun
                claims[index].confidence = max(claim.confidence, 0.6)
            }
        }
    }

    /// The claim that a bare number is a part of: "121 of the 230 seats", "13,000 people, 600 of whom died".
    private func whole(of index: Int) -> Int? {
        let end = claims[index].end
        guard isKey(end, .of) else { return nil }
        let isBehind = isKey(end + 1, .whom) || isKey(end + 1, .which) || isKey(end + 1, .them)
        if isBehind {
            // "13,000 people in nine countries, 600 of whom"
            let isWho = isKey(end + 1, .whom)
            for other in stride(from: index - 1, through: max(0, index - 3), by: -1)
            where claims[other].dimension == .count && (!isWho || claims[other].unit == "person") { return other }
            return index > 0 && claims[index - 1].dimension == .count ? index - 1 : nil
        }
        let start = isClass(end + 1, .determiner) ? end + 2 : end + 1
        guard index + 1 < claims.count, claims[index + 1].first == start, claims[index + 1].dimension == .count else {
            return nil
        }
        return index + 1
    }

    /// "5 and 7 percent", "10, 20 and 50 kg": the last unit serves all.
    private mutating func shareUnits() {
        var isList = false
        for index in claims.indices.dropLast().reversed() {
            let claim = claims[index]
            let next = claims[index + 1]
            let isJoined =
                next.first == claim.end + 1
                && (isKey(claim.end, .and) || isKey(claim.end, .or) || isList && self[claim.end].kind == .comma)
            isList =
                isJoined && claim.dimension == .number && claim.noun < 0 && claim.change == nil
                && next.dimension != .number && next.dimension != .rank && next.dimension != .year
                && next.dimension != .money
            guard isList else { continue }
            claims[index].unit = next.unit
            claims[index].dimension = next.dimension
            claims[index].noun = next.noun
        }
    }

    private func isWholeWord(_ claim: Claim) -> Bool { (claim.low ?? 0).rounded() == claim.low ?? 0 }

    /// The noun of "number of NOUNS" or "NOUNS reached", before a token.
    private func numberedNoun(before i: Int) -> Int? {
        for k in stride(from: i - 1, through: max(0, i - 24), by: -1) where isKey(k, .number) && isKey(k + 1, .of) {
            return countedNoun(at: k + 2)?.head
        }
        // "Shipments reached 4.5 million", "deliveries totalled 3,000": the subject right before the verb.
        for k in stride(from: i - 1, through: max(1, i - 4), by: -1) where isClass(k, .verb) && isPluralNoun(k - 1) {
            return k - 1
        }
        return nil
    }
}
