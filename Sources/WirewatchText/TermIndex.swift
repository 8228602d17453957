/// The tables of a ``TermMatcher``: spellings of terms as flat arrays, found by the hash of their words.
///
/// The spellings make a tree by their words, whose nodes lie in one hash table. A node for the first word alone is there
/// only for what ends with it: the first two are always looked up together.
struct TermIndex: Sendable {
    /// A node: one word, or two and more in a row.
    struct Slot {
        var key: WordKey = WordKey(low: 0, high: 0)
        /// Into ``candidates``; the term itself when ``isTerm``.
        var first: UInt32 = 0
        /// How many spellings end here, and two marks; 0 for an empty slot.
        var state: UInt32 = 0

        /// The key is the word itself and its only term asks for no more than that.
        static let termMark: UInt32 = 1 << 31
        /// Longer spellings begin with these words.
        static let longerMark: UInt32 = 1 << 30
        var isTerm: Bool { state & Self.termMark != 0 }
        var hasLonger: Bool { state & Self.longerMark != 0 }
        var count: UInt32 { state & ~(Self.termMark | Self.longerMark) }
    }

    /// One spelling of one term: as written, or with a plural ending.
    struct Candidate {
        var term: UInt32
        /// Into ``words``: all words but the last, which the spellings of a term share.
        var head: UInt32
        /// Into ``words``.
        var last: UInt32
        var wordCount: UInt32
        /// Punctuation that must stand before and after, into ``pieces``; mostly 0, the empty one.
        var before: UInt32
        var after: UInt32
        /// All words are short, none asks for its case, and what may part a phrase may part them; no punctuation.
        var isPlain = false
        /// The first two words of a plain spelling, beside its other fields: one look at far memory in place of three.
        var first = WordKey(low: 0, high: 0)
        var second = WordKey(low: 0, high: 0)
    }

    struct PatternWord {
        /// The folded letters of a word that ``isShort``.
        var key: WordKey
        /// Into ``bytes``.
        var folded: Range<UInt32>
        /// The letters whose case matters, into ``pieces``; 0 when none does.
        var raw: UInt32
        /// What stands between the word before and this one, into ``pieces``; 0 for what may part a phrase.
        var gap: UInt32
        var isPrefix: Bool
        /// A whole word of at most sixteen letters and digits, all ASCII.
        var isShort: Bool
    }

    let slots: FarTable<Slot>
    let slotMask: UInt64
    let candidates: FarTable<Candidate>
    private(set) var words: [PatternWord]
    private(set) var bytes: [UInt8]
    /// Ranges of ``bytes``; the first is empty.
    private(set) var pieces: [Range<UInt32>]
    /// The hashes of all nodes: most words of a text end here.
    private(set) var filter: TermFilter
    /// Bit n - 1: some term's first word is a prefix of n folded bytes.
    private(set) var prefixLengths: UInt64 = 0
    private(set) var longestPrefix = 0
    /// For the first two bytes of a word, by ``prefixStart(_:_:)``, the lengths of the prefixes that may begin so: bit n for n
    /// bytes, the last one for all that are longer. Empty when there are no prefixes.
    private(set) var prefixStarts: [UInt32] = []

    /// Sets hashes of prefixes apart from hashes of whole words.
    static let prefixMark: UInt64 = 0x5851_F42D_4C95_7F2D

    /// The hash of words in a row with one more.
    @inline(__always)
    static func chain(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let x = (first &* 31 &+ second) &* 0x9E37_79B9_7F4A_7C15
        return x ^ x >> 32
    }

    init(_ terms: [Term]) {
        var builder = TermIndexBuilder(capacity: terms.count)
        for (number, term) in terms.enumerated() { builder.add(term, UInt32(number)) }
        words = builder.words
        bytes = builder.bytes
        pieces = builder.pieces

        let nodes = TermNodes(builder)
        filter = TermFilter(capacity: nodes.count)
        for hash in builder.filtered { filter.insert(hash) }
        slots = FarTable(nodes.slots)
        slotMask = nodes.mask
        candidates = FarTable(nodes.candidates)
        for word in builder.prefixes {
            let folded = words[Int(word)].folded
            prefixLengths |= 1 << UInt64(min(folded.count, 64) - 1)
            longestPrefix = max(longestPrefix, folded.count)
            if prefixStarts.isEmpty { prefixStarts = [UInt32](repeating: 0, count: 1024) }
            let (one, two) = (bytes[Int(folded.lowerBound)], bytes[Int(folded.lowerBound) + 1])
            prefixStarts[Self.prefixStart(one, two)] |= 1 << UInt32(min(folded.count, 31))
        }
    }

    /// Where two letters are in ``prefixStarts``, whatever their case; some digits are where letters are.
    @inline(__always)
    static func prefixStart(_ one: UInt8, _ two: UInt8) -> Int { Int(one & 31) << 5 | Int(two & 31) }

    /// What a node is found by.
    struct Key {
        var hash: UInt64
        /// A short word alone as it is; for the others the hash, and a mark that no word has.
        var key: WordKey

        init(hash: UInt64) {
            self.hash = hash
            key = WordKey(low: hash, high: .max)
        }

        init(word: WordKey) {
            hash = word.hash
            key = word
        }
    }

    static func powerOfTwo(atLeast count: Int) -> Int {
        var size = 1
        while size < count { size *= 2 }
        return size
    }
}
