/// The tables of a ``TermMatcher``: spellings of terms as flat arrays, found by the hash of their words.
///
/// The spellings make a tree by their words, whose nodes lie in one hash table. A node for the first word alone is there
/// only for what ends with it: the first two are always looked up together.
struct TermIndex: Sendable {
    /// A node: one word, or two and more in a row. Half a cache line.
    struct Slot {
        var hash: UInt64 = 0
        /// The word itself when ``isTerm``.
        var key = WordKey(low: 0, high: 0)
        /// Into ``candidates``; the term itself when ``isTerm``.
        var first: UInt32 = 0
        /// How many spellings end here, and two marks; 0 for an empty slot.
        var state: UInt32 = 0

        /// One short word, whose only term asks for no more than that.
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
    let prefixes: TermPrefixes

    /// Sets hashes of prefixes apart from hashes of whole words.
    static let prefixMark: UInt64 = 0x5851_F42D_4C95_7F2D

    /// The hash of words in a row with one more.
    @inline(__always)
    static func chain(_ first: UInt64, _ second: UInt64) -> UInt64 {
        ((first &<< 1 | first &>> 63) &+ second) &* 0x9E37_79B9_7F4A_7C15
    }

    /// What the place of a hash in a table is taken by, whose size is a power of two: bits that tell all words of a chain.
    @inline(__always)
    static func place(_ hash: UInt64, _ mask: UInt64) -> UInt64 { hash &>> 32 & mask }

    init(_ terms: [Term]) {
        var builder = TermIndexBuilder(capacity: terms.count)
        for (number, term) in terms.enumerated() { builder.add(term, UInt32(number)) }
        words = builder.words
        bytes = builder.bytes
        pieces = builder.pieces

        let nodes = TermNodes(builder)
        filter = TermFilter(capacity: nodes.count)
        for hash in builder.filtered { filter.insert(hash) }
        slots = nodes.slots
        slotMask = nodes.mask
        candidates = nodes.candidates
        prefixes = TermPrefixes(
            builder.prefixes.map { word in
                let folded = builder.words[Int(word)].folded
                return builder.bytes[Int(folded.lowerBound)..<Int(folded.upperBound)]
            })
    }

    static func powerOfTwo(atLeast count: Int) -> Int {
        var size = 1
        while size < count { size *= 2 }
        return size
    }
}
