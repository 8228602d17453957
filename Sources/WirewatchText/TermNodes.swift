/// Lays the spellings of each node side by side, the longest first, equal ones in the order of the terms.
struct TermNodes {
    private(set) var slots: [TermIndex.Slot]
    let mask: UInt64
    /// Slots that are taken.
    private(set) var count = 0
    private(set) var candidates: [TermIndex.Candidate] = []

    init(_ builder: TermIndexBuilder) {
        let total = builder.candidates.count + builder.inner.count
        let size = TermIndex.powerOfTwo(atLeast: max(16, total * 4 / 3))
        slots = [TermIndex.Slot](repeating: TermIndex.Slot(), count: size)
        mask = UInt64(size - 1)
        for hash in builder.inner { slots[place(of: TermIndex.Key(hash: hash))].state |= TermIndex.Slot.longerMark }
        candidates = builder.candidates
        // For each spelling the one before it that ends at the same node; its own number for the first.
        var before = [UInt32](repeating: 0, count: candidates.count)
        var shared: [Int] = []
        for (number, key) in builder.keys.enumerated() {
            let at = place(of: key)
            let ends = slots[at].count
            before[number] = ends == 0 ? UInt32(number) : slots[at].first
            if ends == 1 { shared.append(at) }
            slots[at].first = UInt32(number)
            slots[at].state += 1
        }
        for at in shared { gather(at, before) }
        for key in builder.keys where key.key.high != .max { markTerm(key) }
    }

    /// Notes at the node of a word alone the term itself, where that is all there is to say.
    private mutating func markTerm(_ key: TermIndex.Key) {
        let at = place(of: key)
        guard slots[at].count == 1, !slots[at].isTerm else { return }
        let candidate = candidates[Int(slots[at].first)]
        guard candidate.wordCount == 1, candidate.isPlain else { return }
        slots[at].first = candidate.term
        slots[at].state |= TermIndex.Slot.termMark
    }

    /// Copies the spellings of a node that has several to the end, side by side.
    private mutating func gather(_ at: Int, _ before: [UInt32]) {
        let start = candidates.count
        var number = Int(slots[at].first)
        while true {
            candidates.append(candidates[number])
            if Int(before[number]) == number { break }
            number = Int(before[number])
        }
        slots[at].first = UInt32(start)
        candidates[start...].reverse()
        sortLongestFirst(start..<candidates.count)
    }

    /// Spellings of one node differ in length only by words that end in `*` and what follows them: few, mostly sorted.
    private mutating func sortLongestFirst(_ range: Range<Int>) {
        for next in range.dropFirst() {
            var at = next
            while at > range.lowerBound, candidates[at - 1].wordCount < candidates[at].wordCount {
                candidates.swapAt(at - 1, at)
                at -= 1
            }
        }
    }

    /// The slot of a node, which is made where there is none.
    private mutating func place(of key: TermIndex.Key) -> Int {
        var at = key.hash & mask
        while slots[Int(at)].state > 0, slots[Int(at)].key != key.key { at = (at + 1) & mask }
        if slots[Int(at)].state == 0 { count += 1 }
        slots[Int(at)].key = key.key
        return Int(at)
    }
}
