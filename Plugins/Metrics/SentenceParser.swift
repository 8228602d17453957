/// Finds the claims of one sentence.
///
/// Every rule looks at a bounded number of tokens on either side, so a sentence takes linear time whatever it holds.
struct SentenceParser {
    let text: [UInt8]
    let lexicon: Lexicon
    private var lexer: Lexer
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
        while i < tokens.count {
            if let claim = rank(at: i) ?? dateTarget(at: i) ?? multiple(at: i) ?? quantity(at: i) {
                claims.append(claim)
                i = max(claim.end, i + 1)
            } else {
                i = skip(i)
            }
        }
        attachChangesAndRates()
        findTimeframes()
        resolveEllipses()
    }

    /// Where to go on after a token that begins no claim: a number that is none is not read again from its middle.
    private func skip(_ i: Int) -> Int {
        guard tokens[i].kind == .word, isNumberWord(i), let phrase = number(at: i) else { return i + 1 }
        return max(phrase.end, i + 1)
    }

    // MARK: - Tokens

    /// The token at an index; `.end` outside the sentence.
    subscript(_ i: Int) -> Token { i >= 0 && i < tokens.count ? tokens[i] : .none }

    /// What the lexicon knows of the word at an index; nothing for other tokens.
    func entry(_ i: Int) -> Lexicon.Entry {
        guard i >= 0, i < tokens.count, tokens[i].kind == .word, tokens[i].word >= 0 else { return Lexicon.Entry() }
        return lexicon.entries[Int(tokens[i].word)]
    }

    func isKey(_ i: Int, _ key: Key) -> Bool { entry(i).key == key }

    func isClass(_ i: Int, _ classes: WordClass) -> Bool { !entry(i).classes.isDisjoint(with: classes) }

    func byte(_ token: Token) -> UInt8 { text[token.start] }

    func string(_ from: Int, _ to: Int) -> String { String(decoding: text[from..<to], as: UTF8.self) }

    /// The text from one token to another, end exclusive.
    func string(tokens range: Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        return string(self[range.lowerBound].start, self[range.upperBound - 1].end)
    }

    func isGlued(_ i: Int) -> Bool { !self[i].isSpaced && self[i].kind != .end }
}
