/// Two bits for each hash that was put in: tells nearly all others apart from them in one look.
///
/// A Bloom filter whose bits of one hash share a word (Putze, Sanders, Singler: Cache-, hash- and space-efficient Bloom
/// filters, 2007).
struct TermFilter: Sendable {
    private(set) var bits: [UInt64]
    /// How far a hash is shifted for the number of its 64 bits.
    let shift: UInt64

    /// At most an eighth of the bits is set by `capacity` hashes.
    init(capacity: Int) {
        let count = TermIndex.powerOfTwo(atLeast: max(4096, capacity * 16)) / 64
        bits = [UInt64](repeating: 0, count: count)
        shift = UInt64(64 - count.trailingZeroBitCount)
    }

    mutating func insert(_ hash: UInt64) { bits[Int(hash >> shift)] |= Self.mask(hash) }

    /// The bits of a hash in its word.
    @inline(__always)
    static func mask(_ hash: UInt64) -> UInt64 { 1 &<< hash | 1 &<< (hash &>> 6) }
}
