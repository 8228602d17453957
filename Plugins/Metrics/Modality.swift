import WirewatchKit

/// Whether a claim is stated as a fact, and who states it.
extension SentenceParser {
    /// How the claim is held, by the words before it in its clause; nil for a fact.
    ///
    /// From the claim back to the verb that governs it, and the few words before that verb: "could have raised", "is
    /// not expected to reach". A verb beyond belongs to another clause.
    func modality(of claim: Claim) -> Metric.Modality? {
        if claim.dimension == .year { return .planned }
        var room = 16
        var hasVerb = false
        var hasComma = false
        var k = claim.first - 1
        while k >= 0, room > 0 {
            let token = self[k]
            if token.kind == .semicolon || token.kind == .colon || token.kind == .openParen { return nil }
            if token.kind == .comma {
                if hasVerb { return nil }
                hasComma = true
            }
            // "without human help, up from 55 percent"
            if let found = cue(at: k), !(hasComma && isKey(k, .without)) {
                // "is not expected to reach"
                return found == .negated || !isNegation(k - 1) ? found : .negated
            }
            if isClass(k, .verb), !isAuxiliary(k), !hasVerb {
                hasVerb = true
                room = 5
            }
            room -= 1
            k -= 1
        }
        return nil
    }

    private func cue(at k: Int) -> Metric.Modality? {
        let classes = classes(k)
        if isNegation(k) { return .negated }
        if classes.contains(.possible) {
            // "in May"
            return isMonth(k) ? nil : .possible
        }
        if classes.contains(.foreseen) { return .expected }
        return classes.contains(.intended) ? .planned : nil
    }

    /// `not`, `never`, `n't`; but "not only" and "no more than" deny nothing.
    private func isNegation(_ k: Int) -> Bool {
        if isClass(k, .negation) { return !(isKey(k + 1, .only) || isKey(k + 1, .just) || isKey(k + 1, .more)) }
        // "didn't" is cut at its apostrophe.
        return self[k].kind == .word && self[k].end - self[k].start == 1 && byte(self[k]) == 0x74
            && self[k - 1].kind == .quote && !self[k].isSpaced && !self[k - 1].isSpaced
    }

    func isAuxiliary(_ k: Int) -> Bool {
        switch key(k) {
        case .isWord, .be, .been, .being, .have, .has, .had, .are, .was, .were: true
        default: false
        }
    }

    // MARK: - Who says so

    /// Who says what the sentence claims, as written; nil when it is the article.
    ///
    /// `according to X`, `X said`, `said X`, `X's estimates`: at most 80 bytes.
    func attribution() -> String? {
        for k in tokens.indices {
            if isKey(k, .according), isKey(k + 1, .to), let name = name(after: k + 2) { return name }
            guard isClass(k, .report) || isClass(k, .finding) && isKey(k + 1, .that), self[k].kind == .word else {
                continue
            }
            if let name = name(before: k) { return name }
            if self[k - 1].kind == .comma || self[k - 1].kind == .quote, let name = name(after: k + 1, isLast: true) {
                return name
            }
        }
        return nil
    }

    /// The noun phrase right before a verb of saying: `Bain said`, `analysts at Citi estimate`.
    private func name(before k: Int) -> String? {
        var end = k
        // "has said", "also said"; but "is forecast" says not by whom.
        while end > 0, isAuxiliary(end - 1) || isKey(end - 1, .also) {
            guard isKey(end - 1, .have) || isKey(end - 1, .has) || isKey(end - 1, .had) || isKey(end - 1, .also) else {
                return nil
            }
            end -= 1
        }
        var low = end
        while low > 0, end - low < 10 {
            let token = self[low - 1]
            let isLink =
                isKey(low - 1, .of) || isKey(low - 1, .at) || isKey(low - 1, .the) || isKey(low - 1, .inWord)
                || isKey(low - 1, .from) || token.kind == .ampersand || token.kind == .hyphen && !token.isSpaced
            guard token.kind == .word, isNounPart(low - 1) && !isClass(low - 1, .verb) || isLink else { break }
            low -= 1
        }
        while low < end, isClass(low, .stop) && !isKey(low, .the) { low += 1 }
        // A claim in the phrase is no name, and "the report said" names somebody, but "he said" does not.
        guard low < end, !claims.contains(where: { $0.first < end && $0.end > low }) else { return nil }
        return spoken(low..<end)
    }

    /// `isLast`: no clause may begin with the name, as in "said sales rose".
    private func name(after k: Int, isLast: Bool = false) -> String? {
        var high = k
        while high < k + 10 {
            let token = self[high]
            let isLink =
                isKey(high, .of) || isKey(high, .at) || isKey(high, .the) || isKey(high, .a) || isKey(high, .an)
                || token.kind == .ampersand || token.kind == .hyphen && !token.isSpaced
            guard token.kind == .word, isNounPart(high) && !isClass(high, .verb) || isLink else { break }
            high += 1
        }
        if isLast, isClass(high, .verb) || isClass(high, .change) { return nil }
        while high > k, isClass(high - 1, .stop) { high -= 1 }
        guard high > k, !claims.contains(where: { $0.first < high && $0.end > k }) else { return nil }
        return spoken(k..<high)
    }

    private func spoken(_ range: Range<Int>) -> String? {
        var low = range.lowerBound
        if isKey(low, .the), range.count > 1, self[low + 1].isCapital { low += 1 }
        let start = self[low].start
        let end = self[range.upperBound - 1].end
        return end - start <= 80 && end > start ? string(start, end) : nil
    }
}
