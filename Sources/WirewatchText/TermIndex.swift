/// The tables of a ``TermMatcher``: spellings of terms as flat arrays, found by the hash of their first two words.
struct TermIndex: Sendable {
    /// All spellings of one key: those of one word, or those that begin with the same two.
    struct Slot {
        var hash: UInt64 = 0
        /// Into ``candidates``.
        var first: UInt32 = 0
        /// 0 for an empty slot.
        var count: UInt32 = 0
    }

    /// One spelling of one term: as written, or with a plural ending.
    struct Candidate {
        var term: UInt32
        /// Into ``words``.
        var firstWord: UInt32
        var wordCount: UInt32
        /// Punctuation that must stand before and after, into ``bytes``; mostly empty.
        var before: Range<UInt32>
        var after: Range<UInt32>
    }

    struct PatternWord {
        var hash: UInt64
        /// Into ``bytes``.
        var folded: Range<UInt32>
        /// The letters whose case matters, into ``bytes``; empty when none does.
        var raw: Range<UInt32>
        var isPrefix: Bool
        /// What stands between the word before and this one.
        var gap: Gap
    }

    enum Gap {
        case soft
        /// These bytes, into ``bytes``.
        case exact(Range<UInt32>)
    }

    private(set) var slots: [Slot]
    private(set) var slotMask: Int
    private(set) var candidates: [Candidate] = []
    private(set) var words: [PatternWord] = []
    private(set) var bytes: [UInt8] = []
    /// One bit for each first word and each key, at most a quarter of them set: most words of a text end here.
    private(set) var filter: [UInt64]
    private(set) var filterMask: UInt64
    /// Bit n - 1: some term's first word is a prefix of n folded bytes.
    private(set) var prefixLengths: UInt64 = 0
    private(set) var longestPrefix = 0
    /// One bit for each pair of bytes that some prefix begins with; empty when there are no prefixes.
    private(set) var prefixStarts: [UInt64] = []

    var hasPrefixes: Bool { prefixLengths != 0 }

    /// Sets hashes of prefixes apart from hashes of whole words.
    static let prefixMark: UInt64 = 0x5851_F42D_4C95_7F2D

    /// What a spelling is found by: its first word, or its first two, so that no word leads to many candidates.
    static func key(of words: [PatternWord]) -> UInt64 {
        guard words.count > 1, !words[0].isPrefix, !words[1].isPrefix else { return words[0].hash }
        return pair(words[0].hash, words[1].hash)
    }

    /// The key of two words in a row.
    @inline(__always)
    static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 { mix(first &* 31 &+ second &+ 7) }

    @inline(__always)
    static func mix(_ hash: UInt64) -> UInt64 {
        let x = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
        return x ^ x >> 29
    }

    init(_ terms: [Term]) {
        var builder = TermIndexBuilder()
        for (number, term) in terms.enumerated() where term.problem == nil { builder.add(term, UInt32(number)) }

        // Group the spellings by key, the longest first, equal ones in the order of the terms.
        let order = builder.candidates.indices.sorted { a, b in
            let (x, y) = (builder.keys[a], builder.keys[b])
            if x != y { return x < y }
            let (m, n) = (builder.candidates[a].wordCount, builder.candidates[b].wordCount)
            return m == n ? a < b : m > n
        }
        candidates = order.map { builder.candidates[$0] }
        words = builder.words
        bytes = builder.bytes

        let size = Self.powerOfTwo(atLeast: max(16, order.count * 2))
        slots = [Slot](repeating: Slot(), count: size)
        slotMask = size - 1
        let bits = Self.powerOfTwo(atLeast: max(4096, order.count * 8))
        filter = [UInt64](repeating: 0, count: bits / 64)
        filterMask = UInt64(bits - 1)

        var at = 0
        while at < order.count {
            let key = builder.keys[order[at]]
            var end = at + 1
            while end < order.count, builder.keys[order[end]] == key { end += 1 }
            insert(Slot(hash: key, first: UInt32(at), count: UInt32(end - at)))
            for number in order[at..<end] {
                let first = builder.words[Int(builder.candidates[number].firstWord)]
                if !first.isPrefix { setFilter(first.hash) }
            }
            at = end
        }
        for candidate in candidates where words[Int(candidate.firstWord)].isPrefix {
            let folded = words[Int(candidate.firstWord)].folded
            prefixLengths |= 1 << UInt64(min(folded.count, 64) - 1)
            longestPrefix = max(longestPrefix, folded.count)
            if prefixStarts.isEmpty { prefixStarts = [UInt64](repeating: 0, count: 1024) }
            let (one, two) = (bytes[Int(folded.lowerBound)], bytes[Int(folded.lowerBound) + 1])
            prefixStarts[Int(one) << 2 | Int(two) >> 6] |= 1 << UInt64(two & 63)
        }
    }

    private mutating func insert(_ slot: Slot) {
        setFilter(slot.hash)
        var at = Int(truncatingIfNeeded: Self.mix(slot.hash)) & slotMask
        while slots[at].count > 0 { at = (at + 1) & slotMask }
        slots[at] = slot
    }

    private mutating func setFilter(_ hash: UInt64) {
        let mixed = Self.mix(hash)
        filter[Int(truncatingIfNeeded: (mixed & filterMask) >> 6)] |= 1 << (mixed & 63)
    }

    private static func powerOfTwo(atLeast count: Int) -> Int {
        var size = 1
        while size < count { size *= 2 }
        return size
    }
}
