import Glibc

/// The tables of ``LanguageTables`` made ready for looking up: for a word, a letter or three letters in a row, a mask with a
/// bit for each language that has it.
struct LanguageModel: Sendable {
    static let shared = LanguageModel()

    static let space: UInt32 = 0x20
    /// The sequence before a word's first letter.
    static let boundary: UInt64 = 0x20

    let tags: [String]
    let words: WordTable
    let trigrams: Trigrams
    let traditional: Set<UInt32>
    let simplified: Set<UInt32>
    /// By scalar, for those below U+1F00.
    private let letters: [UInt32]
    private let cyrillic: UInt32
    /// By how many languages have something, what it tells that a text has it: in nats.
    let information: [Double]

    private init() {
        let tables = LanguageTables.words
        tags = tables.map(\.tag)
        words = WordTable(tables.enumerated().map { ($1.words, Int32(1) << Int32($0)) })
        trigrams = Trigrams(tables.map(\.words))
        var letters = [UInt32](repeating: 0, count: 0x1F00)
        for row in LanguageTables.letters {
            let mask = row.tags.split(separator: " ").reduce(UInt32(0)) { mask, tag in
                mask | (tables.firstIndex { $0.tag == tag }.map { 1 << UInt32($0) } ?? 0)
            }
            for scalar in row.letters.unicodeScalars { letters[Int(scalar.value)] |= mask }
        }
        self.letters = letters
        cyrillic = ["ru", "uk", "bg", "sr"].reduce(UInt32(0)) { mask, tag in
            mask | (tables.firstIndex { $0.tag == tag }.map { 1 << UInt32($0) } ?? 0)
        }
        information = (0...tables.count + 1).map { log(Double(tables.count + 1) / Double(max(1, $0))) }
        let pairs = zip(LanguageTables.traditional.unicodeScalars, LanguageTables.simplified.unicodeScalars)
            .filter { $0 != $1 }
        traditional = Set(pairs.map(\.0.value))
        simplified = Set(pairs.map(\.1.value))
    }

    func isCyrillic(_ language: Int) -> Bool { cyrillic & 1 << UInt32(language) != 0 }

    /// The languages that a letter beyond ASCII belongs to; 0 for one that is in no table.
    @inline(__always)
    func mask(ofLetter scalar: UInt32) -> UInt32 { scalar < letters.count ? letters[Int(scalar)] : 0 }

    /// Adds a letter to the last two; three together are what is looked up.
    @inline(__always)
    static func append(_ letter: UInt32, to sequence: inout UInt64) -> UInt64 {
        sequence = (sequence << 21 | UInt64(letter)) & 0x7FFF_FFFF_FFFF_FFFF
        return sequence
    }

    /// Masks by three letters in a row, word boundaries included: open addressing, at most half full.
    struct Trigrams: Sendable {
        private var slots: [(key: UInt64, mask: UInt32)]

        init(_ rows: [String]) {
            var masks: [UInt64: UInt32] = [:]
            for (language, row) in rows.enumerated() {
                for word in row.split(separator: " ") {
                    var sequence = LanguageModel.boundary
                    for letter in word.unicodeScalars.map(\.value) + [LanguageModel.space] {
                        masks[LanguageModel.append(letter, to: &sequence), default: 0] |= 1 << UInt32(language)
                    }
                }
            }
            var size = 16
            while size < masks.count * 2 { size *= 2 }
            slots = Array(repeating: (0, 0), count: size)
            for (key, mask) in masks {
                var at = Self.slot(key, size)
                while slots[at].mask != 0 { at = (at + 1) & (size - 1) }
                slots[at] = (key, mask)
            }
        }

        /// 0 for a sequence that no language has.
        @inline(__always)
        subscript(key: UInt64) -> UInt32 {
            var at = Self.slot(key, slots.count)
            while slots[at].mask != 0, slots[at].key != key { at = (at &+ 1) & (slots.count &- 1) }
            return slots[at].mask
        }

        @inline(__always)
        private static func slot(_ key: UInt64, _ size: Int) -> Int {
            Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & (size - 1)
        }
    }
}
