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

/// Finds and counts the terms of an article: its stemmed words without stop words, numbers with their decimals, and pairs
/// of ideographs.
struct TermScan {
    private(set) var terms: [CountedTerm] = []

    private var words = Words()
    private var slots: [UInt16]
    private var taken: [UInt16] = []
    private var word: [UInt8]
    private let stopWords = StopWords()
    private var field = TextField.title

    private static let mask = 4095
    /// More terms than these are left out; an article has some three hundred.
    private static let limit = 2048
    private static let longest = 64
    /// What an occurrence in the title counts.
    private static let titleCount: Float = 2

    init() {
        slots = [UInt16](repeating: 0, count: Self.mask + 1)
        word = [UInt8](repeating: 0, count: Self.longest + 8)
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
        var at = words.all.startIndex
        let end = words.all.endIndex
        var previousIdeographEnd: UInt32 = .max
        var previousIdeograph: UInt32 = 0
        var previousEnd = 0
        let showsNames = !isTitle || isSentenceCase(bytes)
        while at < end {
            let current = words.all[at]
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
            var length = 0
            var hasDigit = false
            var isASCII = true
            for offset in current.range {
                let byte = bytes[offset]
                if byte >= 0x80 {
                    isASCII = false
                    break
                }
                if byte < 0x3A { hasDigit = true }
                if length < Self.longest {
                    word[length] = byte | 0x20
                    length += 1
                }
            }
            if !isASCII {
                var folded: [UInt8] = []
                Words.appendFolded(bytes, current.range, to: &folded)
                length = min(folded.count, Self.longest)
                for offset in 0..<length { word[offset] = folded[offset] }
            }
            var wordEnd = Int(current.end)
            if hasDigit {
                // 1,500 and 13.8 are one number each.
                while at < end, Int(words.all[at].start) == wordEnd + 1,
                    bytes[wordEnd] == 0x2E || bytes[wordEnd] == 0x2C,
                    bytes[wordEnd + 1] < 0x3A, length + 9 < Self.longest
                {
                    if bytes[wordEnd] == 0x2E {
                        word[length] = 0x2E
                        length += 1
                    }
                    for offset in words.all[at].range.prefix(8) {
                        word[length] = bytes[offset] | 0x20
                        length += 1
                    }
                    wordEnd = Int(words.all[at].end)
                    at += 1
                }
            }
            let isCapital = first >= 0x41 && first <= 0x5A
            let isName =
                hasDigit || (showsNames && isCapital && !beginsSentence(bytes, previousEnd, Int(current.start)))
            previousEnd = wordEnd
            if length <= 1 { continue }
            if isASCII, stopWords.contains(hash(length)) { continue }
            if isASCII, !hasDigit { length = Stem.length(&word, length) }
            count(hash(length), isTitle, isName: isName, Int(current.start)..<wordEnd)
        }
    }

    /// Whether capitals of a title mark names: where most of its longer words have none.
    private func isSentenceCase(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var capitals = 0
        var small = 0
        for word in words.all where word.end - word.start > 3 {
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
        var place = Int(hash) & Self.mask
        while slots[place] != 0, terms[Int(slots[place]) - 1].hash != hash { place = (place + 1) & Self.mask }
        return place
    }
}
