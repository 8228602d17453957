/// The weight of each kind; there are at most 64 (``LexiconBuilder/addKinds(_:)``).
private typealias Scores = InlineArray<64, Double>

/// Chooses a claim's kind by the cue words around it.
extension SentenceParser {
    func kind(of index: Int) -> String {
        let claim = claims[index]
        switch claim.dimension {
        case .rank: return "rank"
        case .year: return "date_target"
        case .count where claim.unit == "mention" || claim.unit == "time": return "other_count"
        default: break
        }
        var scores = Scores(repeating: 0)
        let low = max(0, claim.first - 16)
        let high = min(tokens.count, claim.end + 10)
        var crossing = 1.0
        var k = claim.first - 1
        while k >= low {
            // Words beyond another claim speak for that one first.
            if crossing == 1, index > 0, k < claims[index - 1].end { crossing = 0.4 }
            if self[k].kind == .semicolon { crossing = 0.2 }
            add(k, distance: claim.first - k, factor: crossing, to: &scores)
            k -= 1
        }
        for k in claim.first..<claim.end { add(k, distance: 0, factor: k == claim.noun ? 1.6 : 1, to: &scores) }
        crossing = 1
        k = claim.end
        while k < high {
            if crossing == 1, index + 1 < claims.count, k >= claims[index + 1].first { crossing = 0.3 }
            if self[k].kind == .semicolon { crossing = 0.2 }
            // What follows says less, except the nouns right behind.
            add(k, distance: k - claim.end + 1, factor: crossing * (k < claim.end + 3 ? 1 : 0.6), to: &scores)
            k += 1
        }
        if claim.dimension == .count, let cues = lexicon.cues(of: claim.unit) {
            accumulate(cues.strong, 0.8, 0, &scores)
            accumulate(cues.weak, 0.4, 0, &scores)
        }
        if claim.noun >= 0, claim.noun < claim.first { add(claim.noun, distance: 0, factor: 1.2, to: &scores) }
        let hasChange = claim.hasChange
        var best = 0
        var bestScore = 0.0
        for index in lexicon.kinds.indices
        where scores[index] > 0 && lexicon.kindDimensions[index] & claim.dimension.bit != 0 {
            var score = scores[index]
            // A change is what the words of growth say, unless they name what changes.
            if index == lexicon.growthKind { score *= hasChange ? 0.7 : 0.4 }
            if index == lexicon.costKind { score *= hasChange ? 1.3 : 0.3 }
            // "Sales rose 9 percent" speaks of growth, "a margin of 9 percent" of profit.
            if hasChange, claim.dimension == .percent, index == lexicon.profitKind { score *= 0.5 }
            if score > bestScore {
                best = index
                bestScore = score
            }
        }
        // A time is a duration unless the words leave no doubt.
        if claim.dimension == .time, bestScore < 0.9 { return "duration" }
        if bestScore >= (claim.dimension == .money ? 0.12 : 0.2) { return lexicon.kinds[best] }
        return KindTable.fallback(claim.dimension, hasChange: hasChange)
    }

    private func add(_ k: Int, distance: Int, factor: Double, to scores: inout Scores) {
        let token = self[k]
        guard token.kind == .word, token.word >= 0 else { return }
        let word = Int(token.word)
        var strong = lexicon.entries[word].strongCues
        var weak = lexicon.entries[word].weakCues
        if lexicon.entries[word].startsCue, self[k + 1].kind == .word || self[k + 1].kind == .hyphen {
            let next = self[k + 1].kind == .hyphen ? k + 2 : k + 1
            if self[next].kind == .word, let cues = lexicon.cuePhrase(self[k].word, self[next].word) {
                // A phrase says more than its words.
                strong |= cues.strong
                weak |= cues.weak
                accumulate(cues.strong, 0.8 * factor, distance, &scores)
            }
        }
        accumulate(strong, factor, distance, &scores)
        accumulate(weak, 0.45 * factor, distance, &scores)
    }

    private func accumulate(_ cues: UInt64, _ weight: Double, _ distance: Int, _ scores: inout Scores) {
        var cues = cues
        while cues != 0 {
            scores[cues.trailingZeroBitCount] += weight * 4 / Double(4 + distance)
            cues &= cues - 1
        }
    }
}
