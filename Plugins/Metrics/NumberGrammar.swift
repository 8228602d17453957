/// Numbers in digits and words, with magnitudes.
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
        // `2 1/2`, `2½`
        if fraction == 0, self[end].kind == .number, self[end].flags.contains(.fraction),
            !token.flags.contains(.decimal)
        {
            fraction = self[end].fraction
            end += 1
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
    private func mixedPart(at i: Int, magnitude: Int) -> (value: Double, end: Int)? {
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
        case 0x42: return (9, 1, true)  // B
        case 0x62 where afterCurrency: return (9, 1, true)
        case 0x54: return (12, 1, true)  // T
        case 0x74 where afterCurrency && !token.isSpaced: return (12, 1, true)
        case 0x47 where !token.isSpaced && self[i - 1].digits >= 2: return (9, 1, true)  // 10G
        default: return (0, 0, false)
        }
    }

    // MARK: - Words

    private func wordNumber(at i: Int) -> NumberPhrase? {
        if let vague = vagueNumber(at: i) { return vague }
        if let part = partNumber(at: i) { return part }
        let first = entry(i)
        var at = i
        var sign = 1.0
        if first.key == .minus || first.key == .negative {
            // "plus or minus 2 percent"
            sign = isKey(i - 1, .or) && isKey(i - 2, .plus) ? 1 : -1
            at += 1
        } else if first.key == .a || first.key == .an {
            // "a hundred", "a million", "a dozen"
            guard isMagnitude(i + 1) && !isPluralMagnitude(i + 1) || isKey(i + 1, .dozen) else { return nil }
            at += 1
        } else if !(first.classes.contains(.number) || first.key == .dozen) {
            return nil
        }
        if first.key == .minus, self[at].kind == .number {
            guard var phrase = number(at: at) else { return nil }
            phrase.value *= sign
            phrase.first = i
            return phrase
        }
        guard var phrase = cardinal(at: at) else { return nil }
        phrase.first = i
        phrase.value *= sign
        return phrase
    }

    /// `three hundred and five thousand`; a bare magnitude counts as one of it.
    private func cardinal(at start: Int) -> NumberPhrase? {
        var total = 0.0
        var current = 0.0
        var lastMagnitude = 99
        var room = 1_000.0
        var at = start
        var end = start
        var hasMagnitude = false
        var magnitude = 0
        // The longest sensible number has fewer words; the bound keeps hostile text linear.
        while at < start + 30 {
            let word = self[at].kind == .word ? entry(at) : Lexicon.Entry()
            if word.classes.contains(.number) {
                let value = word.number
                // After `twenty` only a unit fits, after `hundred` anything smaller.
                guard value < room else { break }
                current += value
                room = value >= 20 ? 10 : 0.5
            } else if word.classes.contains(.magnitude), !(isPluralMagnitude(at) && isKey(at + 1, .of)) {
                let power = word.magnitude
                if power == 2 {
                    guard current < 100 else { break }
                    current = max(current, 1) * 100
                    room = 100
                } else {
                    if current == 0, total > 0 {
                        guard hasMagnitude, total * DecimalNumber.powers[power] < 1e18 else { break }
                        total *= DecimalNumber.powers[power]
                    } else {
                        guard power < lastMagnitude else { break }
                        total += max(current, 1) * DecimalNumber.powers[power]
                    }
                    current = 0
                    lastMagnitude = power
                    room = 1_000
                }
                magnitude = power
                hasMagnitude = true
            } else if word.key == .dozen, at > start || end == start {
                current = max(current, 1) * 12
                hasMagnitude = true
                end = at + 1
                break
            } else {
                break
            }
            end = at + 1
            // What may stand between the words: a hyphen, or "and" after a magnitude.
            at = end
            if self[at].kind == .hyphen, !self[at].isSpaced, !self[at + 1].isSpaced,
                isNumberWord(at + 1) || isMagnitude(at + 1)
            {
                at += 1
            } else if isKey(at, .and) || self[at].kind == .ampersand {
                guard hasMagnitude, room >= 100, isNumberWord(at + 1) else { break }
                at += 1
            }
        }
        guard end > start else { return nil }
        // "two and a half million", "five billion and three quarters"
        if let mixed = mixedPart(at: end, magnitude: current == 0 ? magnitude : 0) {
            let isScaled = isMagnitude(mixed.end) && !isPluralMagnitude(mixed.end)
            // "one billion and three quarters million"
            current += isScaled && hasMagnitude ? mixed.value / DecimalNumber.powers[magnitude] : mixed.value
            end = mixed.end
            if isScaled {
                current *= DecimalNumber.powers[entry(end).magnitude]
                magnitude = entry(end).magnitude
                hasMagnitude = true
                end += 1
            }
        } else if isKey(end, .point), isNumberWord(end + 1), let decimals = spokenDecimals(at: end + 1) {
            // "two hundred point seventy-one", "one point five million"
            current += decimals.value
            end = decimals.end
            if isMagnitude(end), !isPluralMagnitude(end), !hasMagnitude {
                magnitude = entry(end).magnitude
                current *= DecimalNumber.powers[magnitude]
                hasMagnitude = true
                end += 1
            }
        } else if self[end].kind == .word || self[end].kind == .hyphen && !self[end].isSpaced,
            let denominator = pluralPart(at: end), total + current >= 1
        {
            // "twenty-three fifths", "three twenty-firsts"
            return NumberPhrase(
                value: (total + current) / denominator.value, first: start, end: denominator.end, isPart: true)
        }
        let value = total + current
        guard value.isFinite else { return nil }
        return NumberPhrase(value: value, first: start, end: end, hasMagnitude: hasMagnitude, magnitude: magnitude)
    }

    /// The digits after a spoken point: `seven one`, `seventy-one`, `zero three`.
    private func spokenDecimals(at start: Int) -> (value: Double, end: Int)? {
        var value = 0.0
        var scale = 1.0
        var at = start
        while at < start + 8, isNumberWord(at) {
            let number = entry(at).number
            scale /= number >= 10 ? 100 : 10
            value += number * scale
            at += 1
            // "seventy-one"
            if number >= 20, self[at].kind == .hyphen, !self[at].isSpaced, isNumberWord(at + 1),
                entry(at + 1).number < 10
            {
                value += entry(at + 1).number * scale
                at += 2
            }
        }
        return at > start ? (value, at) : nil
    }

    /// `fifths`, `twenty-firsts`: the denominator of parts, in the plural; `seconds` and `quarters` are times.
    private func pluralPart(at i: Int) -> (value: Double, end: Int)? {
        var at = i
        if self[at].kind == .hyphen { at += 1 }
        guard self[at].kind == .word, text[self[at].end - 1] | 0x20 == 0x73 else { return nil }
        let part = entry(at).part
        return part > 2 && part != 4 ? (part, at + 1) : nil
    }

    /// `twenty-fifth`: tens and a part, as a denominator.
    private func compoundPart(at i: Int) -> (value: Double, end: Int)? {
        guard isNumberWord(i), entry(i).number >= 20, self[i + 1].kind == .hyphen, !self[i + 1].isSpaced,
            !self[i + 2].isSpaced
        else { return nil }
        let last = entry(i + 2)
        let unit = last.part > 2 && last.part < 10 ? last.part : last.ordinal
        let isFirst = last.key == .firsts
        guard isFirst || unit >= 1 && unit < 10 else { return nil }
        return (entry(i).number + (isFirst ? 1 : unit), i + 3)
    }

    /// `tens of thousands`, `hundreds of millions`, `thousands`, `dozens`.
    private func vagueNumber(at i: Int) -> NumberPhrase? {
        guard isPluralMagnitude(i) || isKey(i, .dozens), !isNumberBefore(i) else { return nil }
        var low = isKey(i, .dozens) ? 24 : DecimalNumber.powers[entry(i).magnitude]
        var high = isKey(i, .dozens) ? 99 : low * 10
        guard isKey(i + 1, .of) else { return nil }
        var end = i + 1
        if isPluralMagnitude(i + 2) {
            let scale = DecimalNumber.powers[entry(i + 2).magnitude]
            low *= scale
            high *= scale
            end = i + 3
        } else if low == 10 {
            return nil
        }
        return NumberPhrase(value: low, high: high, first: i, end: end, hasMagnitude: true)
    }

    /// `half a million`, `a quarter of a million`, `two thirds`, `half of`.
    private func partNumber(at i: Int) -> NumberPhrase? {
        var at = i
        var numerator = 1.0
        let hasArticle = isKey(i, .a)
        if hasArticle {
            at += 1
        } else if classes(i).contains(.number), entry(i).number >= 1, entry(i).number <= 20 {
            numerator = entry(i).number
            at += 1
            if self[at].kind == .hyphen, !self[at].isSpaced { at += 1 }
        }
        // "one twenty-fifth", "three twenty-firsts"
        if at > i, !hasArticle, let compound = compoundPart(at: at), numerator < compound.value {
            return NumberPhrase(value: numerator / compound.value, first: i, end: compound.end, isPart: true)
        }
        guard self[at].kind == .word, entry(at).part > 0 else { return nil }
        // "the second half of 2025" is a time.
        if at == i, entry(i - 1).ordinal > 0 || self[i - 1].kind == .ordinal || isClass(i - 1, .horizon) { return nil }
        let denominator = entry(at).part
        let value = numerator / denominator
        // "half a million", "half million", "a quarter of a million", "half a dozen"
        if denominator <= 4, numerator < denominator {
            var next = at + 1
            if isKey(next, .of) { next += 1 }
            if isKey(next, .a) { next += 1 }
            if isMagnitude(next), !isPluralMagnitude(next) {
                return NumberPhrase(
                    value: value * DecimalNumber.powers[entry(next).magnitude], first: i, end: next + 1,
                    hasMagnitude: true,
                    magnitude: entry(next).magnitude)
            }
            if isKey(next, .dozen) {
                return NumberPhrase(value: value * 12, first: i, end: next + 1, hasMagnitude: true)
            }
        }
        // Elsewhere "third" is an ordinal and "quarter" a time: only "a third of", "two thirds", "three quarters of".
        let followsOf = isKey(at + 1, .of)
        let isTime = denominator == 4 && !followsOf
        // "fell by a third", "nearly a quarter", "half the staff"
        let isMeasured =
            (hasArticle || denominator == 2)
            && (isKey(i - 1, .by) || isKey(i - 1, .than) || isKey(i - 1, .almost) || isKey(i - 1, .nearly)
                || isKey(i - 1, .about) || isKey(i - 1, .roughly))
            && !isNounPart(at + 1)
        let isHalfOf = denominator == 2 && !hasArticle && at == i && isClass(at + 1, .determiner) && !isKey(at + 1, .a)
        let isCounted =
            numerator > 1 && !isTime || (hasArticle || numerator == 1 && at > i || denominator == 2) && followsOf
            || isMeasured || isHalfOf
        guard isCounted, numerator < denominator else { return nil }
        return NumberPhrase(value: value, first: i, end: at + 1, isPart: true)
    }

    // MARK: - Words as numbers

    func isMagnitude(_ i: Int) -> Bool { self[i].kind == .word && classes(i).contains(.magnitude) }
    func isNumberWord(_ i: Int) -> Bool { self[i].kind == .word && classes(i).contains(.number) }

    func isPluralMagnitude(_ i: Int) -> Bool {
        self[i].kind == .word && classes(i).contains(.pluralMagnitude)
    }

    private func isNumberBefore(_ i: Int) -> Bool {
        self[i - 1].kind == .number || isNumberWord(i - 1) || isKey(i - 1, .a) || isMagnitude(i - 1)
    }

    /// Whether something stands right before the token without white space.
    func isGluedBefore(_ i: Int) -> Bool {
        let before = self[i - 1].kind
        return !self[i].isSpaced && (before == .word || before == .number || before == .closeParen)
    }
}
