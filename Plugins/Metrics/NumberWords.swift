/// Numbers in words: cardinals, parts, vague magnitudes.
extension SentenceParser {
    func wordNumber(at i: Int) -> NumberPhrase? {
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
    func cardinal(at start: Int) -> NumberPhrase? {
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
}
