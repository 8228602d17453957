internal import WirewatchKit
internal import WirewatchText

/// Gives the words of a training set numbers, in the order in which they first occur.
struct WordRegistry {
    struct Entry {
        var text: String
        var isTitle: Bool
        /// In how many articles it occurs.
        var documents = 0
    }

    /// How often a word occurs in an article.
    struct Count {
        var number: UInt32
        var count: Float
    }

    private(set) var entries: [Entry] = []
    private var numbers: [UInt64: UInt32] = [:]
    private var words = Words()
    private var folded: [UInt8] = []

    /// The words of an article with how often they occur, by number.
    mutating func counts(_ article: Article) -> [Count] {
        let hasTitleFeatures = TextFeatures.hasTitleFeatures(article)
        var counts: [UInt32: Float] = [:]
        var scratch = words
        TextFeatures.forEachText(of: article, words: &scratch) { field, bytes, found in
            for word in found {
                guard let number = number(word, bytes, isTitle: false) else { continue }
                counts[number, default: 0] += 1
                if field == .title, hasTitleFeatures, let number = self.number(word, bytes, isTitle: true) {
                    counts[number, default: 0] += 1
                }
            }
        }
        words = scratch
        for number in counts.keys { entries[Int(number)].documents += 1 }
        // Sorted, so that the dictionary's order decides nothing.
        return counts.map { Count(number: $0.key, count: $0.value) }.sorted { $0.number < $1.number }
    }

    /// Nil for numbers in digits, which tell nothing of what comes later.
    private mutating func number(
        _ word: Word, _ bytes: UnsafeBufferPointer<UInt8>, isTitle: Bool
    ) -> UInt32? {
        let key = isTitle ? word.hash ^ TextFeatures.titleMark : word.hash
        if let known = numbers[key] { return known == .max ? nil : known }
        if word.range.allSatisfy({ (0x30...0x39).contains(bytes[$0]) }) {
            numbers[key] = .max
            return nil
        }
        folded.removeAll(keepingCapacity: true)
        Words.appendFolded(bytes, word.range, to: &folded)
        let number = UInt32(entries.count)
        entries.append(Entry(text: String(decoding: folded, as: UTF8.self), isTitle: isTitle))
        numbers[key] = number
        return number
    }
}
