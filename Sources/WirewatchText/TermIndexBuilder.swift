/// Turns terms into their spellings, in flat arrays.
struct TermIndexBuilder {
    private(set) var candidates: [TermIndex.Candidate] = []
    /// For each candidate the node where it ends.
    private(set) var keys: [TermIndex.Key] = []
    /// Nodes of two and more words that longer spellings go through; some of them several times.
    private(set) var inner: [UInt64] = []
    /// The hashes of all nodes; some of them several times.
    private(set) var filtered: [UInt64] = []
    /// First words that are prefixes, into ``words``.
    private(set) var prefixes: [UInt32] = []
    private(set) var words: [TermIndex.PatternWord] = []
    private(set) var bytes: [UInt8] = []
    private(set) var pieces: [Range<UInt32>] = [0..<0]
    /// Of the term that is being added.
    private var found = Words()

    /// - Parameter capacity: about how many terms will be added.
    init(capacity: Int) {
        candidates.reserveCapacity(capacity * 2)
        keys.reserveCapacity(capacity * 2)
        words.reserveCapacity(capacity * 4)
        bytes.reserveCapacity(capacity * 32)
    }

    /// Adds a term, unless it has a ``Term/problem``.
    mutating func add(_ term: Term, _ number: UInt32) {
        var text = term.text
        text.withUTF8 { bytes in
            found.scan(bytes)
            guard Term.problem(in: bytes, found) == nil else { return }
            add(bytes, isCaseSensitive: term.isCaseSensitive, number)
        }
    }

    private mutating func add(_ text: UnsafeBufferPointer<UInt8>, isCaseSensitive: Bool, _ number: UInt32) {
        let firstWord = UInt32(words.count)
        // Of the words so far, up to the first that is a prefix, but for the last one alone as well.
        var chain: UInt64 = 0
        var beforeLast: UInt64 = 0
        var chained = 0
        var previousEnd = 0
        for (place, word) in found.all.enumerated() {
            let end = Int(word.end)
            let isPrefix = end < text.count && text[end] == UInt8(ascii: "*")
            let start = UInt32(bytes.count)
            appendFolded(text, word.range, to: &bytes)
            let folded = start..<UInt32(bytes.count)
            let raw = isCaseSensitive ? piece(text[word.range]) : 0
            let gap = place == 0 ? 0 : gap(text, previousEnd, Int(word.start))
            words.append(pattern(folded, raw: raw, gap: gap, isPrefix: isPrefix))
            let hash = isPrefix ? hash(of: folded) ^ TermIndex.prefixMark : word.hash
            if chained == place, !isPrefix || place == 0 {
                beforeLast = chain
                if place > 1 { inner.append(chain) }
                chain = place == 0 ? hash : TermIndex.chain(chain, hash)
                if place > 0 { filtered.append(chain) }
                chained = isPrefix ? .max : place + 1
            }
            previousEnd = isPrefix ? end + 1 : skipPossessive(text, end)
        }
        let last = UInt32(words.count - 1)
        let count = last - firstWord + 1
        let isWholeChain = chained == Int(count)
        if words[Int(firstWord)].isPrefix { prefixes.append(firstWord) }
        let before = piece(text[..<Int(found.all[0].start)].drop { $0 <= 0x20 })
        let after = piece(trimmedEnd(text[previousEnd...]))
        var candidate = TermIndex.Candidate(
            term: number, head: firstWord, last: last, wordCount: count, before: before, after: after)
        describe(&candidate)
        candidates.append(candidate)
        // One word before a prefix is a node of its own: `open robot*` is found by `open`.
        let isOneWord = chained == 1 || chained == .max
        if isOneWord { filtered.append(chain) }
        keys.append(isOneWord && chained == 1 ? key(of: words[Int(firstWord)], chain) : TermIndex.Key(hash: chain))

        let written = words[Int(last)]
        guard !written.isPrefix, after == 0 else { return }
        for ending in PluralEnding.of(bytes[Int(written.folded.lowerBound)..<Int(written.folded.upperBound)]) {
            let start = UInt32(bytes.count)
            let stem = written.folded.dropLast(ending.dropped)
            for at in stem { bytes.append(bytes[Int(at)]) }
            bytes.append(contentsOf: ending.added)
            let folded = start..<UInt32(bytes.count)
            var raw: UInt32 = 0
            if written.raw != 0 {
                let rawStart = UInt32(bytes.count)
                for at in pieces[Int(written.raw)].dropLast(ending.dropped) { bytes.append(bytes[Int(at)]) }
                bytes.append(contentsOf: ending.added)
                raw = UInt32(pieces.count)
                pieces.append(rawStart..<UInt32(bytes.count))
            }
            words.append(pattern(folded, raw: raw, gap: written.gap, isPrefix: false))
            candidate.last = UInt32(words.count - 1)
            describe(&candidate)
            candidates.append(candidate)
            guard isWholeChain else {
                keys.append(keys[keys.count - 1])
                continue
            }
            let hash = hash(of: folded)
            if count == 1 {
                keys.append(key(of: words[words.count - 1], hash))
                filtered.append(hash)
            } else {
                let spelling = TermIndex.chain(beforeLast, hash)
                keys.append(TermIndex.Key(hash: spelling))
                filtered.append(spelling)
            }
        }
    }

    /// Sets what a candidate repeats of its words.
    private func describe(_ candidate: inout TermIndex.Candidate) {
        func isPlain(_ word: TermIndex.PatternWord) -> Bool { word.isShort && word.raw == 0 && word.gap == 0 }
        let count = Int(candidate.wordCount)
        let head = words[Int(candidate.head)..<Int(candidate.head) + count - 1]
        let last = words[Int(candidate.last)]
        candidate.isPlain = candidate.before == 0 && candidate.after == 0 && isPlain(last) && head.allSatisfy(isPlain)
        guard candidate.isPlain else { return }
        candidate.first = count == 1 ? last.key : head[head.startIndex].key
        if count > 1 { candidate.second = count == 2 ? last.key : head[head.startIndex + 1].key }
    }

    private func pattern(
        _ folded: Range<UInt32>, raw: UInt32, gap: UInt32, isPrefix: Bool
    ) -> TermIndex.PatternWord {
        var key = WordKey(low: 0, high: 0)
        var isShort = !isPrefix && folded.count <= WordKey.maximumLength
        if isShort {
            for (place, at) in folded.enumerated() {
                let byte = UInt64(bytes[Int(at)])
                if place < 8 {
                    key.low |= byte << UInt64(8 * place)
                } else {
                    key.high |= byte << UInt64(8 * place - 64)
                }
            }
            isShort = !key.hasHighBytes
        }
        return .init(key: key, folded: folded, raw: raw, gap: gap, isPrefix: isPrefix, isShort: isShort)
    }

    private func key(of word: TermIndex.PatternWord, _ hash: UInt64) -> TermIndex.Key {
        word.isShort ? TermIndex.Key(word: word.key) : TermIndex.Key(hash: hash)
    }

    private func hash(of range: Range<UInt32>) -> UInt64 {
        var hash = WordHash()
        for at in range { hash.append(bytes[Int(at)]) }
        return hash.finished
    }

    private mutating func gap(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
        isSoftGap(text, start, end) ? 0 : piece(text[start..<end])
    }

    private func trimmedEnd(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        var text = text
        while let last = text.last, last <= 0x20 { text.removeLast() }
        return text
    }

    private mutating func piece(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
        guard !text.isEmpty else { return 0 }
        let start = UInt32(bytes.count)
        bytes.append(contentsOf: text)
        pieces.append(start..<UInt32(bytes.count))
        return UInt32(pieces.count - 1)
    }
}

/// How an English word forms its plural.
struct PluralEnding: Equatable {
    /// Letters that go from the end of the word.
    var dropped: Int
    var added: [UInt8]

    private static let s = [PluralEnding(dropped: 0, added: [UInt8(ascii: "s")])]
    private static let es = [PluralEnding(dropped: 0, added: [UInt8(ascii: "e"), UInt8(ascii: "s")])]
    private static let ies = [
        PluralEnding(dropped: 1, added: [UInt8(ascii: "i"), UInt8(ascii: "e"), UInt8(ascii: "s")])
    ]

    /// The endings of a folded word; none for what is no English word.
    static func of(_ word: ArraySlice<UInt8>) -> [PluralEnding] {
        guard let last = word.last, last >= UInt8(ascii: "a"), last <= UInt8(ascii: "z"), word.count > 1 else {
            return []
        }
        let before = word[word.endIndex - 2]
        switch last {
        case UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "z"): return es
        case UInt8(ascii: "h") where before == UInt8(ascii: "c") || before == UInt8(ascii: "s"): return es
        case UInt8(ascii: "o"): return s + es
        case UInt8(ascii: "y"):
            switch before {
            case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): return s
            default: return ies
            }
        default: return s
        }
    }
}
