/// Dates, times, years and periods: numbers that are never amounts. They become codes before anything else is read.
extension SentenceParser {
    mutating func markDates() {
        for i in tokens.indices {
            switch tokens[i].kind {
            case .number: markNumber(i)
            case .ordinal where isMonth(i - 1) || isMonth(i + 1) || isKey(i + 1, .of) && isMonth(i + 2): markDate(i)
            default: break
            }
        }
    }

    private mutating func markDate(_ i: Int) {
        tokens[i].becomeDate()
    }

    private mutating func markNumber(_ i: Int) {
        let token = tokens[i]
        if token.flags.contains(.decimal) || token.flags.contains(.grouped) || token.flags.contains(.fraction) {
            // "30. 12. 2025" and the like are codes of the lexer.
            return
        }
        let day = token.digits <= 2 && token.number.value >= 1 && token.number.value <= 31
        if day, isDayOfMonth(i) { return markDate(i) }
        // "6pm", "10 a.m."
        if day, isKey(i + 1, .am) || isKey(i + 1, .pm) || isClock(i + 1) {
            tokens[i + 1].becomeDate()
            return markDate(i)
        }
        guard token.digits == 4, isYear(i) else { return }
        // "2026-30", "2026–2030"
        let joined = tokens.indices.contains(i + 1) && (self[i + 1].kind == .hyphen || self[i + 1].kind == .dash)
        if joined, self[i + 2].kind == .number, isYearLike(i + 2) || isShortYear(i + 2, after: token.number.value) {
            markDate(i + 2)
        }
        markDate(i)
    }

    private func isClock(_ i: Int) -> Bool {
        let token = self[i]
        guard token.kind == .word, token.end - token.start >= 4, token.end - token.start <= 7 else { return false }
        // "p.m.", "a.m."
        let letter = text[token.start] | 0x20
        return (letter == 0x70 || letter == 0x61) && text[token.start + 1] == 0x2E
            && text[token.start + 2] | 0x20 == 0x6D && token.end - token.start <= 4
    }

    private func isDayOfMonth(_ i: Int) -> Bool {
        if isFollowedByAmount(i) { return false }
        if isMonth(i - 1) || self[i - 1].kind == .period && isMonth(i - 2) { return true }
        if isMonth(i + 1) { return true }
        // "5, 2025"
        return self[i + 1].kind == .comma && isYearLike(i + 2) && self[i + 2].kind == .number
    }

    /// `million`, `percent` or a unit after a number near a month: "In May 5 million".
    private func isFollowedByAmount(_ i: Int) -> Bool {
        isMagnitude(i + 1) || self[i + 1].kind == .percent || isKey(i + 1, .percent) || self[i + 1].kind == .currency
            || (entry(i + 1).unit >= 0 && !isMonth(i + 1) && self[i + 1].isSpaced)
    }

    /// Whether a word is a month here; `may` and `march` only with a capital.
    func isMonth(_ i: Int) -> Bool {
        guard isClass(i, .month) else { return false }
        let bytes = text[self[i].start] | 0x20
        let isAmbiguous = bytes == 0x6D && (self[i].end - self[i].start == 3 || self[i].end - self[i].start == 5)
        return self[i].isCapital || !isAmbiguous
    }

    /// A bare number from 1600 to 2100 without separators.
    func isYearLike(_ i: Int) -> Bool {
        let token = self[i]
        guard token.kind == .number || token.kind == .code, token.digits == 4,
            token.flags.isDisjoint(with: [.decimal, .grouped, .fraction])
        else { return false }
        let value = token.number.value
        return value >= 1_600 && value <= 2_100
    }

    private func isShortYear(_ i: Int, after year: Double) -> Bool {
        let token = self[i]
        guard token.digits == 2, token.flags.isDisjoint(with: [.decimal, .grouped, .fraction]) else { return false }
        let last = year.truncatingRemainder(dividingBy: 100)
        return token.number.value > last && !isUnitSign(i + 1)
    }

    private func isUnitSign(_ i: Int) -> Bool {
        let kind = self[i].kind
        return kind == .percent || kind == .degree || kind == .currency || kind == .perMille || isKey(i, .percent)
    }

    /// Whether a number like a year is one, by what stands around it.
    private func isYear(_ i: Int) -> Bool {
        guard isYearLike(i) else { return false }
        let before = self[i - 1]
        if before.kind == .currency || isUnitSign(i + 1) || isMagnitude(i + 1) || before.kind == .less
            || before.kind == .greater
        {
            return false
        }
        let glued = self[i + 1].kind == .word && !self[i + 1].isSpaced
        if glued || isCurrencyCode(i - 1) { return false }
        if key(i - 1) == .than || key(i - 1) == .exceeding { return false }
        if isUnit(i + 1) && !isKey(i + 1, .inWord) { return false }
        let value = self[i].number.value
        // Years that are numbers as often: round hundreds before a plural.
        let isRound = value.truncatingRemainder(dividingBy: 100) == 0
        if value >= 1_900 {
            if isRound, isPluralNoun(i + 1), !isClass(i - 1, .beforeYear) { return false }
            if isRound, isClass(i - 1, .beforeYear) == false,
                isKey(i - 1, .over) || isKey(i - 1, .about) || isKey(i - 1, .to)
            {
                return false
            }
            return true
        }
        return isClass(i - 1, .beforeYear) && !isPluralNoun(i + 1)
    }

    /// Whether the word is the name of a unit, however it is written.
    func isUnit(_ i: Int) -> Bool {
        let token = self[i]
        guard token.kind == .word else { return false }
        if entry(i).unit >= 0 { return true }
        guard let unit = lexicon.symbol(text, token.start, token.end) else { return false }
        // Single letters are words or names too often.
        return token.end - token.start > 1 && lexicon.units[unit].dimension != .other
    }

    /// `USD`, `RMB`, `Rs`: a currency's code before its number.
    func isCurrencyCode(_ i: Int) -> Bool {
        let token = self[i]
        guard token.kind == .word, entry(i).unit >= 0, lexicon.units[Int(entry(i).unit)].dimension == .money else {
            return false
        }
        return token.flags.contains(.allCaps) && token.end - token.start >= 2 && token.end - token.start <= 4
            || token.end - token.start == 2 && token.isCapital
    }
}
