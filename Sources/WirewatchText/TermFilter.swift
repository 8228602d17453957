/// A bit for each hash that was put in: tells nearly all others apart from them in one look.
///
/// A Bloom filter of one bit (Bloom: Space/time trade-offs in hash coding with allowable errors, 1970). More bits for each hash
/// in less memory take more time than the few looks that they spare.
struct TermFilter: Sendable {
    private(set) var bits: [UInt64]

    /// Few bits in a hundred are set by `capacity` hashes: the fewer hashes, the fewer.
    init(capacity: Int) {
        let sparse = TermIndex.powerOfTwo(atLeast: capacity * 64)
        let dense = TermIndex.powerOfTwo(atLeast: max(4096, capacity * 16))
        bits = [UInt64](repeating: 0, count: max(dense, min(sparse, 1 << 20)) / 64)
    }

    /// What the number of a hash's word is taken by.
    var mask: UInt64 { UInt64(bits.count - 1) }

    mutating func insert(_ hash: UInt64) { bits[Int(TermIndex.place(hash, mask))] |= 1 &<< hash }
}
