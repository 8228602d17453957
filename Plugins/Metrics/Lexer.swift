/// Cuts a sentence into tokens, into an array that is used again for the next one.
struct Lexer {
    let text: [UInt8]
    let lexicon: Lexicon
    var tokens: [Token] = []
    private var end = 0
    private var i = 0

    init(text: [UInt8], lexicon: Lexicon) {
        self.text = text
        self.lexicon = lexicon
    }

    /// Replaces ``tokens`` by those of a part of the text. One pass, linear in its length.
    mutating func lex(_ range: Range<Int>) {
        tokens.removeAll(keepingCapacity: true)
        i = range.lowerBound
        end = min(range.upperBound, text.count)
        var spaced = true
        while i < end {
            let width = spaceWidth(i)
            if width > 0 {
                i += width
                spaced = true
                continue
            }
            let flags: Token.Flags = spaced ? .spaced : []
            spaced = false
            let byte = text[i]
            if isDigit(byte) || (byte == 0x2E && isDigit(at: i + 1) && !isWordByte(before: i)) {
                number(flags)
            } else if isLetter(byte) {
                word(flags)
            } else if byte >= 0x80 {
                wide(flags)
            } else {
                sign(byte, flags)
            }
        }
    }

    // MARK: - Words

    private mutating func word(_ flags: Token.Flags) {
        var flags = flags
        let start = i
        var hash = Lexicon.seed
        var capitals = 0
        var letters = 0
        while i < end {
            let byte = text[i]
            if isLetter(byte) {
                if byte & 0x20 == 0 { capitals += 1 }
                letters += 1
                hash = Lexicon.mix(hash, byte | 0x20)
            } else if isDigit(byte) {
                flags.insert(.digits)
                hash = Lexicon.mix(hash, byte)
            } else if byte >= 0x80, wideSign(i).kind == .word {
                letters += 1
                hash = Lexicon.mix(hash, byte)
            } else if byte == 0x2E, i + 1 < end, isLetter(text[i + 1]), i - start <= 8, isAcronymStep(i, start) {
                // "U.S." is looked up as "us".
                i += 1
                continue
            } else {
                break
            }
            i += 1
        }
        var wordEnd = i
        if i < end, text[i] == 0x2E, i - start >= 3, text[i - 2] == 0x2E { i += 1 }
        // A web address says nothing.
        if i + 2 < end, text[i] == 0x3A, text[i + 1] == 0x2F, text[i + 2] == 0x2F {
            while i < end, spaceWidth(i) == 0 { i += 1 }
            tokens.append(Token(kind: .code, flags: flags, start: start, end: i))
            return
        }
        // "iPhone" is a name as well.
        if capitals > 0, text[start] & 0x20 == 0 || letters > 3 { flags.insert(.capital) }
        if capitals == letters { flags.insert(.allCaps) }
        if i < end, text[i] == 0x24, i - start <= 4, let code = lexicon.currencyPrefix(text, start, i) {
            i += 1
            tokens.append(Token(kind: .currency, flags: flags, start: start, end: i, word: Int32(code)))
            return
        }
        let known = lexicon.find(text, start, i, hash)
        wordEnd = i
        let apostrophe = i < end && text[i] == 0x27 ? 1 : (i + 2 < end && isQuote(i) ? 3 : 0)
        if apostrophe > 0 {
            let next = i + apostrophe
            if next < end, text[next] | 0x20 == 0x73, !(next + 1 < end && isLetter(text[next + 1])) {
                flags.insert(.possessive)
                wordEnd = next + 1
                i = wordEnd
            }
        }
        var token = Token(kind: .word, flags: flags, start: start, end: wordEnd, word: Int32(known))
        if known >= 0 {
            token.key = lexicon.entries[known].key
            token.classes = lexicon.entries[known].classes
        }
        tokens.append(token)
    }

    /// Whether the full stop at `i` stands between single letters.
    private func isAcronymStep(_ i: Int, _ start: Int) -> Bool {
        guard i - start == 1 || (i - start >= 3 && text[i - 2] == 0x2E) else { return false }
        return !(i + 2 < end && isLetter(text[i + 2]))
    }

    // MARK: - Signs

    private mutating func sign(_ byte: UInt8, _ flags: Token.Flags) {
        let kind: Token.Kind =
            switch byte {
            case 0x24: .currency
            case 0x25: .percent
            case 0x2D: .hyphen
            case 0x2F: .slash
            case 0x2C: .comma
            case 0x2E: .period
            case 0x3B: .semicolon
            case 0x3A: .colon
            case 0x28: .openParen
            case 0x29: .closeParen
            case 0x5B: .openBracket
            case 0x5D: .closeBracket
            case 0x22, 0x27: .quote
            case 0x7E: .tilde
            case 0x3C: .less
            case 0x3E: .greater
            case 0x2B: .plus
            case 0x5E: .caret
            case 0x3D: .equals
            case 0x23: .hash
            case 0x26: .ampersand
            default: .other
            }
        var token = Token(kind: kind, flags: flags, start: i, end: i + 1)
        if byte == 0x24 { token.word = Int32(lexicon.dollar) }
        i += 1
        tokens.append(token)
    }

    private mutating func wide(_ flags: Token.Flags) {
        let found = wideSign(i)
        switch found.kind {
        case .word: word(flags)
        case .number:
            var token = Token(kind: .number, flags: flags.union(.fraction), start: i, end: i + found.width)
            token.fraction = found.fraction
            i += found.width
            tokens.append(token)
        default:
            var token = Token(kind: found.kind, flags: flags, start: i, end: min(i + found.width, end))
            if found.kind == .currency { token.word = Int32(lexicon.currencySign(found.scalar)) }
            i = token.end
            tokens.append(token)
        }
    }

    private struct WideSign {
        var kind: Token.Kind
        var width: Int
        var scalar: UInt32 = 0
        var fraction = 0.0
    }

    /// What the non-ASCII character at `i` is; letters and anything unknown are `word`.
    private func wideSign(_ i: Int) -> WideSign {
        let lead = text[i]
        var scalar: UInt32 = 0
        var width = 1
        if lead >= 0xC2, lead < 0xE0, i + 1 < end {
            scalar = UInt32(lead & 0x1F) << 6 | UInt32(text[i + 1] & 0x3F)
            width = 2
        } else if lead >= 0xE0, lead < 0xF0, i + 2 < end {
            scalar = UInt32(lead & 0x0F) << 12 | UInt32(text[i + 1] & 0x3F) << 6 | UInt32(text[i + 2] & 0x3F)
            width = 3
        } else {
            return WideSign(kind: .word, width: 1)
        }
        func sign(_ kind: Token.Kind) -> WideSign { WideSign(kind: kind, width: width, scalar: scalar) }
        func part(_ value: Double) -> WideSign { WideSign(kind: .number, width: width, fraction: value) }
        switch scalar {
        case 0xBC: return part(0.25)
        case 0xBD: return part(0.5)
        case 0xBE: return part(0.75)
        case 0x2153: return part(1.0 / 3)
        case 0x2154: return part(2.0 / 3)
        case 0x2155...0x2158: return part(Double(scalar - 0x2154) / 5)
        case 0x2159: return part(1.0 / 6)
        case 0x215A: return part(5.0 / 6)
        case 0x215B...0x215E: return part(Double((scalar - 0x215B) * 2 + 1) / 8)
        case 0xD7: return sign(.times)
        case 0xB1: return sign(.plusMinus)
        case 0xB0, 0xBA: return sign(.degree)
        case 0x2212: return sign(.minus)
        case 0x2010, 0x2011: return sign(.hyphen)
        case 0x2012, 0x2013, 0x2014, 0x2015: return sign(.dash)
        case 0x2018, 0x2019, 0x201C, 0x201D, 0xAB, 0xBB, 0x2032, 0x2033: return sign(.quote)
        case 0x2248, 0x223C: return sign(.tilde)
        case 0x2264, 0xFF1C: return sign(.less)
        case 0x2265, 0xFF1E: return sign(.greater)
        case 0x2030: return sign(.perMille)
        case 0xFF05: return sign(.percent)
        case 0xFF0C, 0x3001: return sign(.comma)
        case 0x3002: return sign(.period)
        case 0xFF08: return sign(.openParen)
        case 0xFF09: return sign(.closeParen)
        default: break
        }
        if lexicon.isCurrencySign(scalar) { return sign(.currency) }
        if (scalar >= 0x2000 && scalar < 0x2070) || (scalar >= 0x2190 && scalar < 0x2C00) { return sign(.other) }
        return WideSign(kind: .word, width: width, scalar: scalar)
    }

    private func isQuote(_ i: Int) -> Bool {
        text[i] == 0xE2 && text[i + 1] == 0x80 && text[i + 2] == 0x99
    }

    // MARK: - Numbers

    private mutating func number(_ flags: Token.Flags) {
        var scan = NumberScan(text: text, start: i, end: end)
        scan.run()
        var token = Token(kind: scan.kind, flags: flags.union(scan.flags), start: i, end: scan.index)
        token.number = scan.number
        token.fraction = scan.fraction
        token.digits = UInt8(min(scan.wholeDigits, 255))
        i = scan.index
        tokens.append(token)
    }

    // MARK: - Bytes

    /// The width of the white space at `i`, 0 when there is none. No-break and thin spaces count.
    private func spaceWidth(_ i: Int) -> Int {
        let byte = text[i]
        if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { return 1 }
        if byte == 0xC2, i + 1 < end, text[i + 1] == 0xA0 { return 2 }
        if byte == 0xE2, i + 2 < end, text[i + 1] == 0x80 {
            let last = text[i + 2]
            if last <= 0x8D || last == 0xAF { return 3 }
        }
        if byte == 0xE3, i + 2 < end, text[i + 1] == 0x80, text[i + 2] == 0x80 { return 3 }
        return 0
    }

    private func isLetter(_ byte: UInt8) -> Bool { byte < 0x80 && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private func isDigit(at i: Int) -> Bool { i < end && isDigit(text[i]) }
    private func isWordByte(before i: Int) -> Bool {
        i > 0 && (isLetter(text[i - 1]) || isDigit(text[i - 1]) || text[i - 1] >= 0x80)
    }
}
