/// For each term, the stories whose articles had it lately among their strongest.
///
/// Terms share a fixed table of buckets; a bucket holds at most ``perTerm`` stories, the one that was told last at the end.
/// What it holds follows from the articles alone, so that it can be built again from their log.
struct TermPostings: ~Copyable {
    static let perTerm = 64
    private static let bits: UInt32 = 19

    private struct Bucket: BitwiseCopyable {
        var handle = BlockPool<UInt32>.Handle.none
        var count: UInt32 = 0
    }

    /// Raw memory, as ``LargePages`` gives it; the upper bits of a hash never lead beyond it.
    private let buckets: UnsafeMutablePointer<Bucket>
    private var pool = BlockPool<UInt32>(sizes: [2, 4, 8, 16, 32, 64], zero: 0)

    init() {
        let count = 1 << Int(Self.bits)
        buckets = LargePages.allocate(regions: count * MemoryLayout<Bucket>.stride / LargePages.regionBytes)
            .bindMemory(to: Bucket.self, capacity: count)
        buckets.initialize(repeating: Bucket(), count: count)
    }

    deinit { buckets.deallocate() }

    @inline(__always)
    private static func bucket(_ term: UInt32) -> Int { Int((term &* 0x9E37_79B1) >> (32 - bits)) }

    /// Touches a term's bucket, so that the processor fetches it; of no meaning.
    @inline(__always)
    func touch(_ term: UInt32) -> UInt32 { buckets[Self.bucket(term)].count }

    /// The term's stories, until the next is posted.
    @inline(__always)
    func stories(of term: UInt32) -> UnsafeBufferPointer<UInt32> {
        let bucket = buckets[Self.bucket(term)]
        return pool.read(bucket.handle, Int(bucket.count))
    }

    /// Makes a story the last of a term's; those before `oldest` leave.
    mutating func post(_ term: UInt32, _ story: UInt32, oldest: UInt32) {
        let place = Self.bucket(term)
        var bucket = buckets[place]
        var kept = Int(bucket.count)
        let block = pool.block(bucket.handle)
        // Mostly nothing leaves, which is seen at once.
        var leaving = 0
        for at in 0..<kept { leaving |= (block[at] < oldest ? 1 : 0) | (block[at] == story ? 1 : 0) }
        if leaving != 0 {
            let count = kept
            kept = 0
            for at in 0..<count {
                let other = block[at]
                block[kept] = other
                if other >= oldest, other != story { kept &+= 1 }
            }
        }
        if kept == Self.perTerm {
            for at in 1..<kept { block[at - 1] = block[at] }
            kept -= 1
        }
        pool.append(story, to: &bucket.handle, kept)
        bucket.count = UInt32(kept + 1)
        buckets[place] = bucket
    }
}
