/// Tells whether a tag may already have an attribute of a name, so that tags with a thousand attributes take linear time.
struct AttributeFilter: Sendable {
    /// Up to this many attributes all are compared.
    static let small = 16
    /// Attributes of one tag at most: half of the slots.
    static let limit = 2048
    private static let slotCount = 4096

    /// One bit for each hash seen, modulo 64.
    private var bits: UInt64 = 0
    /// Open addressing: the tag's number above, the place among its attributes plus one in the low 12 bits. Made when a
    /// tag first has many.
    private var slots: [UInt64] = []
    private var hashes: [UInt32] = []
    private var number: UInt64 = 0

    /// Begins a tag.
    @inline(__always)
    mutating func begin() {
        bits = 0
        number &+= 1
        if !hashes.isEmpty { hashes.removeAll(keepingCapacity: true) }
    }

    @inline(__always)
    func mayHold(_ hash: UInt32) -> Bool { bits & bit(hash) != 0 }

    @inline(__always)
    mutating func insert(_ hash: UInt32, at place: Int) {
        bits |= bit(hash)
        hashes.append(hash)
        if place >= Self.small { fill(place) }
    }

    /// Whether one of the places with this hash is wanted.
    func places(_ hash: UInt32, where isWanted: (Int) -> Bool) -> Bool {
        guard !slots.isEmpty else { return false }
        var slot = Int(hash) & (Self.slotCount - 1)
        for _ in 0..<Self.slotCount {
            let entry = slots[slot]
            guard entry &>> 12 == number else { return false }
            let place = Int(entry & 0xFFF) - 1
            if place >= 0, place < hashes.count, hashes[place] == hash, isWanted(place) { return true }
            slot = (slot &+ 1) & (Self.slotCount - 1)
        }
        return false
    }

    private mutating func fill(_ place: Int) {
        if slots.isEmpty { slots = [UInt64](repeating: 0, count: Self.slotCount) }
        // The first ones are entered when they stop being compared one by one.
        let first = place == Self.small ? 0 : place
        for index in first...place where index < hashes.count {
            var slot = Int(hashes[index]) & (Self.slotCount - 1)
            var tries = 0
            while slots[slot] &>> 12 == number, tries < Self.slotCount {
                slot = (slot &+ 1) & (Self.slotCount - 1)
                tries &+= 1
            }
            slots[slot] = number &<< 12 | UInt64((index &+ 1) & 0xFFF)
        }
    }

    @inline(__always)
    private func bit(_ hash: UInt32) -> UInt64 { 1 &<< UInt64((hash ^ hash &>> 15) & 63) }
}
