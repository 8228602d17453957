/// Sums by story while candidates are sought: a small table, cleared by what was put in.
struct CandidateTally {
    private var stories: [UInt32]
    private var sums: [Float]
    private var taken: [UInt16] = []
    private var best: [(sum: Float, story: UInt32)] = []

    /// Twice as many as one article can bring up.
    private static let mask = 4095

    init() {
        stories = Array(repeating: 0, count: Self.mask + 1)
        sums = Array(repeating: 0, count: Self.mask + 1)
    }

    mutating func clear() {
        for place in taken { sums[Int(place)] = 0 }
        taken.removeAll(keepingCapacity: true)
    }

    /// Adds a sum above zero.
    @inline(__always)
    mutating func add(_ story: UInt32, _ sum: Float) {
        var place = Int((story &* 0x9E37_79B1) >> 20) & Self.mask
        while sums[place] > 0, stories[place] != story { place = (place &+ 1) & Self.mask }
        if sums[place] == 0 {
            stories[place] = story
            taken.append(UInt16(place))
        }
        sums[place] += sum
    }

    /// The stories with the largest sums, at least `least`; of equal ones the newer.
    mutating func strongest(_ count: Int, least: Float) -> [UInt32] {
        best.removeAll(keepingCapacity: true)
        for place in taken {
            let item = (sum: sums[Int(place)], story: stories[Int(place)])
            if item.sum < least { continue }
            if best.count == count, item.sum < best[count - 1].sum { continue }
            var at = best.count
            while at > 0,
                best[at - 1].sum < item.sum || (best[at - 1].sum == item.sum && best[at - 1].story < item.story)
            {
                at -= 1
            }
            if at < count {
                best.insert(item, at: at)
                if best.count > count { best.removeLast() }
            }
        }
        return best.map(\.story)
    }
}
