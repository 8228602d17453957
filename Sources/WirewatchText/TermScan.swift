/// One pass of a matcher over one text: the verification of candidates.
struct TermScan {
    let tables: TermIndex.Tables
    let bytes: UnsafeBufferPointer<UInt8>
    let words: UnsafeBufferPointer<Word>

    /// A word that the filter let pass.
    private struct Suspect {
        /// In the block.
        var word: UInt16
        var signs: Signs
    }

    /// What the filter says of a word.
    private struct Signs: OptionSet {
        let rawValue: UInt16
        /// It may be a term; it may begin one together with the next word; it may begin with a prefix.
        static let alone = Signs(rawValue: 1)
        static let withNext = Signs(rawValue: 2)
        static let prefixed = Signs(rawValue: 4)
    }

    /// Words that are looked at together.
    private static let block = 128

    /// Appends every match, by first word, at one word the longest first.
    ///
    /// Words are taken in blocks: the filter goes over all of them without a branch, then what the rest needs of the
    /// tables is loaded side by side, for it is far apart, and then compared.
    func run(into matches: inout [TermMatch]) {
        withUnsafeTemporaryAllocation(of: Suspect.self, capacity: Self.block + 1) { suspects in
            var at = 0
            while at < words.count {
                let end = min(at + Self.block, words.count)
                let count = filter(at..<end, into: suspects)
                if load(UnsafeBufferPointer(rebasing: suspects[..<count]), at) {
                    for suspect in suspects[..<count] { find(at &+ Int(suspect.word), suspect.signs, &matches) }
                }
                at = end
            }
        }
    }

    /// Writes the words of a range that may begin a term, and returns how many.
    private func filter(_ range: Range<Int>, into suspects: UnsafeMutableBufferPointer<Suspect>) -> Int {
        let hasPrefixes = tables.prefixLengths != 0
        var count = 0
        var next = words[range.lowerBound].hash
        for at in range {
            let hash = next
            // After the last word any value will do: what it finds is one word too long.
            next = at &+ 1 < words.count ? words[at &+ 1].hash : 0
            var signs = mayOccur(hash) | mayOccur(TermIndex.chain(hash, next)) << 1
            if hasPrefixes, prefixLengths(at) != 0 { signs |= Signs.prefixed.rawValue }
            // At most one for each word of the block, and one place more for the word that does not count.
            suspects[count] = Suspect(
                word: UInt16(truncatingIfNeeded: at &- range.lowerBound), signs: Signs(rawValue: signs))
            count &+= signs == 0 ? 0 : 1
        }
        return count
    }

    /// Brings the slots of all suspects, and the spellings that these lead to, into the cache at once; false when no
    /// slot holds anything.
    private func load(_ suspects: UnsafeBufferPointer<Suspect>, _ start: Int) -> Bool {
        var seen: UInt32 = 0
        for suspect in suspects { seen |= loadSlots(start &+ Int(suspect.word), suspect.signs) }
        return seen != 0
    }

    @inline(__always)
    private func loadSlots(_ at: Int, _ signs: Signs) -> UInt32 {
        let hash = words[at].hash
        let pair = TermIndex.chain(hash, at &+ 1 < words.count ? words[at &+ 1].hash : 0)
        var seen: UInt32 = signs.contains(.prefixed) ? 1 : 0
        if signs.contains(.alone) { seen |= tables.slots[Int(truncatingIfNeeded: hash & tables.slotMask)].state }
        if signs.contains(.withNext) { seen |= tables.slots[Int(truncatingIfNeeded: pair & tables.slotMask)].state }
        return seen
    }

    private func find(_ at: Int, _ signs: Signs, _ matches: inout [TermMatch]) {
        let before = matches.count
        if signs.contains(.withNext) { findChain(at, &matches) }
        if signs.contains(.alone) { find(key(of: words[at], words[at].hash), at, &matches) }
        if signs.contains(.prefixed) { findPrefixed(at, &matches) }
        if matches.count > before &+ 1 { Self.sortLongestFirst(&matches, from: before) }
    }

    /// Sorts the matches of one word, which are few and nearly sorted, keeping the order of equals.
    private static func sortLongestFirst(_ matches: inout [TermMatch], from start: Int) {
        for next in start + 1..<matches.count {
            var at = next
            while at > start, matches[at - 1].wordCount < matches[at].wordCount {
                matches.swapAt(at - 1, at)
                at -= 1
            }
        }
    }

    /// 1 for a hash that the filter knows, 0 for others.
    @inline(__always)
    private func mayOccur(_ hash: UInt64) -> UInt16 {
        // Inside the filter, whose size is a power of two: the shift leaves as many bits as its index has.
        let mask = TermFilter.mask(hash)
        return tables.filter[Int(truncatingIfNeeded: hash &>> tables.filterShift)] & mask == mask ? 1 : 0
    }

    /// What the terms of one word are found by.
    @inline(__always)
    private func key(of word: Word, _ hash: UInt64) -> TermIndex.Key {
        var key = TermIndex.Key(hash: hash)
        if let short = shortKey(of: word) { key.key = short }
        return key
    }

    /// The letters of a short word of ASCII; nil for others, and for words at the very end of the text.
    @inline(__always)
    private func shortKey(of word: Word) -> WordKey? {
        let start = Int(word.start)
        let length = Int(word.end) &- start
        guard let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
        guard length <= WordKey.maximumLength, start &+ WordKey.maximumLength <= bytes.count else {
            return WordKey(slowly: bytes[word.range])
        }
        let key = WordKey(base, start, length)
        return key.hasHighBytes ? WordKey(slowly: bytes[word.range]) : key
    }

    /// Terms that begin with a word and the next: node after node, as long as there are longer ones.
    private func findChain(_ at: Int, _ matches: inout [TermMatch]) {
        var hash = words[at].hash
        var next = at &+ 1
        while next < words.count {
            hash = TermIndex.chain(hash, words[next].hash)
            next &+= 1
            guard mayOccur(hash) != 0, find(TermIndex.Key(hash: hash), at, &matches) else { return }
        }
    }

    /// Appends what ends at a node, and says whether longer spellings go through it.
    @inline(__always) @discardableResult
    private func find(_ key: TermIndex.Key, _ at: Int, _ matches: inout [TermMatch]) -> Bool {
        var slot = key.hash & tables.slotMask
        while true {
            let found = tables.slots[Int(truncatingIfNeeded: slot)]
            if found.state == 0 { return false }
            if found.key == key.key {
                if found.isTerm {
                    matches.append(TermMatch(term: Int(found.first), range: words[at].range, word: at, wordCount: 1))
                } else {
                    verify(found, at, &matches)
                }
                return found.hasLonger
            }
            slot = (slot &+ 1) & tables.slotMask
        }
    }

    /// The lengths of prefixes that may begin a word, by its first two bytes and its length: for most words none. All for a
    /// word that begins with letters beyond ASCII.
    @inline(__always)
    private func prefixLengths(_ at: Int) -> UInt32 {
        let word = words[at]
        let length = word.end &- word.start
        guard length >= 2 else { return 0 }
        let (one, two) = (bytes[Int(word.start)], bytes[Int(word.start) &+ 1])
        if (one | two) >= 0x80 { return .max }
        // No longer than the word: its own bit and those below.
        return tables.prefixStarts[TermIndex.prefixStart(one, two)] & (UInt32.max &>> (31 &- min(length, 31)))
    }

    /// Terms whose first word ends in `*`: looked up by each length of prefix that some term has.
    private func findPrefixed(_ at: Int, _ matches: inout [TermMatch]) {
        var lengths = prefixLengths(at)
        let start = Int(words[at].start)
        guard lengths < 1 &<< UInt32(WordKey.maximumLength &+ 1), start &+ WordKey.maximumLength <= bytes.count,
            let base = UnsafeRawPointer(bytes.baseAddress)
        else { return findPrefixedSlowly(at, &matches) }
        // Sixteen bytes from the word's start are inside the text.
        let key = WordKey(base, start, min(Int(words[at].end) &- start, WordKey.maximumLength))
        if key.hasHighBytes { return findPrefixedSlowly(at, &matches) }
        while lengths != 0 {
            let hash = key.prefix(lengths.trailingZeroBitCount).hash ^ TermIndex.prefixMark
            lengths &= lengths &- 1
            if mayOccur(hash) != 0 { find(TermIndex.Key(hash: hash), at, &matches) }
        }
    }

    private func findPrefixedSlowly(_ at: Int, _ matches: inout [TermMatch]) {
        var hash = WordHash()
        var length = 0
        var position = Int(words[at].start)
        let end = Int(words[at].end)
        while position < end, length < tables.longestPrefix {
            let (scalar, count) = decodeScalar(bytes, position)
            position += count
            if scalar < 0x80 {
                hash.append(tables.folded[Int(scalar)])
                length += 1
            } else if LetterClass(scalar) != .ignorable {
                forEachByte(of: folded(scalar)) {
                    hash.append($0)
                    length += 1
                }
            }
            if length >= 2, length <= 64, tables.prefixLengths >> UInt64(length - 1) & 1 != 0 {
                let key = hash.finished ^ TermIndex.prefixMark
                if mayOccur(key) != 0 { find(TermIndex.Key(hash: key), at, &matches) }
            }
        }
    }

    private func verify(_ slot: TermIndex.Slot, _ at: Int, _ matches: inout [TermMatch]) {
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
