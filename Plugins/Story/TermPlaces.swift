/// Where an article's terms are, by hash: asked for each term of each story that the article is compared with.
struct TermPlaces {
    /// Places and one, by the upper bits of the hash; 0 is none.
    private var slots = [UInt8](repeating: 0, count: size)
    private var taken: [Int] = []

    /// Sixteen times as many as an article has terms, so that one look mostly tells that a term is not among them.
    private static let size = 1024

    /// Takes up other terms, at most 255.
    mutating func fill(_ terms: [TermWeight]) {
        for slot in taken { slots[slot] = 0 }
        taken.removeAll(keepingCapacity: true)
        for (at, term) in terms.enumerated() {
            var slot = Int(term.hash >> 22)
            while slots[slot] != 0 { slot = (slot + 1) % Self.size }
            slots[slot] = UInt8(at + 1)
            taken.append(slot)
        }
    }

    @inline(__always)
    func find(_ hash: UInt32, in terms: UnsafeBufferPointer<TermWeight>) -> Int? {
        var slot = Int(hash >> 22)
        while true {
            let at = Int(slots[slot])
            if at == 0 { return nil }
            if terms[at &- 1].hash == hash { return at &- 1 }
            slot = (slot &+ 1) % Self.size
        }
    }
}
