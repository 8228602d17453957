/// Sums by story while candidates are sought: a small table, cleared by what was put in.
struct CandidateTally {
    private struct Slot {
        var story: UInt32
        var sum: Float
    }

    private var slots: [Slot]
    private var taken: [UInt16]
    private var takenCount = 0
    /// The largest sum so far.
    private var largest: Float = 0
    private var best: [(sum: Float, story: UInt32)] = []

    /// Twice as many as one article can bring up: 24 terms of 64 stories.
    private static let mask = 4095

    /// Stories that share so much less than the best are not looked at.
    private static let leastOfBest: Float = 0.15

    init() {
        slots = Array(repeating: Slot(story: 0, sum: 0), count: Self.mask + 1)
        taken = Array(repeating: 0, count: Self.mask + 1)
    }

    mutating func clear() {
        for at in 0..<takenCount { slots[Int(taken[at])].sum = 0 }
        takenCount = 0
        largest = 0
    }

    /// Adds a sum above zero to each of the stories that is open.
    ///
    /// Those that come up so late that they can not be among the strongest any more are left out: what is still to come,
    /// this sum among it, is `rest`.
    @inline(__always)
    mutating func add(_ sum: Float, to stories: UnsafeBufferPointer<UInt32>, oldest: UInt32, rest: Float, least: Float)
    {
        // A little more, for sums are rounded.
        let takesNew = rest * 1.001 >= max(least, largest * Self.leastOfBest)
        var count = takenCount
        var largest = largest
        slots.withUnsafeMutableBufferPointer { slots in
            taken.withUnsafeMutableBufferPointer { taken in
                for story in stories where story >= oldest {
                    var place = Int((story &* 0x9E37_79B1) >> 20) & Self.mask
                    var slot = slots[place]
                    while slot.sum > 0, slot.story != story {
                        place = (place &+ 1) & Self.mask
                        slot = slots[place]
                    }
                    if slot.sum == 0 {
                        guard takesNew else { continue }
                        taken[count] = UInt16(truncatingIfNeeded: place)
                        count &+= 1
                    }
                    slots[place] = Slot(story: story, sum: slot.sum + sum)
                    largest = max(largest, slot.sum + sum)
                }
            }
        }
        takenCount = count
        self.largest = largest
    }

    /// Fills `found` with the stories of the largest sums, at least `least`; of equal ones the newer.
    mutating func strongest(_ count: Int, least: Float, into found: inout [UInt32]) {
        best.removeAll(keepingCapacity: true)
        let least = max(least, largest * Self.leastOfBest)
        for taken in 0..<takenCount {
            let slot = slots[Int(self.taken[taken])]
            if slot.sum < least { continue }
            if best.count == count, slot.sum < best[count - 1].sum { continue }
            var at = best.count
            while at > 0,
                best[at - 1].sum < slot.sum || (best[at - 1].sum == slot.sum && best[at - 1].story < slot.story)
            {
                at -= 1
            }
            if at < count {
                if best.count == count { best.removeLast() }
                best.insert((slot.sum, slot.story), at: at)
            }
        }
        found.removeAll(keepingCapacity: true)
        for item in best { found.append(item.story) }
    }
}
