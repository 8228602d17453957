/// One pass of a matcher over one text: the verification of candidates.
struct TermScan {
    let tables: TermIndex.Tables
    let bytes: UnsafeBufferPointer<UInt8>
    let words: UnsafeBufferPointer<Word>

    /// Terms that begin at a word, looked up by this word and by it and the next.
    @inline(__always)
    func find(_ at: Int, _ matches: inout [TermMatch]) {
        let hash = words[at].hash
        guard mayOccur(hash) else { return }
        if at + 1 < words.count {
            let pair = TermIndex.pair(hash, words[at + 1].hash)
            if mayOccur(pair) { candidates(pair, at, &matches) }
        }
        candidates(hash, at, &matches)
    }

    @inline(__always)
    private func mayOccur(_ key: UInt64) -> Bool {
        let mixed = TermIndex.mix(key)
        return tables.filter[Int(truncatingIfNeeded: (mixed & tables.filterMask) >> 6)] >> (mixed & 63) & 1 != 0
    }

    private func candidates(_ key: UInt64, _ at: Int, _ matches: inout [TermMatch]) {
        var slot = Int(truncatingIfNeeded: TermIndex.mix(key)) & tables.slotMask
        while tables.slots[slot].count > 0 {
            if tables.slots[slot].hash == key {
                verify(tables.slots[slot], at, &matches)
                return
            }
            slot = (slot + 1) & tables.slotMask
        }
    }

    /// Terms whose first word ends in `*`: looked up by each length of prefix that some term has.
    func findPrefixed(_ at: Int, _ matches: inout [TermMatch]) {
        var hash = Words.hashSeed
        var length = 0
        var position = Int(words[at].start)
        let end = Int(words[at].end)
        guard end - position >= 2 else { return }
        // The first two bytes tell nearly all words apart from all prefixes.
        let (one, two) = (tables.folded[Int(bytes[position])], tables.folded[Int(bytes[position + 1])])
        if one < 0x80, two < 0x80,
            tables.prefixStarts[Int(one) << 2 | Int(two) >> 6] >> UInt64(two & 63) & 1 == 0
        {
            return
        }
        while position < end, length < tables.longestPrefix {
            let (scalar, count) = decodeScalar(bytes, position)
            position += count
            if scalar < 0x80 {
                hash = Words.hash(hash, tables.folded[Int(scalar)])
                length += 1
            } else if LetterClass(scalar) != .ignorable {
                forEachByte(of: folded(scalar)) {
                    hash = Words.hash(hash, $0)
                    length += 1
                }
            }
            if length >= 2, length <= 64, tables.prefixLengths >> UInt64(length - 1) & 1 != 0 {
                candidates(hash ^ TermIndex.prefixMark, at, &matches)
            }
        }
    }

    private func verify(_ slot: TermIndex.Slot, _ at: Int, _ matches: inout [TermMatch]) {
        for number in slot.first..<slot.first + slot.count {
            let candidate = tables.candidates[Int(number)]
            let count = Int(candidate.wordCount)
            guard at + count <= words.count, holds(candidate, at) else { continue }
            let range = Int(words[at].start)..<Int(words[at + count - 1].end)
            matches.append(TermMatch(term: Int(candidate.term), range: range, word: at, wordCount: count))
        }
    }

    private func holds(_ candidate: TermIndex.Candidate, _ at: Int) -> Bool {
        let first = Int(candidate.firstWord)
        let count = Int(candidate.wordCount)
        for n in 1..<max(count, 1) {
            let pattern = tables.words[first + n]
            if !pattern.isPrefix && pattern.hash != words[at + n].hash { return false }
        }
        for n in 0..<count {
            let pattern = tables.words[first + n]
            guard equal(pattern, words[at + n]) else { return false }
            if n > 0, !gap(pattern.gap, after: words[at + n - 1], before: words[at + n]) { return false }
        }
        return punctuation(candidate.before, endingAt: Int(words[at].start))
            && punctuation(candidate.after, startingAt: Int(words[at + count - 1].end))
    }

    /// Compares a word of the text with a word of a term, folded, and its stem as written where case matters.
    private func equal(_ pattern: TermIndex.PatternWord, _ word: Word) -> Bool {
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

    private func cased(_ pattern: TermIndex.PatternWord, _ word: Word) -> Bool {
        let raw = pattern.raw
        guard !raw.isEmpty else { return true }
        guard raw.count <= Int(word.end - word.start) else { return false }
        for n in 0..<raw.count where bytes[Int(word.start) + n] != tables.bytes[Int(raw.lowerBound) + n] {
            return false
        }
        return true
    }

    private func gap(_ gap: TermIndex.Gap, after left: Word, before right: Word) -> Bool {
        switch gap {
        case .soft: return isSoftGap(bytes, skipPossessive(bytes, Int(left.end)), Int(right.start))
        case .exact(let range):
            let start = skipPossessive(bytes, Int(left.end))
            return Int(right.start) - start == range.count && same(range, start)
        }
    }

    private func punctuation(_ range: Range<UInt32>, startingAt at: Int) -> Bool {
        range.isEmpty || (at + range.count <= bytes.count && same(range, at))
    }

    private func punctuation(_ range: Range<UInt32>, endingAt at: Int) -> Bool {
        range.isEmpty || (at >= range.count && same(range, at - range.count))
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
