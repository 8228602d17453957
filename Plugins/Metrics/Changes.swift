import WirewatchKit

/// Changes: from one amount to another, to one, by one.
extension SentenceParser {
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
}
