/// Sums by story while candidates are sought.
///
/// Sums stand in a row, in the order in which stories came up; a table of places by story, no larger than the article needs,
/// says where. Both are raw memory, for they are all that most of the time is spent with: places are masked to the table's
/// size, and there are never more sums than ``begin(_:)`` was told.
struct CandidateTally: ~Copyable {
    private struct Entry: BitwiseCopyable {
        var story: UInt32
        var sum: Float
    }

    /// Stories that one article can bring up.
    private let most: Int
    private let entries: UnsafeMutablePointer<Entry>
    private var count = 0
    /// Its place among the entries and one, by the hash of a story; 0 is none.
    private let places: UnsafeMutablePointer<UInt16>
    private let mostBits: Int
    private var bits = 0
    /// The largest sum so far.
    private var largest: Float = 0
    private var best: [Entry] = []

    /// Stories that share so much less than the best are not looked at.
    private static let leastOfBest: Float = 0.15

    /// - Parameter most: Stories that one article can bring up, at most 16,384.
    init(most: Int) {
        self.most = most
        mostBits = Self.bits(most * 2)
        entries = .allocate(capacity: most)
        entries.initialize(repeating: Entry(story: 0, sum: 0), count: most)
        places = .allocate(capacity: 1 << mostBits)
        places.initialize(repeating: 0, count: 1 << mostBits)
    }

    deinit {
        entries.deallocate()
        places.deallocate()
    }

    /// The logarithm of the next power of two.
    private static func bits(_ number: Int) -> Int { Int.bitWidth - max(0, number - 1).leadingZeroBitCount }

    /// Begins anew with an article that brings up no more than so many stories.
    mutating func begin(_ total: Int) {
        precondition(total <= most)
        count = 0
        largest = 0
        // A quarter taken at most, where there is room: then most are found at the first look.
        bits = min(mostBits, max(8, Self.bits(total * 4)))
        places.update(repeating: 0, count: 1 << bits)
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
        let mask = 1 &<< bits &- 1
        let shift = UInt32(truncatingIfNeeded: 32 &- bits)
        let places = places
        let entries = entries
        var count = count
        var largest = largest
        next: for story in stories where story >= oldest {
            var place = Int((story &* 0x9E37_79B1) &>> shift)
            while case let found = Int(places[place]), found != 0 {
                if entries[found &- 1].story == story {
                    let grown = entries[found &- 1].sum + sum
                    entries[found &- 1].sum = grown
                    largest = grown > largest ? grown : largest
                    continue next
                }
                place = (place &+ 1) & mask
            }
            guard takesNew else { continue }
            entries[count] = Entry(story: story, sum: sum)
            count &+= 1
            places[place] = UInt16(truncatingIfNeeded: count)
            largest = sum > largest ? sum : largest
        }
        self.count = count
        self.largest = largest
    }

    /// Fills `found` with the stories of the largest sums, at least `least`; of equal ones the newer.
    mutating func strongest(_ count: Int, least: Float, into found: inout [UInt32]) {
        best.removeAll(keepingCapacity: true)
        var least = max(least, largest * Self.leastOfBest)
        for entry in UnsafeBufferPointer(start: entries, count: self.count) where entry.sum >= least {
            var at = best.count
            while at > 0,
                best[at - 1].sum < entry.sum || (best[at - 1].sum == entry.sum && best[at - 1].story < entry.story)
            {
                at -= 1
            }
            guard at < count else { continue }
            if best.count == count { best.removeLast() }
            best.insert(entry, at: at)
            if best.count == count { least = best[count - 1].sum }
        }
        found.removeAll(keepingCapacity: true)
        for item in best { found.append(item.story) }
    }
}
