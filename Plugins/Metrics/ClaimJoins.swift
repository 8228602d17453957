import WirewatchKit

/// Claims that say one thing together, and currencies that share a sign.
extension SentenceParser {
    /// `more than 100 and fewer than 300 ships`, `at most 100 and at least 20`: the two ends of one range.
    mutating func joinBounds() {
        guard claims.count > 1 else { return }
        var kept = 0
        for index in claims.indices.dropFirst() {
            if let joined = joined(claims[kept], claims[index]) {
                claims[kept] = joined
            } else {
                kept += 1
                claims[kept] = claims[index]
            }
        }
        claims.removeLast(claims.count - kept - 1)
    }

    private func joined(_ first: Claim, _ second: Claim) -> Claim? {
        guard second.first == first.end + 1, isKey(first.end, .and) || isKey(first.end, .but), !first.isRange,
            !second.isRange, first.change == nil, second.change == nil,
            first.unit == second.unit || first.dimension == .number || second.dimension == .number,
            let a = first.low, let b = second.low
        else { return nil }
        let low: Double
        let high: Double
        switch (first.qualifier, second.qualifier) {
        case (.over, .under), (.over, .upTo): (low, high) = (a, b)
        case (.under, .over), (.upTo, .over): (low, high) = (b, a)
        default: return nil
        }
        guard low < high else { return nil }
        var claim = second.dimension == .number ? first : second
        claim.first = first.first
        claim.end = second.end
        claim.low = low
        claim.high = high
        claim.isRange = true
        claim.qualifier = nil
        claim.confidence = max(first.confidence, second.confidence)
        return claim
    }

    /// `¥` is the sign of two currencies: the amount in dollars beside it tells them apart, or what the sentence speaks of.
    mutating func resolveYen() {
        for index in claims.indices where claims[index].unit == "CNY" && isYenSign(claims[index]) {
            if isYen(claims[index]) { claims[index].unit = "JPY" }
        }
    }

    private func isYenSign(_ claim: Claim) -> Bool {
        (claim.first..<min(claim.end, claim.first + 4)).contains {
            self[$0].kind == .currency
                && lexicon.yenSigns.contains(where: text[self[$0].start..<self[$0].end].elementsEqual)
        }
    }

    private func isYen(_ claim: Claim) -> Bool {
        if let dollars = claim.equivalents.first(where: { $0.unit == "USD" || $0.unit == "EUR" })?.amount.high,
            let amount = claim.high ?? claim.low, dollars > 0
        {
            // A dollar was never worth 20 yuan, nor fewer yen than that since 1945.
            return amount / dollars > 20
        }
        var japan = 0
        for k in tokens.indices {
            let key = key(k)
            if key == .japan || key == .japanese || key == .tokyo || key == .yen { japan += 1 }
            if key == .china || key == .chinese || key == .beijing || key == .yuan { japan -= 1 }
        }
        return japan > 0
    }
}
