/// The hash of a term's bytes, the same in every version: it is kept in the state.
///
/// FNV-1a in 64 bits, mixed once and cut to 32; never zero, which marks free slots of tables.
struct TermHash {
    private var value: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    mutating func append(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    @inline(__always)
    var finished: UInt32 {
        let mixed = (value ^ (value >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return UInt32(truncatingIfNeeded: mixed >> 32) | 1
    }

    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var hash = TermHash()
        for byte in bytes { hash.append(byte) }
        return hash.finished
    }
}
