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
    /// The hash of its term; 0 for a stop word, or a letter or digit alone.
    var term: UInt32
    var hasDigit: Bool
}

/// Finds and counts the terms of an article: its stemmed words without stop words, numbers with their decimals, and pairs
/// of ideographs.
///
/// Its tables are raw memory: each word of a text looks into three of them, and to ask each time whether an array is shared
/// took as long as the look. Places are masked to a table's size, and there are never more terms than ``limit``.
struct TermScan: ~Copyable {
    /// The terms of the article, until the next begins.
    var terms: UnsafeBufferPointer<CountedTerm> { UnsafeBufferPointer(start: found, count: count) }

    private let found: UnsafeMutablePointer<CountedTerm>
    private var count = 0

    private var words = Words()
    /// Places of terms and one, by their hash; 0 is none.
    private let slots: UnsafeMutablePointer<UInt16>
    /// The word at hand, folded, and its length.
    private var word: [UInt8]
    private var length = 0
    /// What words were found to count as, by their hash, so that common ones are not stemmed again and again.
    private let memory: UnsafeMutablePointer<WordTerm>
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
        found = .allocate(capacity: Self.limit)
        slots = .allocate(capacity: Self.mask + 1)
        slots.initialize(repeating: 0, count: Self.mask + 1)
        word = [UInt8](repeating: 0, count: Self.longest + 8)
        memory = .allocate(capacity: Self.memoryMask + 1)
        memory.initialize(repeating: WordTerm(word: 0, term: 0, hasDigit: false), count: Self.memoryMask + 1)
    }

    deinit {
        found.deallocate()
        slots.deallocate()
        memory.deallocate()
    }

    /// Begins another article.
    mutating func begin() {
        slots.update(repeating: 0, count: Self.mask + 1)
        count = 0
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
                known = term(current.hash, bytes, current.range)
                memory[Int(truncatingIfNeeded: current.hash) & Self.memoryMask] = known
            }
            var term = known.term
            var wordEnd = Int(current.end)
            if known.hasDigit, at < words.count, goesOn(bytes, wordEnd, words[at]) {
                term = number(bytes, words, &at, current.range, &wordEnd)
            }
            let isCapital = first >= 0x41 && first <= 0x5A
            let isName =
                known.hasDigit || (showsNames && isCapital && !beginsSentence(bytes, previousEnd, Int(current.start)))
            previousEnd = wordEnd
            if term != 0 { count(term, isTitle, isName: isName, Int(current.start)..<wordEnd) }
        }
    }

    /// What a word counts as, which follows from its folded bytes alone.
    private mutating func term(_ word: UInt64, _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> WordTerm {
        fold(bytes, range)
        var hasDigit = false
        var isASCII = true
        for byte in self.word[..<length] {
            if byte >= 0x30, byte < 0x3A { hasDigit = true }
            if byte >= 0x80 { isASCII = false }
        }
        if length <= 1 { return WordTerm(word: word, term: 0, hasDigit: hasDigit) }
        if isASCII, !hasDigit {
            if stopWords.contains(hash(length)) { return WordTerm(word: word, term: 0, hasDigit: false) }
            length = Stem.length(&self.word, length)
        }
        return WordTerm(word: word, term: hash(length), hasDigit: hasDigit)
    }

    /// Whether a number that ends here goes on with the next word: 1,500 and 13.8 are one each.
    @inline(__always)
    private func goesOn(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int, _ next: Word) -> Bool {
        Int(next.start) == end + 1 && (bytes[end] == 0x2E || bytes[end] == 0x2C) && bytes[end + 1] < 0x3A
    }

    /// A number with what belongs to it.
    private mutating func number(
        _ bytes: UnsafeBufferPointer<UInt8>, _ words: UnsafeBufferPointer<Word>, _ at: inout Int, _ range: Range<Int>,
        _ end: inout Int
    ) -> UInt32 {
        fold(bytes, range)
        while at < words.count, goesOn(bytes, end, words[at]), length + 9 < Self.longest {
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
        return length <= 1 ? 0 : hash(length)
    }

    /// Fills `word` with the first bytes of a word, folded.
    private mutating func fold(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        length = word.withUnsafeMutableBufferPointer { word in
            for (at, offset) in range.prefix(Self.longest).enumerated() {
                guard bytes[offset] < 0x80 else {
                    var folded: [UInt8] = []
                    Words.appendFolded(bytes, range, to: &folded)
                    return word.update(fromContentsOf: folded.prefix(Self.longest))
                }
                word[at] = bytes[offset] | 0x20
            }
            return min(range.count, Self.longest)
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
        word.withUnsafeBufferPointer { TermHash.of(UnsafeBufferPointer(rebasing: $0[..<length])) }
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
            guard count < Self.limit else { return }
            index = count
            (found + index).initialize(
                to: CountedTerm(
                    hash: hash, count: 0, title: 0, isName: false, field: field,
                    start: UInt32(truncatingIfNeeded: range.lowerBound),
                    end: UInt32(truncatingIfNeeded: range.upperBound)))
            count += 1
            slots[place] = UInt16(count)
        }
        let term = found + index
        if isTitle {
            term.pointee.title += 1
            term.pointee.count += Self.titleCount
        } else {
            term.pointee.count += 1
        }
        if isName { term.pointee.isName = true }
    }

    /// Where the hash is, or where it would go.
    private func place(of hash: UInt32) -> Int {
        var place = Int(hash >> 1) & Self.mask
        while slots[place] != 0, found[Int(slots[place]) &- 1].hash != hash { place = (place + 1) & Self.mask }
        return place
    }
}
