import WirewatchKit

/// An amount with its unit: a number, or a range of two.
struct AmountPhrase {
    var first: Int
    var end: Int
    var number: NumberPhrase
    var second: NumberPhrase?
    var unit: Unit?
    /// Marks after the number that say "at least": `50+`.
    var isOpen = false
    /// The unit stood before the number, as currencies do.
    var isPrefixed = false

    var low: Double { second.map { min(number.value, $0.value) } ?? number.value }
    var high: Double? { second.map { max(number.value, $0.value) } ?? number.high }
    var isRange: Bool { second != nil || number.high != nil }
}

/// Amounts: currency, number, range, unit.
extension SentenceParser {
    /// The amount that begins at a token. `between`: whether "and" joins a range.
    func amount(at i: Int, between: Bool = false) -> AmountPhrase? {
        let prefix = currencyPrefix(at: i)
        guard var number = number(at: prefix?.end ?? i, afterCurrency: prefix != nil) else { return nil }
        if let prefix, number.first == prefix.end { number.first = prefix.end }
        var phrase = AmountPhrase(first: i, end: number.end, number: number)
        if let prefix {
            phrase.unit = prefix.unit
            phrase.isPrefixed = true
            phrase.end = skipRepeatedCurrency(phrase.end, prefix.unit)
        }
        if self[phrase.end].kind == .plus, !self[phrase.end].isSpaced, self[phrase.end + 1].kind != .number {
            phrase.isOpen = true
            phrase.end += 1
        }
        if self[phrase.end].kind == .hyphen, !self[phrase.end].isSpaced, isClass(phrase.end + 1, .afterHyphen),
            isGlued(phrase.end + 1)
        {
            phrase.isOpen = isKey(phrase.end + 1, .plus)
            phrase.end += 2
        }
        if phrase.unit == nil, let match = unit(at: phrase.end, after: number) {
            apply(match, to: &phrase)
        }
        skipTolerance(&phrase)
        extend(&phrase, between: between)
        addSmallerUnit(&phrase)
        return phrase
    }

    private func apply(_ match: UnitMatch, to phrase: inout AmountPhrase) {
        phrase.unit = match.unit
        phrase.end = match.end
        // "75 USD million"
        if match.unit.dimension == .money, !phrase.number.hasMagnitude, isCurrencyCode(match.end - 1),
            isMagnitude(match.end), !isPluralMagnitude(match.end)
        {
            phrase.number.magnitude = entry(match.end).magnitude
            phrase.number.value *= DecimalNumber.powers[phrase.number.magnitude]
            phrase.number.hasMagnitude = true
            phrase.end += 1
        }
        if match.power > 0 {
            phrase.number.value *= DecimalNumber.powers[min(match.power, 22)]
            phrase.number.hasMagnitude = true
        }
        // A pound is money where money is spoken of, and a weight elsewhere.
        let last = match.end - 1
        if isKey(last, .pound) || isKey(last, .pounds), match.unit.code == "[lb_av]" || match.unit.code == "GBP" {
            let isMoney = phrase.number.magnitude >= 6 || isMoneyNear(phrase.first)
            phrase.unit = isMoney ? Unit(code: "GBP", dimension: .money) : Unit(code: "[lb_av]", dimension: .mass)
        }
    }

    private func isMoneyNear(_ i: Int) -> Bool {
        for k in max(0, i - 5)..<i where isClass(k, .moneyCue) && !isClass(k, .magnitude) { return true }
        return false
    }

    /// `43.6% ± 4.4%`, `88 ± 1.1 kg`: the tolerance is a part of the claim, not one of its own.
    private func skipTolerance(_ phrase: inout AmountPhrase) {
        guard self[phrase.end].kind == .plusMinus, let tolerance = number(at: phrase.end + 1) else { return }
        let match = unit(at: tolerance.end, after: tolerance)
        phrase.unit = phrase.unit ?? match?.unit
        phrase.end = match?.end ?? tolerance.end
    }

    /// `$`, `US$`, `USD`, `RMB` before a number; `USD $5`.
    private func currencyPrefix(at i: Int) -> (unit: Unit, end: Int)? {
        let token = self[i]
        if token.kind == .currency, token.word >= 0 { return (lexicon.units[Int(token.word)], i + 1) }
        guard isCurrencyCode(i) else { return nil }
        let unit = lexicon.units[Int(entry(i).unit)]
        if self[i + 1].kind == .currency { return self[i + 2].kind == .number ? (unit, i + 2) : nil }
        if self[i + 1].kind == .number { return (unit, i + 1) }
        // "Rs. 500"
        if self[i + 1].kind == .period, !self[i + 1].isSpaced, self[i + 2].kind == .number { return (unit, i + 2) }
        return nil
    }

    /// `US$5 million USD`, `$5 million dollars`.
    private func skipRepeatedCurrency(_ i: Int, _ unit: Unit) -> Int {
        let index = entry(i).unit
        guard index >= 0, lexicon.units[Int(index)].dimension == .money, isCurrencyCode(i) || classes(i).isEmpty
        else { return i }
        return lexicon.units[Int(index)].code == unit.code ? i + 1 : i
    }

    // MARK: - Ranges

    /// Takes in the second number of a range: `30-40 percent`, `8- to 16-metre`, `$5 to $10 million`, `three or four days`.
    private func extend(_ phrase: inout AmountPhrase, between: Bool) {
        var at = phrase.end
        var isDash = false
        if phrase.isOpen || phrase.number.high != nil || phrase.number.isPart { return }
        let token = self[at]
        if token.kind == .hyphen || token.kind == .dash || token.kind == .tilde && !token.isSpaced {
            // Both sides glued or both spaced; "8- to" leaves the second to "to".
            isDash = true
            at += 1
            if isKey(at, .to) {
                at += 1
            } else if token.isSpaced != self[at].isSpaced {
                return
            }
        } else if isKey(at, .to) || isKey(at, .through) {
            at += 1
        } else if isKey(at, .and), between {
            at += 1
        } else if isKey(at, .or), !phrase.number.isDigits, phrase.unit == nil {
            at += 1
        } else {
            return
        }
        let prefix = currencyPrefix(at: at)
        let start = prefix?.end ?? at
        // "rose $2.10 to $84.50": by the first, to the second.
        let isStep =
            prefix != nil && phrase.isPrefixed && isClass(phrase.first - 1, .change)
            && !isClass(phrase.first - 1, .transitive) && isKey(at - 1, .to)
        guard var second = number(at: start, afterCurrency: prefix != nil || phrase.isPrefixed), second.high == nil,
            !second.isPart
        else { return }
        var end = second.end
        var unit = prefix?.unit
        if unit == nil, let match = self.unit(at: end, after: second) {
            unit = match.unit
            end = match.end
            if match.power > 0 { second.value *= DecimalNumber.powers[min(match.power, 22)] }
        }
        if let first = phrase.unit {
            if let unit {
                guard unit.dimension == first.dimension, unit.code == first.code else { return }
            } else {
                guard phrase.isPrefixed else { return }
            }
        }
        // "3-2" is a score, "555-1234" a telephone number.
        let isBare = phrase.unit == nil && unit == nil
        if isBare, isDash {
            let isPlain = !phrase.number.hasMagnitude && !second.hasMagnitude
            if isPlain, second.value <= phrase.number.value || self[end].kind == .hyphen { return }
        }
        if isBare, isKey(phrase.end, .or), second.value <= phrase.number.value { return }
        // "voted 312 to 118"
        if isBare, isKey(phrase.end, .to), second.value < phrase.number.value, !isKey(phrase.first - 1, .from) {
            return
        }
        if phrase.number.value < 0, isDash { return }
        if isStep, second.value > phrase.number.value * 4 { return }
        // The magnitude of the second serves both: "$5-10 million".
        if second.hasMagnitude, !phrase.number.hasMagnitude, second.magnitude > 0, second.magnitude <= 18,
            !second.hasSuffix || isDash
        {
            let scaled = phrase.number.value * DecimalNumber.powers[second.magnitude]
            if scaled <= second.value { phrase.number.value = scaled }
        }
        phrase.second = second
        phrase.unit = phrase.unit ?? unit
        phrase.end = end
    }

    // MARK: - Two units

    /// `5 feet 2 inches`, `3 dollars 50 cents`, `15 dollars and 50 cents`: in the first unit.
    private func addSmallerUnit(_ phrase: inout AmountPhrase) {
        guard let unit = phrase.unit, phrase.second == nil, !phrase.isPrefixed else { return }
        let smaller: (code: String, parts: Double)
        switch unit.code {
        case "[ft_i]": smaller = ("[in_i]", 12)
        case "USD", "EUR", "CAD", "AUD": smaller = ("cent", 100)
        case "GBP": smaller = ("pence", 100)
        case "h": smaller = ("min", 60)
        case "[lb_av]": smaller = ("[oz_av]", 16)
        default: return
        }
        var at = phrase.end
        if isKey(at, .and) { at += 1 }
        guard let number = number(at: at), number.value < smaller.parts, number.value >= 0,
            let match = self.unit(at: number.end, after: number), match.unit.code == smaller.code
        else { return }
        phrase.number.value += number.value / smaller.parts
        phrase.end = match.end
    }
}
