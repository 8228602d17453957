import WirewatchDigest

/// An identity as the set of those seen holds it: its 32 hexadecimal digits as 16 bytes, half the size on disk and a quarter in
/// memory.
struct SeenKey: Hashable, Comparable {
    private let bits: Bits128

    /// - Parameter id: an identifier of 128 bits, which all identities are; anything else is made one.
    init(_ id: String) {
        bits =
            Bits128(hexadecimal: id.utf8.span) ?? Bits128(hexadecimal: SHA256.identifier(id).utf8.span)
            ?? Bits128(high: 0, low: 0)
    }

    /// In the order of their bytes, which is the table's.
    static func < (a: SeenKey, b: SeenKey) -> Bool { a.bits < b.bits }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withUnsafeBytes(of: (bits.high.bigEndian, bits.low.bigEndian), body)
    }
}
