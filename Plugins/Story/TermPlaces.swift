/// Where an article's terms are, by hash: asked for each term of each story that the article is compared with.
struct TermPlaces: ~Copyable {
    /// Places and one, by the upper bits of the hash; 0 is none. Raw memory, for all that is done with it is to look once or
    /// twice, some hundred times an article; every slot is cut to ten bits.
    private let slots: UnsafeMutablePointer<UInt8>

    /// Sixteen times as many as an article has terms, so that one look mostly tells that a term is not among them.
    private static let size = 1024

    init() {
        slots = .allocate(capacity: Self.size)
        slots.initialize(repeating: 0, count: Self.size)
    }

    deinit { slots.deallocate() }

    /// Takes up other terms, at most 255.
    func fill(_ terms: [TermWeight]) {
        slots.update(repeating: 0, count: Self.size)
        for at in terms.indices {
            var slot = Self.slot(terms[at].hash)
            while slots[slot] != 0 { slot = Self.after(slot) }
            slots[slot] = UInt8(truncatingIfNeeded: at &+ 1)
        }
    }

    @inline(__always)
    private static func slot(_ hash: UInt32) -> Int { Int(hash >> 22) }

    @inline(__always)
    private static func after(_ slot: Int) -> Int { (slot &+ 1) & (size &- 1) }

    /// 1 for the terms and a few others, else 0: a number to count with, for as a truth it would be a branch.
    @inline(__always)
    func mayHave(_ hash: UInt32) -> Int { (Int(slots[Self.slot(hash)]) &+ 255) >> 8 }

    @inline(__always)
    func find(_ hash: UInt32, in terms: UnsafeBufferPointer<TermWeight>) -> Int? {
        var slot = Self.slot(hash)
        while true {
            let at = Int(slots[slot])
            if at == 0 { return nil }
            if terms[at &- 1].hash == hash { return at &- 1 }
            slot = Self.after(slot)
        }
    }
}
