/// Lays the spellings of each node side by side, the longest first, equal ones in the order of the terms.
struct TermNodes {
    let slots: FarTable<TermIndex.Slot>
    let mask: UInt64
    let candidates: FarTable<TermIndex.Candidate>
    /// Slots that are taken.
    let count: Int

    init(_ builder: TermIndexBuilder) {
        let total = builder.candidates.count + builder.inner.count
        let size = TermIndex.powerOfTwo(atLeast: max(16, total * 4 / 3))
        let mask = UInt64(size - 1)
        var taken = 0
        var gathered: [TermIndex.Candidate] = []
        slots = FarTable(count: size) { slots in
            slots.initialize(repeating: TermIndex.Slot())
            var layout = Layout(slots: slots, mask: mask, builder: builder)
            layout.fill()
            taken = layout.count
            gathered = layout.gathered
        }
        candidates = FarTable(count: builder.candidates.count + gathered.count) { all in
            let rest = all[all.initialize(fromContentsOf: builder.candidates)...]
            _ = UnsafeMutableBufferPointer(rebasing: rest).initialize(fromContentsOf: gathered)
        }
        self.mask = mask
        count = taken
    }

    /// The slots while they are filled.
    private struct Layout {
        let slots: UnsafeMutableBufferPointer<TermIndex.Slot>
        let mask: UInt64
        let builder: TermIndexBuilder
        var count = 0
        /// The spellings of nodes that have several; they are put behind all the others.
        var gathered: [TermIndex.Candidate] = []

        init(slots: UnsafeMutableBufferPointer<TermIndex.Slot>, mask: UInt64, builder: TermIndexBuilder) {
            self.slots = slots
            self.mask = mask
            self.builder = builder
        }

        mutating func fill() {
            inBlocks(of: builder.inner) { layout, at, _ in layout.slots[at].state |= TermIndex.Slot.longerMark }
            // For each spelling the one before it that ends at the same node; its own number for the first.
            var before = [UInt32](repeating: 0, count: builder.candidates.count)
            var shared: [Int] = []
            inBlocks(of: builder.keys) { layout, at, number in
                let ends = layout.slots[at].count
                before[number] = ends == 0 ? UInt32(number) : layout.slots[at].first
                if ends == 1 { shared.append(at) }
                layout.slots[at].first = UInt32(number)
                layout.slots[at].state += 1
                // Of the first spelling; it counts where no other comes.
                if ends == 0 { layout.slots[at].key = layout.builder.candidates[number].first }
            }
            for at in shared { gather(at, before) }
            inBlocks(of: builder.keys) { layout, at, number in layout.markTerm(at, number) }
        }

        /// Calls `body` with the slot of each node, which is made where there is none, and with the number of its hash.
        ///
        /// Slots are far apart: those of a block are brought into the cache side by side.
        private mutating func inBlocks(of hashes: [UInt64], _ body: (inout Layout, _ at: Int, _ number: Int) -> Void) {
            var start = 0
            while start < hashes.count {
                let end = min(start + 64, hashes.count)
                var seen: UInt32 = 0
                for number in start..<end { seen |= slots[Int(TermIndex.place(hashes[number], mask))].state }
                precondition(seen != .max, "no node has so many spellings")
                for number in start..<end { body(&self, place(of: hashes[number]), number) }
                start = end
            }
        }

        /// Notes at the node of a word alone the term itself, where that is all there is to say.
        private func markTerm(_ at: Int, _ number: Int) {
            guard slots[at].count == 1, !slots[at].isTerm else { return }
            let candidate = builder.candidates[number]
            guard candidate.wordCount == 1, candidate.isPlain else { return }
            slots[at].first = candidate.term
            slots[at].state |= TermIndex.Slot.termMark
        }

        /// Copies the spellings of a node that has several behind the others, side by side.
        private mutating func gather(_ at: Int, _ before: [UInt32]) {
            let start = gathered.count
            var number = Int(slots[at].first)
            while true {
                gathered.append(builder.candidates[number])
                if Int(before[number]) == number { break }
                number = Int(before[number])
            }
            slots[at].first = UInt32(builder.candidates.count + start)
            gathered[start...].reverse()
            sortLongestFirst(start..<gathered.count)
        }

        /// Spellings of one node differ in length only by words that end in `*` and what follows them: few, mostly sorted.
        private mutating func sortLongestFirst(_ range: Range<Int>) {
            for next in range.dropFirst() {
                var at = next
                while at > range.lowerBound, gathered[at - 1].wordCount < gathered[at].wordCount {
                    gathered.swapAt(at - 1, at)
                    at -= 1
                }
            }
        }

        /// The slot of a node, which is made where there is none.
        private mutating func place(of hash: UInt64) -> Int {
            var at = TermIndex.place(hash, mask)
            while slots[Int(at)].state > 0, slots[Int(at)].hash != hash { at = (at + 1) & mask }
            if slots[Int(at)].state == 0 { count += 1 }
            slots[Int(at)].hash = hash
            return Int(at)
        }
    }
}
