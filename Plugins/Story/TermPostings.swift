/// For each term, the stories whose articles had it lately among their strongest.
///
/// Terms share a fixed table of buckets; a bucket holds at most ``perTerm`` stories, the one that was told last at the end.
/// What it holds follows from the articles alone, so that it can be built again from their log.
struct TermPostings {
    static let perTerm = 64
    private static let bits: UInt32 = 19

    private var handles: [BlockPool<UInt32>.Handle]
    private var counts: [UInt8]
    private var pool = BlockPool<UInt32>(sizes: [2, 4, 8, 16, 32, 64], zero: 0)

    init() {
        handles = Array(repeating: .none, count: 1 << Int(Self.bits))
        counts = Array(repeating: 0, count: 1 << Int(Self.bits))
    }

    @inline(__always)
    private static func bucket(_ term: UInt32) -> Int { Int((term &* 0x9E37_79B1) >> (32 - bits)) }

    /// Calls `body` with the term's stories.
    @inline(__always)
    func stories(of term: UInt32, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        let bucket = Self.bucket(term)
        let count = Int(counts[bucket])
        if count > 0 { pool.read(handles[bucket], count, body) }
    }

    /// Makes a story the last of a term's; those before `oldest` leave.
    mutating func post(_ term: UInt32, _ story: UInt32, oldest: UInt32) {
        let bucket = Self.bucket(term)
        let handle = handles[bucket]
        var count = Int(counts[bucket])
        if count > 0 {
            count = pool.write(handle) { block in
                var kept = 0
                for at in 0..<count {
                    let other = block[at]
                    block[kept] = other
                    if other >= oldest, other != story { kept &+= 1 }
                }
                if kept == Self.perTerm {
                    for at in 1..<kept { block[at - 1] = block[at] }
                    kept -= 1
                }
                if kept < block.count { block[kept] = story }
                return kept
            }
        }
        if count == pool.capacity(handle) {
            let larger = pool.allocate(count + 1)
            for at in 0..<count {
                let value = pool.read(handle, count) { $0[at] }
                pool.write(larger) { $0[at] = value }
            }
            pool.write(larger) { $0[count] = story }
            pool.release(handle)
            handles[bucket] = larger
        }
        counts[bucket] = UInt8(count + 1)
    }
}
