/// All words that the grammar knows, found by a hash of their bytes.
///
/// Made once, never changed; shared by all threads.
final class Lexicon: Sendable {
    /// What is known of a word.
    struct Entry: Sendable {
        var classes: WordClass = []
        var key = Key.none
        /// Of a number word.
        var number = 0.0
        /// The power of ten of a magnitude word.
        var magnitude = 0
        /// The denominator of `thirds`; 0 for other words.
        var part = 0.0
        /// The value of `second` as a rank; 0 for other words.
        var ordinal = 0.0
        /// Kinds that the word speaks for: one bit a kind.
        var strongCues: UInt64 = 0
        var weakCues: UInt64 = 0
        /// Index into ``units`` when the word alone is a unit's name; -1 otherwise.
        var unit: Int32 = -1
        /// Index into ``nouns`` when a user says what the word counts; -1 otherwise.
        var noun: Int32 = -1
        /// Whether names of units or cues of several words begin with it.
        var startsUnit = false
        var startsCue = false
        /// Whether a claim may begin with it; the others are passed over at once.
        var startsClaim = false
    }

    struct Cues: Sendable {
        var strong: UInt64 = 0
        var weak: UInt64 = 0
    }

    let entries: [Entry]
    private let words: [[UInt8]]
    let units: [Unit]
    /// What users' counted words are reported as.
    let nouns: [String]
    let kinds: [String]
    /// The kinds that changes weigh; -1 where there is none.
    let growthKind: Int
    let costKind: Int
    let profitKind: Int
    let modelKind: Int
    /// The dimensions that each kind allows, one bit a dimension.
    let kindDimensions: [UInt32]
    private let slots: [Int32]
    private let phrases: [UInt64: Int32]
    private let cuePhrases: [UInt64: Cues]
    private let symbols: [UInt64: Int32]
    private let signs: [UInt32: Int32]
    private let prefixes: [[UInt8]: Int32]
    /// The words of Chinese text.
    let han: HanLexicon
    /// `¥` and its full-width twin.
    let yenSigns: [[UInt8]] = [Array("¥".utf8), Array("￥".utf8)]
    /// The unit of `$` alone.
    let dollar: Int

    /// - Parameters:
    ///   - units: names that a user adds, each with its code; they win over the built-in ones.
    ///   - kinds: cue words that a user adds to kinds, or to new kinds.
    ///   - nouns: counted words that a user adds, each with the name that is reported.
    init(
        units extraUnits: [(name: String, code: String)] = [], kinds extraKinds: [(kind: String, cues: [String])] = [],
        nouns extraNouns: [(word: String, name: String)] = []
    ) {
        var builder = LexiconBuilder()
        builder.addWords()
        builder.addUnits(extraUnits)
        builder.addNouns(extraNouns)
        builder.addKinds(extraKinds)
        builder.markStarters()
        entries = builder.entries
        words = builder.words
        units = builder.units
        nouns = builder.nouns
        kinds = builder.kinds
        growthKind = builder.kinds.firstIndex(of: "growth_change") ?? -1
        costKind = builder.kinds.firstIndex(of: "cost_change") ?? -1
        profitKind = builder.kinds.firstIndex(of: "revenue_profit") ?? -1
        modelKind = builder.kinds.firstIndex(of: "model_size") ?? -1
        kindDimensions = builder.kindDimensions
        phrases = builder.phrases
        cuePhrases = builder.cuePhrases
        symbols = builder.symbols
        signs = builder.signs
        prefixes = builder.prefixes
        dollar = Int(builder.signs[0x24] ?? 0)
        let names = builder.kinds
        han = HanLexicon(
            units: extraUnits.filter { Self.isWide($0.name) }.map { row in
                (row.name, Unit(code: row.code, dimension: builder.dimension(of: row.code)))
            },
            nouns: extraNouns.filter { Self.isWide($0.word) }, kinds: names,
            cues: extraKinds.flatMap { row in
                row.cues.filter(Self.isWide).compactMap { cue in
                    names.firstIndex(of: row.kind).map { (cue, $0) }
                }
            })
        var size = 1_024
        while size < entries.count * 4 { size *= 2 }
        var slots = [Int32](repeating: -1, count: size)
        for (index, word) in words.enumerated() {
            var slot = Int(truncatingIfNeeded: Lexicon.hash(word)) & (size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(index)
        }
        self.slots = slots
    }

    /// Whether a word has letters beyond ASCII: it may stand in Chinese text.
    private static func isWide(_ word: String) -> Bool { !word.utf8.allSatisfy { $0 < 0x80 } }

    // MARK: - Words

    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    static func hash(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(seed) { mix($0, $1) } }

    /// The index of the word at `start..<end`, whose letters' hash (ASCII in small letters, without full stops) is
    /// `hash`; -1 when it is unknown.
    func find(_ text: [UInt8], _ start: Int, _ end: Int, _ hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let index = Int(slots[slot])
            if index < 0 { return -1 }
            if matches(words[index], text, start, end) { return index }
            slot = (slot + 1) & mask
        }
    }

    private func matches(_ word: [UInt8], _ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
        var k = 0
        for i in start..<end {
            let byte = text[i]
            if byte == 0x2E { continue }
            guard k < word.count else { return false }
            let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            if word[k] != folded { return false }
            k += 1
        }
        return k == word.count
    }

    // MARK: - Units and cues

    /// The unit of a symbol in exactly this case.
    func symbol(_ text: [UInt8], _ start: Int, _ end: Int) -> Int? {
        guard end - start <= 8 else { return nil }
        var hash = Lexicon.seed
        for i in start..<end { hash = Lexicon.mix(hash, text[i]) }
        return symbols[hash].map(Int.init)
    }

    /// The unit whose name is the word at a place, of ASCII letters.
    func name(_ text: [UInt8], _ start: Int, _ end: Int) -> Int? {
        let index = entry(text, start, end)
        return index < 0 || entries[index].unit < 0 ? nil : Int(entries[index].unit)
    }

    /// The currency of a code in capitals, such as `USD`.
    func currencyCode(_ text: [UInt8], _ start: Int, _ end: Int) -> Int? {
        guard text[start..<end].allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }), let unit = name(text, start, end),
            units[unit].dimension == .money
        else { return nil }
        return unit
    }

    private func entry(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        var hash = Lexicon.seed
        for i in start..<end { hash = Lexicon.mix(hash, text[i] | (text[i] < 0x80 ? 0x20 : 0)) }
        return find(text, start, end, hash)
    }

    /// The unit whose name is these words.
    func phrase(_ words: [Int32]) -> Int? { phrases[Self.phraseKey(words)].map(Int.init) }

    /// The kinds that a word by itself speaks for.
    func cues(of word: String) -> Cues? {
        let bytes = Array(word.utf8)
        let index = find(bytes, 0, bytes.count, Lexicon.hash(bytes))
        return index < 0 ? nil : Cues(strong: entries[index].strongCues, weak: entries[index].weakCues)
    }

    func cuePhrase(_ first: Int32, _ second: Int32) -> Cues? { cuePhrases[Self.phraseKey([first, second])] }

    static func phraseKey(_ words: [Int32]) -> UInt64 {
        var key: UInt64 = 0
        for word in words.prefix(3) { key = key << 21 | UInt64(UInt32(bitPattern: word) & 0xF_FFFF) + 1 }
        return key
    }

    // MARK: - Currencies

    func isCurrencySign(_ scalar: UInt32) -> Bool { signs[scalar] != nil }

    func currencySign(_ scalar: UInt32) -> Int { signs[scalar].map(Int.init) ?? dollar }

    /// The currency that letters before `$` make: `HK$`.
    func currencyPrefix(_ text: [UInt8], _ start: Int, _ end: Int) -> Int? {
        let letters = text[start..<end].filter { $0 != 0x2E }.map { $0 | 0x20 }
        return prefixes[letters].map(Int.init)
    }
}
