/// One pass of a matcher over one text: which words may begin a term.
struct TermScan {
    let tables: TermIndex.Tables
    let bytes: UnsafeBufferPointer<UInt8>
    let words: UnsafeBufferPointer<Word>
    /// Those of ``WordKey/withMasks(_:)``.
    let masks: UnsafeRawPointer

    /// A node that the filter let pass.
    private struct Suspect {
        /// Of a word, or of a word and the next.
        var hash: UInt64
        /// The word, and above its bits the kind: written at once.
        private var mark: UInt64

        @inline(__always)
        init(_ kind: Kind, _ word: Int, _ hash: UInt64) {
            self.hash = hash
            mark = UInt64(truncatingIfNeeded: word) | UInt64(kind.rawValue) &<< 32
        }

        var word: Int { Int(truncatingIfNeeded: mark & 0xFFFF_FFFF) }
        var kind: Kind { Kind(rawValue: UInt32(truncatingIfNeeded: mark &>> 32)) ?? .alone }
    }

    private enum Kind: UInt32 {
        /// A word with the next.
        case pair
        case alone
        case prefixed
    }

    /// Words that are looked at together.
    private static let block = 128

    /// Appends every match, by first word, at one word the longest first.
    ///
    /// Words are taken in blocks: the filter goes over all of them without a branch, then what the rest needs of the
    /// tables is loaded side by side, for it is far apart, and then compared.
    func run(into matches: inout [TermMatch]) {
        if tables.candidates.isEmpty { return }
        // One of each kind for each word, and as many again that are written in vain.
        let room = 3 * min(words.count, Self.block) + 3
        withUnsafeTemporaryAllocation(of: Suspect.self, capacity: room) { room in
            var at = 0
            while at < words.count {
                let end = min(at + Self.block, words.count)
                let suspects = UnsafeBufferPointer(rebasing: room[..<filter(at..<end, into: room)])
                if load(suspects) { find(suspects, &matches) }
                at = end
            }
        }
    }

    /// Writes what may be a node among the words of a range, and returns how many: of each word first what begins with
    /// it, then the word alone, then its prefixes.
    private func filter(_ range: Range<Int>, into suspects: UnsafeMutableBufferPointer<Suspect>) -> Int {
        // Where the prefixes are looked for; nil when there are none.
        let text = tables.prefixLengths == 0 ? nil : UnsafeRawPointer(bytes.baseAddress)
        let lastStart = bytes.count &- 4
        let last = words.count &- 1
        var count = 0
        var next = words[range.lowerBound].hash
        for at in range {
            let hash = next
            // After the last word any value will do, and its own is there: what it finds is one word too long.
            next = words[min(at &+ 1, last)].hash
            let pair = TermIndex.chain(hash, next)
            suspects[count] = Suspect(.pair, at, pair)
            count &+= mayOccur(pair)
            suspects[count] = Suspect(.alone, at, hash)
            count &+= mayOccur(hash)
            if let text {
                suspects[count] = Suspect(.prefixed, at, hash)
                let start = Int(words[at].start)
                // Four bytes from such a start are inside the text.
                count &+= start <= lastStart ? mayBeginWithPrefix(text, start) : 1
            }
        }
        return count
    }

    /// Brings the slots of all suspects, and the spellings that these lead to, into the cache at once; false when no
    /// slot holds anything.
    private func load(_ suspects: UnsafeBufferPointer<Suspect>) -> Bool {
        var seen: UInt32 = 0
        for suspect in suspects { seen |= slot(suspect.hash).state | suspect.kind.rawValue &>> 1 }
        if seen == 0 { return false }
        for suspect in suspects {
            let slot = slot(suspect.hash)
            let isSpelling = slot.hash == suspect.hash && !slot.isTerm
            // Inside the table, which is not empty: a node's spellings are. The sum stays above zero: two marks and the number
            // of spellings leave more room than some hundred times the most words of a term take.
            seen &+= tables.candidates[isSpelling ? Int(slot.first) : 0].wordCount
        }
        return seen != 0
    }

    /// The slot where the search for a node begins.
    @inline(__always)
    private func slot(_ hash: UInt64) -> TermIndex.Slot {
        // Inside the table, whose size is a power of two.
        tables.slots[Int(truncatingIfNeeded: TermIndex.place(hash, tables.slotMask))]
    }

    private func find(_ suspects: UnsafeBufferPointer<Suspect>, _ matches: inout [TermMatch]) {
        var word = -1
        // The matches before those of this word.
        var before = 0
        for suspect in suspects {
            if suspect.word != word {
                word = suspect.word
                before = matches.count
            }
            let found = matches.count
            let at = suspect.word
            switch suspect.kind {
            case .pair: findChain(suspect.hash, at, &matches)
            case .alone: find(suspect.hash, at, &matches)
            case .prefixed: findPrefixed(at, &matches)
            }
            if matches.count > found, matches.count > before &+ 1 { Self.sortLongestFirst(&matches, from: before) }
        }
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
    private func mayOccur(_ hash: UInt64) -> Int {
        // Inside the filter, whose size is a power of two.
        let bits = tables.filter[Int(truncatingIfNeeded: TermIndex.place(hash, tables.filterMask))]
        return Int(truncatingIfNeeded: bits &>> hash & 1)
    }

    /// The letters of a short word of ASCII; nil for others.
    @inline(__always)
    func shortKey(of word: Word) -> WordKey? {
        let start = Int(word.start)
        let length = Int(word.end) &- start
        guard let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
        // Sixteen bytes from the start are inside the text.
        guard length <= WordKey.maximumLength, start &+ WordKey.maximumLength <= bytes.count else {
            return WordKey(slowly: bytes[word.range])
        }
        let key = WordKey(base, start, length, masks)
        return key.hasHighBytes ? WordKey(slowly: bytes[word.range]) : key
    }

    /// Terms that begin with a word and the next: node after node, as long as there are longer ones.
    private func findChain(_ pair: UInt64, _ at: Int, _ matches: inout [TermMatch]) {
        // The last word has no next.
        var next = at &+ 1
        guard next < words.count else { return }
        var hash = pair
        while find(hash, at, &matches) {
            next &+= 1
            guard next < words.count else { return }
            hash = TermIndex.chain(hash, words[next].hash)
            if mayOccur(hash) == 0 { return }
        }
    }

    /// Appends what ends at a node, and says whether longer spellings go through it.
    @inline(__always) @discardableResult
    private func find(_ hash: UInt64, _ at: Int, _ matches: inout [TermMatch]) -> Bool {
        var place = TermIndex.place(hash, tables.slotMask)
        while true {
            let found = tables.slots[Int(truncatingIfNeeded: place)]
            if found.state == 0 { return false }
            if found.hash == hash {
                if !found.isTerm {
                    verify(found, at, &matches)
                } else if shortKey(of: words[at]) == found.key {
                    matches.append(TermMatch(term: Int(found.first), range: words[at].range, word: at, wordCount: 1))
                }
                return found.hasLonger
            }
            place = (place &+ 1) & tables.slotMask
        }
    }

    // MARK: Prefixes

    /// 1 for a word whose first letters some prefix has, or which begins with letters beyond ASCII; 0 for others. Four bytes
    /// from its start must be inside the text.
    @inline(__always)
    private func mayBeginWithPrefix(_ text: UnsafeRawPointer, _ start: Int) -> Int {
        let letters = text.loadUnaligned(fromByteOffset: start, as: UInt32.self) & tables.prefixLetters
        let place = TermPrefixes.place((letters | 0x2020_2020) & tables.prefixLetters)
        // Inside the table: a place has as many bits as its size asks for.
        let bit = tables.prefixBits[place &>> 6] &>> UInt64(truncatingIfNeeded: place) & 1
        return Int(truncatingIfNeeded: bit) | (letters & 0x8080_8080 == 0 ? 0 : 1)
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
        return tables.prefixStarts[TermPrefixes.start(one, two)] & (UInt32.max &>> (31 &- min(length, 31)))
    }

    /// Terms whose first word ends in `*`: looked up by each length of prefix that some term has.
    private func findPrefixed(_ at: Int, _ matches: inout [TermMatch]) {
        var lengths = prefixLengths(at)
        let start = Int(words[at].start)
        guard lengths < 1 &<< UInt32(WordKey.maximumLength &+ 1), start &+ WordKey.maximumLength <= bytes.count,
            let base = UnsafeRawPointer(bytes.baseAddress)
        else { return findPrefixedSlowly(at, &matches) }
        // Sixteen bytes from the word's start are inside the text.
        let key = WordKey(base, start, min(Int(words[at].end) &- start, WordKey.maximumLength), masks)
        if key.hasHighBytes { return findPrefixedSlowly(at, &matches) }
        while lengths != 0 {
            let hash = key.prefix(lengths.trailingZeroBitCount).hash ^ TermIndex.prefixMark
            lengths &= lengths &- 1
            if mayOccur(hash) != 0 { find(hash, at, &matches) }
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
                if mayOccur(key) != 0 { find(key, at, &matches) }
            }
        }
    }
}
