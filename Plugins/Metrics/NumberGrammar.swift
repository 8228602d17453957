/// Numbers: which kind begins at a token, and those in digits with their magnitudes.
extension SentenceParser {
    /// A number beginning at a token; nil when there is none. Looks at a bounded number of tokens.
    func number(at i: Int, afterCurrency: Bool = false) -> NumberPhrase? {
        let token = self[i]
        switch token.kind {
        case .number: return digitNumber(at: i, afterCurrency: afterCurrency).map(outOf)
        case .word where token.word >= 0: return wordNumber(at: i).map(outOf)
        case .hyphen, .minus:
            guard self[i + 1].kind == .number, !self[i + 1].isSpaced, token.isSpaced || !isGluedBefore(i) else {
                return nil
            }
            guard var phrase = digitNumber(at: i + 1, afterCurrency: afterCurrency) else { return nil }
            phrase.value = -phrase.value
            phrase.first = i
            return phrase
        default: return nil
        }
    }

    /// `nine in 10`, `two out of five`: a part.
    private func outOf(_ phrase: NumberPhrase) -> NumberPhrase {
        var at = phrase.end
        guard phrase.value >= 1, phrase.value <= 99, !phrase.hasMagnitude, !phrase.isPart, phrase.high == nil else {
            return phrase
        }
        if isKey(at, .out), isKey(at + 1, .of) { at += 2 } else if isKey(at, .inWord) { at += 1 } else { return phrase }
        let second =
            self[at].kind == .number
            ? digitNumber(at: at, afterCurrency: false) : isNumberWord(at) ? cardinal(at: at) : nil
        guard let second, second.value > phrase.value, second.value <= 1_000, second.value.rounded() == second.value,
            !isUnit(second.end),
            self[second.end].kind != .percent, self[second.end].kind != .currency
        else { return phrase }
        return NumberPhrase(value: phrase.value / second.value, first: phrase.first, end: second.end, isPart: true)
    }

    // MARK: - Digits

    private func digitNumber(at i: Int, afterCurrency: Bool) -> NumberPhrase? {
        let token = self[i]
        var number = token.number
        var fraction = token.fraction
        var end = i + 1
        var phrase = NumberPhrase(value: 0, first: i, end: end, isDigits: true)
        // `2 1/2`, `2½`, `5-1/4`; of the last place in prices: `$7.93-3/4` are 7.9375.
        let hasHyphen = self[end].kind == .hyphen && isGlued(end) && isGlued(end + 1)
        let part = hasHyphen ? end + 1 : end
        if fraction == 0, self[part].kind == .number, self[part].flags.contains(.fraction),
            hasHyphen || !token.flags.contains(.decimal)
        {
            fraction = self[part].fraction / DecimalNumber.powers[min(22, Int(max(0, -number.exponent)))]
            end = part + 1
        }
        // `2.48 × 10^-5`, `2.48×10−5`
        if self[end].kind == .times || isKey(end, .x), self[end + 1].kind == .number, self[end + 1].number.value == 10 {
            var at = end + 2
            if self[at].kind == .caret { at += 1 }
            let negative = self[at].kind == .minus || self[at].kind == .hyphen
            if negative { at += 1 }
            if at > end + 2, self[at].kind == .number, !self[at].isSpaced, self[at].digits <= 3 {
                let power = Int(self[at].number.value)
                number.scale(byPowerOfTen: negative ? -power : power)
                phrase.hasMagnitude = true
                end = at + 1
            }
        }
        let magnitude = magnitude(at: end, afterCurrency: afterCurrency)
        if magnitude.tokens > 0 {
            number.scale(byPowerOfTen: magnitude.power)
            fraction *= DecimalNumber.powers[min(magnitude.power, 22)]
            phrase.hasMagnitude = true
            phrase.magnitude = magnitude.power
            phrase.hasSuffix = magnitude.isSuffix
            end += magnitude.tokens
        }
        phrase.value = number.value + fraction
        readSmallerPart(&phrase, &end)
        if isKey(end, .dozen) || isKey(end, .dozens) && !isKey(end + 1, .of) {
            phrase.value *= 12
            end += 1
        }
        guard phrase.value.isFinite else { return nil }
        phrase.end = end
        return phrase
    }

    /// `4 thousand 3 hundred and 21`, `2 and a half million`: what is added to digits.
    private func readSmallerPart(_ phrase: inout NumberPhrase, _ end: inout Int) {
        if !phrase.hasMagnitude, let mixed = mixedPart(at: end, magnitude: 0) {
            phrase.value += mixed.value
            end = mixed.end
            if isMagnitude(end), !isPluralMagnitude(end) {
                phrase.magnitude = entry(end).magnitude
                phrase.value *= DecimalNumber.powers[phrase.magnitude]
                phrase.hasMagnitude = true
                end += 1
            }
            return
        }
        // After "million" the next number is one of its own more often.
        if phrase.magnitude == 3, !phrase.hasSuffix, self[end].kind == .number, self[end].digits == 1,
            isMagnitude(end + 1), entry(end + 1).magnitude == 2,
            self[end].flags.isDisjoint(with: [.decimal, .fraction])
        {
            phrase.value += self[end].number.value * 100
            phrase.magnitude = 2
            end += 2
        }
        if phrase.magnitude == 2, !phrase.hasSuffix, isKey(end, .and) {
            if self[end + 1].kind == .number, self[end + 1].digits <= 2,
                self[end + 1].flags.isDisjoint(with: [.decimal, .fraction])
            {
                phrase.value += self[end + 1].number.value
                end += 2
            } else if isNumberWord(end + 1), entry(end + 1).number < 100 {
                phrase.value += entry(end + 1).number
                end += 2
            }
        }
    }

    /// `and a half`, `and three quarters`: a part that is added to a number, which it takes a share of when that ends
    /// in a magnitude: `five billion and three quarters`.
    func mixedPart(at i: Int, magnitude: Int) -> (value: Double, end: Int)? {
        guard isKey(i, .and) else { return nil }
        var at = i + 1
        var numerator = 1.0
        if isKey(at, .a) || isKey(at, .an) {
            at += 1
        } else if isNumberWord(at), entry(at).number >= 1, entry(at).number < 20 {
            numerator = entry(at).number
            at += 1
            if self[at].kind == .hyphen, !self[at].isSpaced { at += 1 }
        } else {
            return nil
        }
        guard self[at].kind == .word, entry(at).part > numerator else { return nil }
        // "three and a quarter hours" is an amount, "two and a third party" is none.
        guard !isKey(at + 1, .of) else { return nil }
        let share = numerator / entry(at).part
        return (magnitude >= 6 ? share * DecimalNumber.powers[magnitude] : share, at + 1)
    }

    /// The magnitude at a token: one or two words (`million`, `hundred thousand`), or a suffix letter on the digits.
    private func magnitude(at i: Int, afterCurrency: Bool) -> (power: Int, tokens: Int, isSuffix: Bool) {
        var at = i
        if self[at].kind == .hyphen, !self[at].isSpaced, !self[at + 1].isSpaced, isMagnitude(at + 1) { at += 1 }
        if isMagnitude(at), !isPluralMagnitude(at) || isKey(at + 1, .of) == false {
            var power = entry(at).magnitude
            var used = at - i + 1
            if isMagnitude(at + 1), power <= 9, !isPluralMagnitude(at + 1), power + entry(at + 1).magnitude <= 18 {
                power += entry(at + 1).magnitude
                used += 1
            }
            return (power, used, false)
        }
        let token = self[i]
        if token.kind == .word, token.end - token.start == 2, !token.isSpaced || afterCurrency,
            byte(token) == 0x4D, text[token.start + 1] == 0x4D
        {
            return (6, 1, true)  // MM
        }
        guard token.kind == .word, token.end - token.start == 1, !token.isSpaced || afterCurrency else {
            return (0, 0, false)
        }
        switch byte(token) {
        case 0x6B: return token.isSpaced ? (0, 0, false) : (3, 1, true)  // k
        case 0x4B
        where !token.isSpaced
            && (afterCurrency || self[i - 1].flags.contains(.decimal) == false && self[i - 1].digits <= 3):
            // `573.15K` is a temperature, `4K` a format, `10K` ten thousand.
            return self[i - 1].digits == 1 && !afterCurrency ? (0, 0, false) : (3, 1, true)
        case 0x4D: return (6, 1, true)  // M
        case 0x6D where afterCurrency: return (6, 1, true)  // m
        // "1.3m homes" are millions: nobody counts by the metre.
        case 0x6D where !token.isSpaced && self[i + 1].isSpaced && isPluralNoun(i + 1) && !isUnit(i + 1):
            return (6, 1, true)
        // "75m pounds", "30m tonnes": nor is a unit a metre of another.
        case 0x6D where !token.isSpaced && isUnitInFull(i + 1): return (6, 1, true)
        case 0x62 where !token.isSpaced && isUnitInFull(i + 1): return (9, 1, true)
        case 0x42: return (9, 1, true)  // B
        case 0x62 where afterCurrency: return (9, 1, true)
        case 0x54: return (12, 1, true)  // T
        case 0x74 where afterCurrency && !token.isSpaced: return (12, 1, true)
        case 0x47 where !token.isSpaced && self[i - 1].digits >= 2: return (9, 1, true)  // 10G
        default: return (0, 0, false)
        }
    }

    /// Whether a unit stands here by itself and by its name: `euro`, `dollars`, `tonnes`.
    private func isUnitInFull(_ i: Int) -> Bool {
        let token = self[i]
        guard token.kind == .word, token.isSpaced else { return false }
        if entry(i).startsUnit, longName(i) != nil { return true }
        guard token.end - token.start > 3, entry(i).unit >= 0 else { return false }
        return lexicon.units[Int(entry(i).unit)].dimension == .money || text[token.end - 1] == UInt8(ascii: "s")
    }

    // MARK: - Words as numbers

    func isMagnitude(_ i: Int) -> Bool { self[i].kind == .word && classes(i).contains(.magnitude) }
    func isNumberWord(_ i: Int) -> Bool { self[i].kind == .word && classes(i).contains(.number) }

    func isPluralMagnitude(_ i: Int) -> Bool {
        self[i].kind == .word && classes(i).contains(.pluralMagnitude)
    }

    func isNumberBefore(_ i: Int) -> Bool {
        self[i - 1].kind == .number || isNumberWord(i - 1) || isKey(i - 1, .a) || isMagnitude(i - 1)
    }

    /// Whether something stands right before the token without white space.
    func isGluedBefore(_ i: Int) -> Bool {
        let before = self[i - 1].kind
        return !self[i].isSpaced && (before == .word || before == .number || before == .closeParen)
    }
}
