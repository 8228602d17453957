/// Finds the text that a page gives twice.
struct Repeats {
    private let blocks: [PageBlock]
    private var reasons: [String?]

    /// The reasons, with one for each block kept so far that was there before.
    static func dropped(_ blocks: [PageBlock], _ reasons: [String?]) -> [String?] {
        var repeats = Repeats(blocks: blocks, reasons: reasons)
        repeats.dropSame()
        repeats.dropCopies()
        return repeats.reasons
    }

    /// Drops what was there before.
    private mutating func dropSame() {
        var seen: Set<[UInt8]> = []
        for index in blocks.indices where reasons[index] == nil && blocks[index].text.bytes.count >= 60 {
            if !seen.insert(blocks[index].text.folded).inserted { reasons[index] = "repeated" }
        }
    }

    /// Drops the whole article again in one block, as some pages hold it for machines or for printing.
    private mutating func dropCopies() {
        let words = blocks.indices.reduce(0) { $0 + (reasons[$1] == nil ? blocks[$1].text.words : 0) }
        // A copy is about half of all; so that there are three at most, whatever the page.
        for index in blocks.indices
        where reasons[index] == nil && blocks[index].text.words >= max(200, words / 3 + 1) {
            let own = Self.wordRuns(blocks[index].text.folded)
            var others: Set<UInt64> = []
            for other in blocks.indices where other != index && reasons[other] == nil {
                others.formUnion(Self.wordRuns(blocks[other].text.folded))
            }
            let common = own.reduce(0) { $0 + (others.contains($1) ? 1 : 0) }
            if common * 10 >= own.count * 6 { reasons[index] = "repeated" }
        }
    }

    /// A hash of every six words in a row, punctuation left out.
    private static func wordRuns(_ folded: [UInt8]) -> [UInt64] {
        var words: [UInt64] = []
        var word = HintWords.seed
        var length = 0
        for byte in folded {
            if byte >= 0x80 || byte &- 0x61 < 26 || byte &- 0x30 < 10 {
                word = HintWords.hash(byte, after: word)
                length += 1
            } else if byte <= 0x20, length > 0 {
                words.append(word)
                (word, length) = (HintWords.seed, 0)
            }
        }
        if length > 0 { words.append(word) }
        guard words.count >= 6 else { return [] }
        return (0...words.count - 6).map { start in
            words[start..<start + 6].reduce(0) { HintWords.join($0, $1) }
        }
    }
}
