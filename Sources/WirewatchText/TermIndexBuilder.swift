/// Turns terms into their spellings, in flat arrays.
struct TermIndexBuilder {
    private(set) var candidates: [TermIndex.Candidate] = []
    /// For each candidate the hash that it is found by.
    private(set) var keys: [UInt64] = []
    private(set) var words: [TermIndex.PatternWord] = []
    private(set) var bytes: [UInt8] = []

    /// Adds a term that has no ``Term/problem``.
    mutating func add(_ term: Term, _ number: UInt32) {
        var text = term.text
        text.withUTF8 { add($0, isCaseSensitive: term.isCaseSensitive, number) }
    }

    private mutating func add(
        _ text: UnsafeBufferPointer<UInt8>, isCaseSensitive: Bool, _ number: UInt32
    ) {
        var found = Words()
        found.scan(text)
        let before = append((0..<Int(found.all[0].start)).map { text[$0] }.drop { $0 <= 0x20 })
        var pattern: [TermIndex.PatternWord] = []
        var previousEnd = 0
        for word in found.all {
            let end = Int(word.end)
            let isPrefix = end < text.count && text[end] == UInt8(ascii: "*")
            let start = UInt32(bytes.count)
            appendFolded(text, word.range, to: &bytes)
            let folded = start..<UInt32(bytes.count)
            let hash = isPrefix ? hash(of: folded) ^ TermIndex.prefixMark : word.hash
            let raw = isCaseSensitive ? append(word.range.map { text[$0] }) : 0..<0
            let gap = pattern.isEmpty ? TermIndex.Gap.soft : gap(text, previousEnd, Int(word.start))
            pattern.append(.init(hash: hash, folded: folded, raw: raw, isPrefix: isPrefix, gap: gap))
            previousEnd = isPrefix ? end + 1 : skipPossessive(text, end)
        }
        var after = (previousEnd..<text.count).map { text[$0] }[...]
        while let last = after.last, last <= 0x20 { after.removeLast() }
        let suffix = append(after)

        func candidate(_ words: [TermIndex.PatternWord]) -> TermIndex.Candidate {
            let first = UInt32(self.words.count)
            self.words += words
            return .init(
                term: number, firstWord: first, wordCount: UInt32(words.count), before: before, after: suffix)
        }
        candidates.append(candidate(pattern))
        keys.append(TermIndex.key(of: pattern))
        guard let last = pattern.last, !last.isPrefix, after.isEmpty else { return }
        for (stem, ending) in Self.plurals(Array(bytes[Int(last.folded.lowerBound)..<Int(last.folded.upperBound)])) {
            var plural = last
            plural.folded = append(stem + ending)
            plural.hash = hash(of: plural.folded)
            if isCaseSensitive {
                let raw = bytes[Int(last.raw.lowerBound)..<Int(last.raw.upperBound)].prefix(stem.count)
                plural.raw = append(raw + ending)
            }
            let spelling = pattern.dropLast() + [plural]
            candidates.append(candidate(Array(spelling)))
            keys.append(TermIndex.key(of: Array(spelling)))
        }
    }

    /// The plural spellings of a folded English word, each as what stays and what is added.
    static func plurals(_ word: [UInt8]) -> [(stem: [UInt8], ending: [UInt8])] {
        guard let last = word.last, last >= UInt8(ascii: "a"), last <= UInt8(ascii: "z"), word.count > 1 else {
            return []
        }
        let ending = { (text: String) in Array(text.utf8) }
        let vowels = ending("aeiou")
        switch last {
        case UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "z"): return [(word, ending("es"))]
        case UInt8(ascii: "h") where [UInt8(ascii: "c"), UInt8(ascii: "s")].contains(word[word.count - 2]):
            return [(word, ending("es"))]
        case UInt8(ascii: "o"): return [(word, ending("s")), (word, ending("es"))]
        case UInt8(ascii: "y") where !vowels.contains(word[word.count - 2]):
            return [(Array(word.dropLast()), ending("ies"))]
        default: return [(word, ending("s"))]
        }
    }

    private mutating func gap(
        _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> TermIndex.Gap {
        isSoftGap(text, start, end) ? .soft : .exact(append((start..<end).map { text[$0] }))
    }

    private mutating func append(_ new: some Sequence<UInt8>) -> Range<UInt32> {
        let start = UInt32(bytes.count)
        bytes.append(contentsOf: new)
        return start..<UInt32(bytes.count)
    }

    private func hash(of range: Range<UInt32>) -> UInt64 {
        bytes[Int(range.lowerBound)..<Int(range.upperBound)].reduce(Words.hashSeed) { Words.hash($0, $1) }
    }
}
