/// A unit found after a number.
struct UnitMatch {
    var unit: Unit
    var end: Int
    /// `MUSD` counts millions.
    var power = 0
}

/// Units after a number: signs, symbols, names of up to three words, compounds with `/`.
extension SentenceParser {
    /// The unit at a token; nil when none follows. `phrase` is the number before it.
    func unit(at i: Int, after phrase: NumberPhrase) -> UnitMatch? {
        guard var match = simpleUnit(at: i, after: phrase) else { return nil }
        // "4 km squared", "4km^2"
        if match.unit.dimension == .length {
            var power = 0
            var end = match.end
            if isKey(end, .squared) { power = 2 } else if isKey(end, .cubed) { power = 3 }
            if power > 0 { end += 1 }
            if self[end].kind == .caret, self[end + 1].kind == .number, power == 0 {
                power = Int(max(0, min(self[end + 1].number.value, 9)))
                end += 2
            }
            if power == 2 || power == 3 {
                match.unit = Unit(code: "\(match.unit.code)\(power)", dimension: power == 2 ? .area : .volume)
                match.end = end
            }
        }
        return compound(match)
    }

    /// `mg/L`, `GB/s`, `metres per second`.
    private func compound(_ match: UnitMatch) -> UnitMatch {
        let match = power(match)
        let dimension = match.unit.dimension
        guard dimension != .money, dimension != .percent, dimension != .ratio, dimension != .time else { return match }
        var at = match.end
        let isSlash = self[at].kind == .slash && !self[at].isSpaced
        let isEach =
            (isKey(at, .an) || isKey(at, .a)) && dimension == .length
            && ["h", "s", "min"].contains(plainUnit(at + 1)?.code)
        let isPer = isKey(at, .per) && (dimension == .length || dimension == .data) || isEach
        guard isSlash || isPer else { return match }
        at += 1
        guard let other = plainUnit(at), isSlash || other.dimension == .time else { return match }
        return UnitMatch(unit: Unit(code: "\(match.unit.code)/\(other.code)", dimension: .rate), end: at + 1)
    }

    /// Powers as papers write them: `g cm−3`, `km s−1`, `cm−1`.
    private func power(_ match: UnitMatch) -> UnitMatch {
        guard match.unit.dimension != .money, match.unit.dimension != .percent, match.unit.dimension != .ratio,
            self[match.end - 1].kind == .word
        else { return match }
        if let power = exponent(match.end) {
            return UnitMatch(unit: Unit(code: "\(match.unit.code)-\(power)", dimension: .other), end: match.end + 2)
        }
        guard let other = plainUnit(match.end), let power = exponent(match.end + 1) else { return match }
        let below = power == 1 ? other.code : "\(other.code)\(power)"
        return UnitMatch(unit: Unit(code: "\(match.unit.code)/\(below)", dimension: .rate), end: match.end + 3)
    }

    /// The digit of `−3`.
    private func exponent(_ i: Int) -> Int? {
        guard self[i].kind == .minus || self[i].kind == .hyphen, !self[i].isSpaced, self[i + 1].kind == .number,
            self[i + 1].digits == 1, self[i + 1].flags.isDisjoint(with: [.decimal, .fraction])
        else { return nil }
        return Int(self[i + 1].number.value)
    }

    /// The unit of one word, symbol first.
    func plainUnit(_ i: Int) -> Unit? {
        let token = self[i]
        guard token.kind == .word else { return nil }
        if let symbol = lexicon.symbol(text, token.start, token.end) { return lexicon.units[symbol] }
        let unit = entry(i).unit
        return unit >= 0 ? lexicon.units[Int(unit)] : nil
    }

    private func simpleUnit(at i: Int, after phrase: NumberPhrase) -> UnitMatch? {
        let token = self[i]
        switch token.kind {
        case .percent: return UnitMatch(unit: Unit(code: "%", dimension: .percent), end: i + 1)
        case .perMille: return UnitMatch(unit: Unit(code: "[ppth]", dimension: .percent), end: i + 1)
        case .degree: return degrees(i)
        case .currency: return suffixSign(i, after: phrase)
        case .times: return ratio(i)
        case .openBracket, .openParen:
            guard self[i + 2].kind == .closeBracket || self[i + 2].kind == .closeParen, self[i + 1].kind == .word,
                self[i + 1].end - self[i + 1].start > 1 || token.kind == .openBracket,
                lexicon.symbol(text, self[i + 1].start, self[i + 1].end) != nil, let unit = plainUnit(i + 1)
            else { return nil }
            return UnitMatch(unit: unit, end: i + 3)
        case .hyphen, .dash:
            guard !token.isSpaced, isGlued(i + 1), self[i + 1].kind == .word else { return nil }
            return named(i + 1, after: phrase, hyphenated: true)
        case .quote:
            // 10" is a length when nothing is quoted there.
            guard byte(token) == 0x22 || text[token.start] == 0xE2, isKey(i + 1, .long) || isKey(i + 1, .high),
                phrase.isDigits
            else { return nil }
            return UnitMatch(unit: Unit(code: "[in_i]", dimension: .length), end: i + 1)
        case .word:
            if isClass(i, .unitAdjective), isUnit(i + 1), let match = named(i + 1, after: phrase, hyphenated: false),
                named(i, after: phrase, hyphenated: false) == nil
            {
                return match
            }
            if isKey(i, .x), !token.isSpaced { return ratio(i) }
            return named(i, after: phrase, hyphenated: false)
        default: return nil
        }
    }

    private func ratio(_ i: Int) -> UnitMatch? {
        guard !self[i].isSpaced, self[i + 1].kind != .number || self[i + 1].isSpaced else { return nil }
        return UnitMatch(unit: Unit(code: "x", dimension: .ratio), end: i + 1)
    }

    /// `100 €`, `100$`; not `50 $5`.
    private func suffixSign(_ i: Int, after phrase: NumberPhrase) -> UnitMatch? {
        guard !(self[i + 1].kind == .number && !self[i + 1].isSpaced), self[i].word >= 0 else { return nil }
        return UnitMatch(unit: lexicon.units[Int(self[i].word)], end: i + 1)
    }

    private func degrees(_ i: Int) -> UnitMatch {
        let next = self[i + 1]
        if next.kind == .word {
            let letter = text[next.start] | 0x20
            let isLetter = next.end - next.start == 1
            if letter == 0x63, isLetter || entry(i + 1).unit >= 0 {
                return UnitMatch(unit: Unit(code: "Cel", dimension: .temperature), end: i + 2)
            }
            if letter == 0x66, isLetter || entry(i + 1).unit >= 0 {
                return UnitMatch(unit: Unit(code: "[degF]", dimension: .temperature), end: i + 2)
            }
            if letter == 0x6B, isLetter { return UnitMatch(unit: Unit(code: "K", dimension: .temperature), end: i + 2) }
        }
        return UnitMatch(unit: Unit(code: "deg", dimension: .angle), end: i + 1)
    }

    /// A unit's name or symbol at a word.
    private func named(_ i: Int, after phrase: NumberPhrase, hyphenated: Bool) -> UnitMatch? {
        if entry(i).startsUnit, let match = longName(i) { return match }
        let token = self[i]
        let length = token.end - token.start
        if !token.flags.contains(.possessive), let symbol = lexicon.symbol(text, token.start, token.end),
            entry(i).unit < 0 || length <= 3
        {
            let unit = lexicon.units[symbol]
            if acceptsSymbol(i, unit, after: phrase, hyphenated: hyphenated) {
                return UnitMatch(unit: unit, end: i + 1)
            }
            if entry(i).unit < 0 { return nil }
        }
        if length == 1, phrase.isDigits, !phrase.hasMagnitude, let degrees = letterDegrees(i) { return degrees }
        let index = entry(i).unit
        guard index >= 0 else { return nil }
        var unit = lexicon.units[Int(index)]
        if unit.dimension == .money {
            guard acceptsCurrencyWord(i, after: phrase) else { return nil }
            if unit.code.hasPrefix("M ") {
                unit.code.removeFirst(2)
                return UnitMatch(unit: unit, end: i + 1, power: 6)
            }
        }
        // "10 second" is an ordinal's place; "30-second" and "30 seconds" are times.
        if isKey(i, .second), !hyphenated { return nil }
        if isKey(i, .us) { return nil }
        return UnitMatch(unit: unit, end: i + 1)
    }

    /// `30 C`, `70 F`.
    private func letterDegrees(_ i: Int) -> UnitMatch? {
        let next = self[i + 1]
        guard next.kind != .hyphen, !(next.kind == .word && next.isCapital), next.kind != .ampersand else { return nil }
        switch byte(self[i]) {
        case 0x43: return UnitMatch(unit: Unit(code: "Cel", dimension: .temperature), end: i + 1)
        case 0x46 where self[i].isSpaced:
            return UnitMatch(unit: Unit(code: "[degF]", dimension: .temperature), end: i + 1)
        default: return nil
        }
    }

    /// A unit's name of two or three words.
    func longName(_ i: Int) -> UnitMatch? {
        var words: [Int32] = [self[i].word]
        var ends: [Int] = []
        var at = i + 1
        while words.count < 3 {
            if self[at].kind == .hyphen, !self[at].isSpaced { at += 1 }
            guard self[at].kind == .word, self[at].word >= 0 else { break }
            words.append(self[at].word)
            at += 1
            ends.append(at)
        }
        while words.count >= 2 {
            if let unit = lexicon.phrase(words) {
                return UnitMatch(unit: lexicon.units[unit], end: ends[words.count - 2])
            }
            words.removeLast()
        }
        return nil
    }

    /// Symbols that are words or letters as well are units only where nothing speaks against it.
    private func acceptsSymbol(_ i: Int, _ unit: Unit, after phrase: NumberPhrase, hyphenated: Bool) -> Bool {
        guard phrase.isDigits else { return false }
        let token = self[i]
        let next = self[i + 1]
        if isKey(i, .inWord) {
            let isEnd = next.kind == .end || next.kind == .period || next.kind == .comma || next.kind == .closeParen
            return (isEnd && next.kind != .end || isExtent(i + 1) || next.kind == .end) && !isYearLike(phrase.first)
        }
        if token.end - token.start > 1 { return true }
        if isKey(i, .a) { return false }
        // Single letters: "5 m", "24h", "6m-high", but neither "5 A-level" nor "3D", "5G", "4K".
        if next.kind == .hyphen, !next.isSpaced { return isGlued(i + 2) && isExtent(i + 2) }
        let letter = byte(token)
        if !token.isSpaced {
            switch letter {
            case 0x4B: return phrase.value >= 10  // K
            case 0x46, 0x54, 0x4E, 0x41: return false  // F T N A
            case 0x64: return phrase.value >= 2  // d
            default: return true
            }
        }
        if letter & 0x20 == 0 {
            return !(next.kind == .word && next.isCapital) && letter != 0x54 && letter != 0x4E && letter != 0x46
        }
        return true
    }

    private func isExtent(_ i: Int) -> Bool {
        switch key(i) {
        case .long, .high, .thick, .wide, .tall, .deep: true
        default: false
        }
    }

    private func acceptsCurrencyWord(_ i: Int, after phrase: NumberPhrase) -> Bool {
        let token = self[i]
        let length = token.end - token.start
        let isWord = ["won", "real", "rand", "try", "all", "dong", "kip", "ether", "cup", "rs"].contains(
            string(token.start, token.end).lowercased())
        if isWord, !token.flags.contains(.allCaps) {
            return phrase.hasMagnitude || phrase.value >= 100 && phrase.isDigits
        }
        // Codes are written in capitals; "100 rmb" and "10 usd" are usual all the same.
        if length == 3, !token.flags.contains(.allCaps), byte(token) < 0x80 {
            return ["usd", "eur", "rmb", "gbp", "btc", "yen", "inr", "jpy", "cny"].contains(
                string(token.start, token.end).lowercased())
        }
        return true
    }
}
