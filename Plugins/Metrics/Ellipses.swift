/// Nouns and units that a writer leaves out because they stand beside another amount.
extension SentenceParser {
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
                claims[index].unit = singular(noun, joined: true)
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
