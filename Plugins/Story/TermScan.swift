internal import WirewatchKit
internal import WirewatchText

/// A term of the article at hand, as counted in its text.
struct CountedTerm {
    var hash: UInt32
    /// Occurrences in title and text, those in the title and in the lede counting more.
    var count: Float
    /// Occurrences in the title.
    var title: Float
    /// A name or a number: capitalised inside a sentence, or with a digit.
    var isName: Bool
    /// Where it stands first.
    var field: TextField
    var start: UInt32
    var end: UInt32
}

/// What a word counts as.
private struct WordTerm {
    /// The word's hash, 0 for none.
    var word: UInt64
    /// The hash of its term, or one of those below; hashes of terms are odd.
    var term: UInt32

    /// A stop word, or a letter alone.
    static let none: UInt32 = 0
    /// What follows may belong to it.
    static let withDigit: UInt32 = 2
}

/// Finds and counts the terms of an article: its stemmed words without stop words, numbers with their decimals, and pairs
/// of ideographs.
struct TermScan {
    private(set) var terms: [CountedTerm] = []

    private var words = Words()
    private var slots: [UInt16]
    private var taken: [UInt16] = []
    /// The word at hand, folded, and its length.
    private var word: [UInt8]
    private var length = 0
    /// What words were found to count as, by their hash, so that common ones are not stemmed again and again.
    private var memory: [WordTerm]
    private let stopWords = StopWords()
    private var field = TextField.title

    private static let mask = 4095
    /// More terms than these are left out; an article has some three hundred.
    private static let limit = 2048
    private static let longest = 64
    private static let memoryMask = 4095
    /// What an occurrence in the title counts.
    private static let titleCount: Float = 2

    init() {
        slots = [UInt16](repeating: 0, count: Self.mask + 1)
        word = [UInt8](repeating: 0, count: Self.longest + 8)
        memory = [WordTerm](repeating: WordTerm(word: 0, term: WordTerm.none), count: Self.memoryMask + 1)
        terms.reserveCapacity(512)
    }

    /// Begins another article.
    mutating func begin() {
        for place in taken { slots[Int(place)] = 0 }
        taken.removeAll(keepingCapacity: true)
        terms.removeAll(keepingCapacity: true)
    }

    /// Counts the terms of a text of the article, of its first `limit` bytes.
    mutating func add(_ text: String, _ field: TextField, limit: Int) {
        self.field = field
        var text = text
        text.withUTF8 { scan(UnsafeBufferPointer(rebasing: $0.prefix(limit)), isTitle: field == .title) }
    }

    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, isTitle: Bool) {
        words.scan(bytes)
        words.all.withUnsafeBufferPointer { scan(bytes, $0, isTitle: isTitle) }
    }

    private mutating func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, _ words: UnsafeBufferPointer<Word>, isTitle: Bool
    ) {
        var at = 0
        var previousIdeographEnd: UInt32 = .max
        var previousIdeograph: UInt32 = 0
        var previousEnd = 0
        let showsNames = !isTitle || Self.isSentenceCase(bytes, words)
        while at < words.count {
            let current = words[at]
            at += 1
            let first = bytes[Int(current.start)]
            if first >= 0xE2, let ideograph = ideograph(bytes, current) {
                let pair =
                    previousIdeographEnd == current.start
                    ? (previousIdeograph &* 0x9E37_79B1 ^ ideograph) | 1 : ideograph
                count(pair, isTitle, isName: false, current.range)
                previousIdeographEnd = current.end
                previousIdeograph = ideograph
                previousEnd = Int(current.end)
                continue
            }
            var known = memory[Int(truncatingIfNeeded: current.hash) & Self.memoryMask]
            if known.word != current.hash {
                known = WordTerm(word: current.hash, term: term(bytes, current.range))
                memory[Int(truncatingIfNeeded: current.hash) & Self.memoryMask] = known
            }
            var term = known.term
            var wordEnd = Int(current.end)
            let hasDigit = term == WordTerm.withDigit
            if hasDigit { term = number(bytes, words, &at, current.range, &wordEnd) }
            let isCapital = first >= 0x41 && first <= 0x5A
            let isName =
                hasDigit || (showsNames && isCapital && !beginsSentence(bytes, previousEnd, Int(current.start)))
            previousEnd = wordEnd
            if term != WordTerm.none { count(term, isTitle, isName: isName, Int(current.start)..<wordEnd) }
        }
    }

    /// What a word without digits counts as, which follows from its folded bytes alone.
    private mutating func term(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt32 {
        fold(bytes, range)
        if word[..<length].contains(where: { $0 >= 0x30 && $0 < 0x3A }) { return WordTerm.withDigit }
        if length <= 1 { return WordTerm.none }
        if word[..<length].allSatisfy({ $0 < 0x80 }) {
            if stopWords.contains(hash(length)) { return WordTerm.none }
            length = Stem.length(&word, length)
        }
        return hash(length)
    }

    /// A number with what belongs to it: 1,500 and 13.8 are one each.
    private mutating func number(
        _ bytes: UnsafeBufferPointer<UInt8>, _ words: UnsafeBufferPointer<Word>, _ at: inout Int, _ range: Range<Int>,
        _ end: inout Int
    ) -> UInt32 {
        fold(bytes, range)
        while at < words.count, Int(words[at].start) == end + 1, bytes[end] == 0x2E || bytes[end] == 0x2C,
            bytes[end + 1] < 0x3A, length + 9 < Self.longest
        {
            if bytes[end] == 0x2E {
                word[length] = 0x2E
                length += 1
            }
            for offset in words[at].range.prefix(8) {
                word[length] = bytes[offset] | 0x20
                length += 1
            }
            end = Int(words[at].end)
            at += 1
        }
        return length <= 1 ? WordTerm.none : hash(length)
    }

    /// Fills `word` with the first bytes of a word, folded.
    private mutating func fold(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        length = 0
        for offset in range {
            guard bytes[offset] < 0x80 else {
                var folded: [UInt8] = []
                Words.appendFolded(bytes, range, to: &folded)
                length = min(folded.count, Self.longest)
                for offset in 0..<length { word[offset] = folded[offset] }
                return
            }
            if length == Self.longest { return }
            word[length] = bytes[offset] | 0x20
            length += 1
        }
    }

    /// Whether capitals of a title mark names: where most of its longer words have none.
    private static func isSentenceCase(
        _ bytes: UnsafeBufferPointer<UInt8>, _ words: UnsafeBufferPointer<Word>
    ) -> Bool {
        var capitals = 0
        var small = 0
        for word in words where word.end - word.start > 3 {
            switch bytes[Int(word.start)] {
            case 0x41...0x5A: capitals += 1
            case 0x61...0x7A: small += 1
            default: continue
            }
        }
        return small > capitals
    }

    /// Whether a word after these bytes is capitalised for its place alone.
    private func beginsSentence(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Bool {
        if from == 0 { return true }
        for at in from..<to {
            switch bytes[at] {
            case 0x2E, 0x21, 0x3F, 0x3A, 0x0A, 0x22, 0x80...: return true
            default: continue
            }
        }
        return false
    }

    private func hash(_ length: Int) -> UInt32 {
        var hash = TermHash()
        for at in 0..<length { hash.append(word[at]) }
        return hash.finished
    }

    /// The hash of a word that is one ideograph, kana or syllable.
    private func ideograph(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Word) -> UInt32? {
        guard word.end - word.start <= 4, bytes[Int(word.start)] >= 0xE3 else { return nil }
        return TermHash.of(bytes[word.range])
    }

    private mutating func count(_ hash: UInt32, _ isTitle: Bool, isName: Bool, _ range: Range<Int>) {
        let place = place(of: hash)
        var index = Int(slots[place]) - 1
        if index < 0 {
            guard terms.count < Self.limit else { return }
            index = terms.count
            terms.append(
                CountedTerm(
                    hash: hash, count: 0, title: 0, isName: false, field: field,
                    start: UInt32(truncatingIfNeeded: range.lowerBound),
                    end: UInt32(truncatingIfNeeded: range.upperBound)))
            slots[place] = UInt16(index + 1)
            taken.append(UInt16(place))
        }
        if isTitle {
            terms[index].title += 1
            terms[index].count += Self.titleCount
        } else {
            terms[index].count += 1
        }
        if isName { terms[index].isName = true }
    }

    /// Where the hash is, or where it would go.
    private func place(of hash: UInt32) -> Int {
        var place = Int(hash >> 1) & Self.mask
        while slots[place] != 0, terms[Int(slots[place]) - 1].hash != hash { place = (place + 1) & Self.mask }
        return place
    }
}
