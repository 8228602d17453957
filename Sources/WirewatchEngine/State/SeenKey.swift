import WirewatchDigest

/// An identity as the set of those seen holds it: its 32 hexadecimal digits as 16 bytes, half the size on disk and a quarter in
/// memory.
struct SeenKey: Hashable, Comparable {
    private let high: UInt64
    private let low: UInt64

    /// - Parameter id: an identifier of 128 bits, which all identities are; anything else is made one.
    init(_ id: String) {
        self = Self.packed(id) ?? Self.packed(SHA256.identifier(id)) ?? SeenKey(high: 0, low: 0)
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// In the order of their bytes, which is the table's.
    static func < (a: SeenKey, b: SeenKey) -> Bool { a.high == b.high ? a.low < b.low : a.high < b.high }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withUnsafeBytes(of: (high.bigEndian, low.bigEndian), body)
    }

    private static func packed(_ id: String) -> SeenKey? {
        let digits = id.utf8.span
        guard digits.count == 32, let high = number(digits.extracting(0..<16)),
            let low = number(digits.extracting(16..<32))
        else { return nil }
        return SeenKey(high: high, low: low)
    }

    private static func number(_ digits: Span<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for place in digits.indices {
            switch digits[place] {
            case 0x30...0x39: number = number << 4 | UInt64(digits[place] &- 0x30)
            case 0x61...0x66: number = number << 4 | UInt64(digits[place] &- 0x57)
            default: return nil
            }
        }
        return number
    }
}
