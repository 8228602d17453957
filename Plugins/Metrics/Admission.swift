/// Why a number measures nothing. The raw value is what `explain` says.
enum Inadmissible: String {
    case name = "part of a name or behind a label"
    case joined = "joined to a word or another number"
    case mark = "a mark of a list, a footnote or a reference"
    case code = "a code, a telephone number or a year within a name"
    case age = "the age of a person"
    case score = "a score or a result"
    case address = "the number of a house"
}

/// Numbers that measure nothing: parts of names, labels, list marks, footnotes, telephone numbers.
extension SentenceParser {
    /// Why an amount is none; nil when it is one.
    func inadmissible(_ phrase: AmountPhrase) -> Inadmissible? {
        let number = phrase.number
        let first = phrase.first
        if phrase.isPrefixed { return nil }
        let before = self[first - 1]
        // "GPT-5", "F-35": but "8-16" was read as a range, and "mid-40s" is no amount either.
        if before.kind == .hyphen || before.kind == .slash || before.kind == .dash && !before.isSpaced,
            !self[first].isSpaced, !before.isSpaced,
            before.end == self[first].start
        {
            // "200-megawatt/400-megawatt-hour"
            if before.kind == .slash, phrase.unit != nil, isUnit(first - 2) { return nil }
            let isJoined =
                self[first - 2].kind == .word || self[first - 2].kind == .number || self[first - 2].kind == .code
                || self[first - 2].kind == .closeParen
            if isJoined, before.kind != .dash || self[first - 2].kind != .word || phrase.unit == nil { return .joined }
        }
        // "zero-day": a word of its own, no time that something took.
        if number.value == 0, phrase.unit?.dimension == .time, self[number.end].kind == .hyphen { return .name }
        if before.kind == .hash { return .mark }
        if number.isDigits {
            if before.kind == .openBracket, phrase.unit == nil { return .mark }
            if before.kind == .plus, phrase.unit == nil { return .code }
            if isYearLike(first), number.end == first + 1, self[number.end].kind == .word, !self[number.end].isSpaced {
                return .code
            }
            if before.kind == .period, !before.isSpaced, !self[first].isSpaced { return .joined }
            if isKey(first - 1, .aged) || isKey(first - 1, .age) || isAgeOfName(phrase)
                || isKey(first - 1, .of) && isKey(first - 2, .age)
            {
                return .age
            }
            if isCode(phrase) { return .code }
            if isReference(phrase) || isListMark(phrase) { return .mark }
            if isModelNumber(phrase) { return .name }
            if isScore(phrase) { return .score }
            if isAddress(phrase) { return .address }
            if isGluedToLetters(phrase) { return .joined }
        }
        if phrase.unit == nil || isWeakUnit(phrase) { return isName(phrase) ? .name : nil }
        return nil
    }

    /// `007`, `arXiv:2401.12345`, the area code of `(555) 010-9999`.
    private func isCode(_ phrase: AmountPhrase) -> Bool {
        guard phrase.unit == nil else { return false }
        let token = self[phrase.first]
        if token.kind == .number, token.digits >= 2, text[token.start] == 0x30, !token.flags.contains(.decimal),
            token.end - token.start > 1
        {
            return true
        }
        let before = self[phrase.first - 1]
        if before.kind == .colon, !before.isSpaced, !token.isSpaced, self[phrase.first - 2].kind == .word {
            return true
        }
        return before.kind == .openParen && self[phrase.end].kind == .closeParen && token.digits == 3
            && self[phrase.end + 1].kind == .number
    }

    /// `Ann Lee, 34, said`: a bare number between commas behind a name.
    private func isAgeOfName(_ phrase: AmountPhrase) -> Bool {
        let token = self[phrase.first]
        guard phrase.unit == nil, phrase.second == nil, !phrase.number.hasMagnitude, !phrase.isOpen,
            phrase.end == phrase.first + 1, token.digits <= 3, phrase.number.value >= 1, phrase.number.value <= 115,
            token.flags.isDisjoint(with: [.decimal, .fraction]), self[phrase.first - 1].kind == .comma
        else { return false }
        let name = self[phrase.first - 2]
        guard name.kind == .word, name.isCapital, name.classes.isEmpty, phrase.first > 2 else { return false }
        switch self[phrase.end].kind {
        case .comma, .period, .closeParen, .end: return true
        default: return false
        }
    }

    private func isLine(_ i: Int) -> Bool { self[i].kind == .hyphen || self[i].kind == .dash }

    /// `45 - 36`, `3–2`: bare numbers on both sides of a hyphen that are no range.
    private func isScore(_ phrase: AmountPhrase) -> Bool {
        guard phrase.unit == nil, phrase.second == nil, !phrase.number.hasMagnitude, !phrase.isOpen else {
            return false
        }
        return isLine(phrase.first - 1) && self[phrase.first - 2].kind == .number
            || isLine(phrase.end) && self[phrase.end + 1].kind == .number
                && self[phrase.end].isSpaced == self[phrase.end + 1].isSpaced
    }

    /// `[30,40,42]`, `(14–17)`: numbers alone in brackets refer to something.
    private func isReference(_ phrase: AmountPhrase) -> Bool {
        guard phrase.unit == nil, !phrase.number.hasMagnitude else { return false }
        var low = phrase.first - 1
        while low > phrase.first - 12,
            self[low].kind == .comma || self[low].kind == .number || self[low].kind == .hyphen
                || self[low].kind == .dash
        { low -= 1 }
        guard self[low].kind == .openBracket || self[low].kind == .openParen && phrase.second != nil else {
            return false
        }
        let close = self[phrase.end].kind
        return self[low].kind == .openBracket
            ? close == .closeBracket || close == .comma : close == .closeParen && low == phrase.first - 1
    }

    /// `the 737 MAX`: a number between an article and a name in capitals.
    private func isModelNumber(_ phrase: AmountPhrase) -> Bool {
        let next = self[phrase.end]
        // "The 8900 is": what is a number by itself is a name.
        if phrase.unit == nil, phrase.second == nil, !phrase.number.hasMagnitude, isKey(phrase.first - 1, .the),
            self[phrase.first].digits >= 3, self[phrase.first].flags.isDisjoint(with: [.grouped, .decimal]),
            isAuxiliary(phrase.end)
        {
            return true
        }
        return phrase.unit == nil && phrase.second == nil && !phrase.number.hasMagnitude
            && isClass(phrase.first - 1, .determiner) && self[phrase.first].digits >= 3 && next.kind == .word
            && next.flags.contains(.allCaps) && next.end - next.start > 1 && countedNoun(at: phrase.end) == nil
            && !self[phrase.first].flags.contains(.grouped)
    }

    /// `221 Baker Street`: a name and the word of a way behind the number.
    private func isAddress(_ phrase: AmountPhrase) -> Bool {
        guard phrase.unit == nil, phrase.second == nil, self[phrase.end].isCapital else { return false }
        for k in (phrase.end + 1)..<(phrase.end + 4) {
            guard self[k].kind == .word, self[k].isCapital else { return false }
            if isClass(k, .way) { return true }
        }
        return false
    }

    /// Units that read as parts of names as well: "Boeing 737 s", "Type 7 m".
    private func isWeakUnit(_ phrase: AmountPhrase) -> Bool {
        let last = self[phrase.end - 1]
        return last.kind == .word && last.end - last.start == 1 && phrase.number.isDigits
    }

    /// `1.` or `2)` at the beginning.
    private func isListMark(_ phrase: AmountPhrase) -> Bool {
        guard phrase.unit == nil, phrase.second == nil, !phrase.number.hasMagnitude, phrase.number.value >= 0,
            phrase.number.value < 100
        else { return false }
        let next = self[phrase.end].kind
        // "(3)" in the text is a mark or a reference; "1)" begins an item.
        if next == .closeParen { return self[phrase.first - 1].kind == .openParen || phrase.first == 0 }
        return phrase.first == 0 && next == .period && !self[phrase.end].isSpaced
    }

    /// Letters right behind the digits that are no unit: `777F`, `5G`, `3D`.
    private func isGluedToLetters(_ phrase: AmountPhrase) -> Bool {
        guard phrase.unit == nil, !phrase.isOpen else { return false }
        let last = phrase.second?.end ?? phrase.number.end
        let next = self[last]
        if next.kind == .word { return !next.isSpaced }
        // "80-something", "10-point": hyphenated words make an attribute, unless the noun is one that is counted so.
        if next.kind == .hyphen, !next.isSpaced, isGlued(last + 1), self[last + 1].kind == .word {
            return !isClass(last + 1, .hyphenNoun) && !isClass(last + 1, .afterHyphen)
        }
        return next.kind == .slash && !next.isSpaced || next.kind == .colon && !next.isSpaced && isGlued(last + 1)
    }

    /// Whether the number belongs to the name before it: `iPhone 17`, `Boeing 737`, `Chapter 11`, `version 2`.
    private func isName(_ phrase: AmountPhrase) -> Bool {
        let number = phrase.number
        guard number.isDigits, !number.hasMagnitude || number.hasSuffix && number.value < 100e9 else { return false }
        if isKey(phrase.end, .times) { return false }
        let before = self[phrase.first - 1]
        guard before.kind == .word || before.kind == .period && isClass(phrase.first - 2, .label) else { return false }
        if self[phrase.first].flags.contains(.grouped) { return false }
        if before.kind == .period { return true }
        if number.hasSuffix {
            // "Cessna 208B"; but "Llama 70B" has parameters.
            let isNamed = phrase.first > 1 && before.isCapital && before.classes.isEmpty && number.magnitude == 9
            return isClass(phrase.first - 1, .label)
                || isNamed && !isModelNear(phrase) && countedNoun(at: phrase.end) == nil
        }
        let classes = classes(phrase.first - 1)
        if classes.contains(.label), classes.isDisjoint(with: [.stop, .verb]) { return true }
        // A capital within the sentence is a name; at its beginning only where nothing is known of the word.
        guard before.isCapital, before.kind == .word else { return false }
        if before.flags.contains(.possessive) { return false }
        let isKnown = !classes.isDisjoint(with: [.stop, .verb, .change, .preposition, .determiner, .horizon, .person])
        if isKnown {
            return before.flags.contains(.allCaps) && before.end - before.start > 1 && phrase.first > 1
                && classes.isDisjoint(with: [.preposition, .verb])
        }
        if classes.contains(.month) || classes.contains(.weekday) { return false }
        return phrase.first > 1 || number.value < 1_000
    }
}
