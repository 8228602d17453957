extension TermScan {
    /// Appends the spellings of a node that stand at a word.
    func verify(_ slot: TermIndex.Slot, _ at: Int, _ matches: inout [TermMatch]) {
        for number in slot.first..<slot.first &+ slot.count {
            let candidate = tables.candidates[Int(number)]
            let count = Int(candidate.wordCount)
            guard at &+ count <= words.count,
                candidate.isPlain ? isPlainly(candidate, at, count) : holds(candidate, at, count)
            else { continue }
            let range = Int(words[at].start)..<Int(words[at &+ count &- 1].end)
            matches.append(TermMatch(term: Int(candidate.term), range: range, word: at, wordCount: count))
        }
    }

    private func isPlainly(_ candidate: TermIndex.Candidate, _ at: Int, _ count: Int) -> Bool {
        guard shortKey(of: words[at]) == candidate.first else { return false }
        for n in 1..<count {
            let word = words[at &+ n]
            switch n {
            case 1: if shortKey(of: word) != candidate.second { return false }
            case count - 1: if shortKey(of: word) != tables.words[Int(candidate.last)].key { return false }
            default: if shortKey(of: word) != tables.words[Int(candidate.head) &+ n].key { return false }
            }
            if !gap(0, after: words[at &+ n &- 1], before: word) { return false }
        }
        return true
    }

    private func holds(_ candidate: TermIndex.Candidate, _ at: Int, _ count: Int) -> Bool {
        // The last word first: it is what the spellings of a term differ in.
        let last = tables.words[Int(candidate.last)]
        guard equal(last, words[at &+ count &- 1]) else { return false }
        if count > 1 {
            for n in 0..<count &- 1 where !equal(tables.words[Int(candidate.head) &+ n], words[at &+ n]) {
                return false
            }
            for n in 1..<count {
                let pattern = n == count &- 1 ? last : tables.words[Int(candidate.head) &+ n]
                if !gap(pattern.gap, after: words[at &+ n &- 1], before: words[at &+ n]) { return false }
            }
        }
        return punctuation(candidate.before, endingAt: Int(words[at].start))
            && punctuation(candidate.after, startingAt: Int(words[at &+ count &- 1].end))
    }

    /// Compares a word of the text with a word of a term, folded, and its stem as written where case matters.
    @inline(__always)
    private func equal(_ pattern: TermIndex.PatternWord, _ word: Word) -> Bool {
        guard pattern.isShort else { return equalByBytes(pattern, word) }
        return shortKey(of: word) == pattern.key && cased(pattern, word)
    }

    private func equalByBytes(_ pattern: TermIndex.PatternWord, _ word: Word) -> Bool {
        var at = Int(pattern.folded.lowerBound)
        let end = Int(pattern.folded.upperBound)
        var position = Int(word.start)
        let wordEnd = Int(word.end)
        while position < wordEnd {
            if at == end { return pattern.isPrefix && cased(pattern, word) }
            let byte = tables.folded[Int(bytes[position])]
            if byte < 0x80 {
                guard tables.bytes[at] == byte else { return false }
                at += 1
                position += 1
            } else {
                let (scalar, length) = decodeScalar(bytes, position)
                position += length
                if LetterClass(scalar) == .ignorable { continue }
                var same = true
                forEachByte(of: folded(scalar)) {
                    same = same && at < end && tables.bytes[at] == $0
                    at += 1
                }
                guard same else { return false }
            }
        }
        return at == end && cased(pattern, word)
    }

    @inline(__always)
    private func cased(_ pattern: TermIndex.PatternWord, _ word: Word) -> Bool {
        if pattern.raw == 0 { return true }
        let raw = tables.pieces[Int(pattern.raw)]
        return raw.count <= Int(word.end - word.start) && same(raw, Int(word.start))
    }

    @inline(__always)
    private func gap(_ gap: UInt32, after left: Word, before right: Word) -> Bool {
        if gap == 0, right.start &- left.end == 1 {
            let byte = bytes[Int(left.end)]
            return byte == 0x20 || byte == 0x2D || byte == 0x0A
        }
        let start = skipPossessive(bytes, Int(left.end))
        if gap == 0 { return isSoftGap(bytes, start, Int(right.start)) }
        let range = tables.pieces[Int(gap)]
        return Int(right.start) - start == range.count && same(range, start)
    }

    private func punctuation(_ piece: UInt32, startingAt at: Int) -> Bool {
        if piece == 0 { return true }
        let range = tables.pieces[Int(piece)]
        return at + range.count <= bytes.count && same(range, at)
    }

    private func punctuation(_ piece: UInt32, endingAt at: Int) -> Bool {
        if piece == 0 { return true }
        let range = tables.pieces[Int(piece)]
        return at >= range.count && same(range, at - range.count)
    }

    private func same(_ range: Range<UInt32>, _ at: Int) -> Bool {
        for n in 0..<range.count where bytes[at + n] != tables.bytes[Int(range.lowerBound) + n] { return false }
        return true
    }
}

/// Whether two words apart by these bytes still make one phrase: nothing, white space with at most one line break, or
/// a hyphen, after which the line may break.
func isSoftGap(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    if end - start == 1 { return bytes[start] == 0x20 || bytes[start] == 0x2D || bytes[start] == 0x0A }
    var at = start
    var lines = 0
    var hyphens = 0
    var spaces = 0
    while at < end {
        let (scalar, length) = decodeScalar(bytes, at)
        at += length
        switch scalar {
        case 0x0A: lines += 1
        case 0x0D: break
        case 0x20, 0x09, 0xA0, 0x2000...0x200B, 0x202F, 0x3000:
            if lines == 0 { spaces += 1 }
        // Hyphen-minus, hyphen, non-breaking hyphen, en dash.
        case 0x2D, 0x2010, 0x2011, 0x2013:
            // A dash between spaces parts two thoughts.
            if spaces + lines > 0 { return false }
            hyphens += 1
        case 0xAD, 0x200C, 0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: break
        default: return false
        }
    }
    return lines <= 1 && hyphens <= 1 && (hyphens == 0 || spaces == 0)
}
