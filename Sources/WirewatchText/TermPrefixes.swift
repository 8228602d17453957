/// Which words may begin with the prefix of some term, told by their first letters.
struct TermPrefixes: Sendable {
    /// Bit n - 1: some term's first word is a prefix of n folded bytes.
    private(set) var lengths: UInt64 = 0
    private(set) var longest = 0
    /// For the first two bytes of a word, by ``start(_:_:)``, the lengths of the prefixes that may begin so: bit n for n
    /// bytes, the last one for all that are longer. Empty when there are no prefixes.
    private(set) var starts: [UInt32] = []
    /// A bit for each ``place(_:)`` of the letters that some prefix begins with. Empty when there are no prefixes.
    private(set) var bits: [UInt64] = []
    /// The first bytes that are looked at: four, or as many as the shortest prefix has.
    private(set) var letters: UInt32 = 0

    /// Places in ``bits``.
    private static let places = 1 << 14

    /// - Parameter prefixes: folded.
    init(_ prefixes: [ArraySlice<UInt8>]) {
        guard let shortest = prefixes.map(\.count).min() else { return }
        starts = [UInt32](repeating: 0, count: 1024)
        bits = [UInt64](repeating: 0, count: Self.places / 64)
        letters = shortest >= 4 ? .max : 1 << UInt32(8 * shortest) - 1
        for prefix in prefixes {
            lengths |= 1 << UInt64(min(prefix.count, 64) - 1)
            longest = max(longest, prefix.count)
            let (one, two) = (prefix[prefix.startIndex], prefix[prefix.startIndex + 1])
            starts[Self.start(one, two)] |= 1 << UInt32(min(prefix.count, 31))
            var first: UInt32 = 0
            for (place, byte) in prefix.prefix(4).enumerated() { first |= UInt32(byte) << UInt32(8 * place) }
            let place = Self.place(first & letters)
            bits[place / 64] |= 1 << UInt64(place % 64)
        }
    }

    /// Where two letters are in ``starts``, whatever their case; some digits are where letters are.
    @inline(__always)
    static func start(_ one: UInt8, _ two: UInt8) -> Int { Int(one & 31) << 5 | Int(two & 31) }

    /// Where folded letters are in ``bits``.
    @inline(__always)
    static func place(_ letters: UInt32) -> Int { Int((letters &* 0x9E37_79B1) &>> 18) }
}
