/// Finds the claims of one sentence.
///
/// Every rule looks at a bounded number of tokens on either side, so a sentence takes linear time whatever it holds.
struct SentenceParser {
    let text: [UInt8]
    let lexicon: Lexicon
    private var lexer: Lexer
    /// Who is said to say what the sentence says; nil when it is the article.
    private(set) var speaker: String?
    /// In the order of the text; they do not overlap.
    var claims: [Claim] = []
    /// Spans of time in the sentence, as token ranges.
    var timeframes: [Range<Int>] = []
    init(text: [UInt8], lexicon: Lexicon) {
        self.text = text
        self.lexicon = lexicon
        lexer = Lexer(text: text, lexicon: lexicon)
    }

    var tokens: [Token] {
        get { lexer.tokens }
        _modify { yield &lexer.tokens }
    }

    /// Replaces ``claims`` by those of a sentence.
    mutating func parse(_ sentence: Range<Int>) {
        claims.removeAll(keepingCapacity: true)
        timeframes.removeAll(keepingCapacity: true)
        lexer.lex(sentence)
        markDates()
        var i = 0
        // Where the last number that belongs to a label ended: "phases 3, 5 and 7".
        var nameEnd = -9
        while i < tokens.count {
            if i - nameEnd <= 3, tokens[i].kind == .number, continuesName(from: nameEnd, to: i) {
                nameEnd = i + 1
                i += 1
                continue
            }
            guard mayBegin(i) else {
                i += 1
                continue
            }
            if let claim = rank(at: i) ?? dateTarget(at: i) ?? multiple(at: i) ?? quantity(at: i) {
                claims.append(claim)
                i = max(claim.end, i + 1)
            } else {
                if tokens[i].kind == .number, isLabelled(i) || isNamed(i) { nameEnd = i + 1 }
                i = skip(i)
            }
        }
        if claims.isEmpty { return }
        attachChangesAndRates()
        findTimeframes()
        resolveEllipses()
        joinBounds()
        speaker = attribution()
        resolveYen()
    }

    /// Where to go on after a token that begins no claim: a number that is none is not read again from its middle.
    private func skip(_ i: Int) -> Int {
        guard tokens[i].kind == .word, isNumberWord(i), let phrase = number(at: i) else { return i + 1 }
        return max(phrase.end, i + 1)
    }

    /// A cheap test that lets most words pass by without the grammar.
    private func mayBegin(_ i: Int) -> Bool {
        let token = tokens[i]
        switch token.kind {
        case .number, .ordinal, .currency, .minus: return true
        case .hyphen: return token.isSpaced
        case .word:
            guard token.word >= 0, lexicon.entries[Int(token.word)].startsClaim else { return false }
            return token.key != .a && token.key != .an || entry(i + 1).part > 0 || isKey(i + 1, .dozen)
                || isMagnitude(i + 1)
        default: return false
        }
    }

    /// Whether a label stands before a number: `phases 3`, `Fig. 3`.
    private func isLabelled(_ i: Int) -> Bool {
        isClass(i - 1, .label) || self[i - 1].kind == .period && isClass(i - 2, .label)
    }

    /// Whether a name stands before a number that was found to be no claim: "Opteron 3200 or 4200".
    private func isNamed(_ i: Int) -> Bool {
        i > 1 && self[i - 1].kind == .word && self[i - 1].isCapital && self[i - 1].classes.isEmpty
    }

    /// Whether a number goes on with a list of labels' numbers: only a comma or "and" between, and no unit behind.
    private func continuesName(from end: Int, to i: Int) -> Bool {
        guard i > end else { return false }
        for k in end..<i {
            // "Figures 3A and 3B"
            let isLetter = self[k].kind == .word && !self[k].isSpaced && self[k].end - self[k].start == 1
            guard self[k].kind == .comma || isKey(k, .and) || isKey(k, .or) || isKey(k, .of) || isLetter else {
                return false
            }
        }
        let next = self[i + 1]
        return
            !(next.kind == .percent || isMagnitude(i + 1) || isUnit(i + 1) || isPluralNoun(i + 1)
            || next.kind == .currency)
    }

    // MARK: - Tokens

    /// The token at an index; `.end` outside the sentence.
    @inline(__always)
    subscript(_ i: Int) -> Token { i >= 0 && i < lexer.tokens.count ? lexer.tokens[i] : .none }

    /// What the lexicon knows of the word at an index; nothing for other tokens.
    func entry(_ i: Int) -> Lexicon.Entry {
        let token = self[i]
        return token.kind == .word && token.word >= 0 ? lexicon.entries[Int(token.word)] : Lexicon.Entry()
    }

    /// The word's key and classes, which are kept with the token; nothing for other tokens.
    @inline(__always)
    func key(_ i: Int) -> Key { i >= 0 && i < lexer.tokens.count ? lexer.tokens[i].key : .none }
    @inline(__always)
    func classes(_ i: Int) -> WordClass { i >= 0 && i < lexer.tokens.count ? lexer.tokens[i].classes : [] }
    @inline(__always)
    func isKey(_ i: Int, _ key: Key) -> Bool {
        self.key(i) == key && self[i].kind == .word && self[i].word >= 0
    }
    @inline(__always)
    func isClass(_ i: Int, _ classes: WordClass) -> Bool { !self.classes(i).isDisjoint(with: classes) }

    func byte(_ token: Token) -> UInt8 { text[token.start] }

    func string(_ from: Int, _ to: Int) -> String { String(decoding: text[from..<to], as: UTF8.self) }

    /// The text from one token to another, end exclusive.
    func string(tokens range: Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        return string(self[range.lowerBound].start, self[range.upperBound - 1].end)
    }

    func isGlued(_ i: Int) -> Bool { !self[i].isSpaced && self[i].kind != .end }
}
