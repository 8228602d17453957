/// Turns terms into their spellings, in flat arrays.
struct TermIndexBuilder {
    private(set) var candidates: [TermIndex.Candidate] = []
    /// For each candidate the node where it ends.
    private(set) var keys: [UInt64] = []
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
    /// The term that is being added, with blanks behind it: words at the very end of a text take longer to read.
    private var padded: [UInt8] = []

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
            padded.removeAll(keepingCapacity: true)
            padded.append(contentsOf: bytes)
            padded.append(contentsOf: repeatElement(0x20, count: Self.padding))
            padded.withUnsafeBufferPointer { found.scan($0) }
            guard Term.problem(in: bytes, found) == nil else { return }
            add(bytes, isCaseSensitive: term.isCaseSensitive, number)
        }
    }

    private static let padding = WordKey.maximumLength + 1

    /// The folded letters of a word of the term that is being added, where it is short and all ASCII.
    private func key(of word: Word) -> WordKey? {
        let length = word.range.count
        guard length <= WordKey.maximumLength else { return nil }
        return padded.withUnsafeBytes { padded in
            WordKey.withMasks { masks in
                guard let base = padded.baseAddress else { return nil }
                // Sixteen bytes from a word of the term are inside: as many and one more follow the term.
                let key = WordKey(base, Int(word.start), length, masks)
                return key.hasHighBytes ? nil : key
            }
        }
    }

    /// Appends the first bytes of a key.
    private mutating func append(_ key: WordKey, _ length: Int) {
        withUnsafeBytes(of: key) { bytes.append(contentsOf: $0.prefix(length)) }
    }

    private mutating func add(_ text: UnsafeBufferPointer<UInt8>, isCaseSensitive: Bool, _ number: UInt32) {
        let firstWord = UInt32(words.count)
        // Of the words so far, up to the first that is a prefix, but for the last one alone as well.
        var chain: UInt64 = 0
        var beforeLast: UInt64 = 0
        var chained = 0
        var previousEnd = 0
        // Of the last word so far.
        var lastKey: WordKey?
        for (place, word) in found.all.enumerated() {
            let end = Int(word.end)
            let isPrefix = end < text.count && text[end] == UInt8(ascii: "*")
            let start = UInt32(bytes.count)
            lastKey = key(of: word)
            if let lastKey { append(lastKey, word.range.count) } else { appendFolded(text, word.range, to: &bytes) }
            let folded = start..<UInt32(bytes.count)
            let raw = isCaseSensitive ? piece(text[word.range]) : 0
            let gap = place == 0 ? 0 : gap(text, previousEnd, Int(word.start))
            words.append(pattern(folded, lastKey, raw: raw, gap: gap, isPrefix: isPrefix))
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
        keys.append(chain)

        let written = words[Int(last)]
        guard !written.isPrefix, after == 0 else { return }
        for ending in PluralEnding.of(bytes[Int(written.folded.lowerBound)..<Int(written.folded.upperBound)]) {
            let start = UInt32(bytes.count)
            let stem = written.folded.dropLast(ending.dropped)
            let key = lastKey?.ending(with: ending, length: written.folded.count)
            if let key {
                append(key, stem.count + ending.added.count)
            } else {
                for at in stem { bytes.append(bytes[Int(at)]) }
                bytes.append(contentsOf: ending.added)
            }
            let folded = start..<UInt32(bytes.count)
            var raw: UInt32 = 0
            if written.raw != 0 {
                let rawStart = UInt32(bytes.count)
                for at in pieces[Int(written.raw)].dropLast(ending.dropped) { bytes.append(bytes[Int(at)]) }
                bytes.append(contentsOf: ending.added)
                raw = UInt32(pieces.count)
                pieces.append(rawStart..<UInt32(bytes.count))
            }
            words.append(pattern(folded, key, raw: raw, gap: written.gap, isPrefix: false))
            candidate.last = UInt32(words.count - 1)
            describe(&candidate)
            candidates.append(candidate)
            guard isWholeChain else {
                keys.append(keys[keys.count - 1])
                continue
            }
            let hash = key?.hash ?? hash(of: folded)
            let spelling = count == 1 ? hash : TermIndex.chain(beforeLast, hash)
            keys.append(spelling)
            filtered.append(spelling)
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

    /// - Parameter known: the word's key, where it is known; a word beyond ASCII may still have one.
    private func pattern(
        _ folded: Range<UInt32>, _ known: WordKey?, raw: UInt32, gap: UInt32, isPrefix: Bool
    ) -> TermIndex.PatternWord {
        var key = known ?? WordKey(low: 0, high: 0)
        var isShort = !isPrefix && folded.count <= WordKey.maximumLength
        if isShort, known == nil {
            for (place, at) in folded.enumerated() { key.set(bytes[Int(at)], at: place) }
            isShort = !key.hasHighBytes
        }
        return .init(key: key, folded: folded, raw: raw, gap: gap, isPrefix: isPrefix, isShort: isShort)
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
