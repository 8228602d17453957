/// One word, number or sign of a sentence, as byte offsets into the whole text.
struct Token {
    enum Kind: UInt8 {
        case end
        case word
        case number
        /// `15th`.
        case ordinal
        /// A date, time, year, period, decade, version or telephone number: never an amount.
        case code
        case currency
        case percent, perMille, degree
        case hyphen, dash, slash
        case comma, period, semicolon, colon
        case openParen, closeParen, openBracket, closeBracket, quote
        case tilde, less, greater, plus, minus, plusMinus, times, caret, equals, hash, ampersand
        case other
    }

    struct Flags: OptionSet {
        let rawValue: UInt16
        /// White space stands before it.
        static let spaced = Flags(rawValue: 1)
        static let capital = Flags(rawValue: 2)
        static let allCaps = Flags(rawValue: 4)
        static let possessive = Flags(rawValue: 8)
        /// A number with thousands separators.
        static let grouped = Flags(rawValue: 16)
        static let decimal = Flags(rawValue: 32)
        /// `¾` or `1/4`.
        static let fraction = Flags(rawValue: 64)
        /// A word with digits in it: `H100`.
        static let digits = Flags(rawValue: 128)
        /// A date or a part of one; only on codes.
        static let date = Flags(rawValue: 256)
    }

    var kind: Kind
    /// How many digits stand before the decimal point.
    var digits: UInt8 = 0
    var flags: Flags
    /// Index into the lexicon (words) or the currency table (currency signs); -1 when unknown.
    var word: Int32 = -1
    // Of a known word, kept here because every rule asks for them.
    var key = Key.none
    var classes: WordClass = []
    private var low: Int32
    private var high: Int32
    /// The number as written; of a fraction its whole part.
    var number = DecimalNumber()
    /// What `¾` or `1/4` adds to ``number``.
    var fraction = 0.0

    /// Offsets beyond 2 GiB, which no article has, become the last that fit.
    init(kind: Kind, flags: Flags, start: Int, end: Int, word: Int32 = -1) {
        self.kind = kind
        self.flags = flags
        self.word = word
        low = Int32(clamping: start)
        high = Int32(clamping: end)
    }

    static let none = Token(kind: .end, flags: [], start: 0, end: 0)

    var start: Int { Int(low) }
    var end: Int { Int(high) }

    /// Makes a number or a word a part of a date or time.
    mutating func becomeDate() {
        kind = .code
        key = .none
        classes = []
        flags.insert(.date)
    }

    var isSpaced: Bool { flags.contains(.spaced) }
    var isCapital: Bool { flags.contains(.capital) }
}
