/// Thirty-two bytes of a text, looked at together by the arithmetic of ``Word``.
enum Block {
    static let size = 32

    // Computed, for a stored one is made at first use and asked for at each (measured: a fifth of the time).
    private static var blanks: SIMD4<UInt64> { SIMD4(repeating: 0x2020_2020_2020_2020) }
    private static var highs: SIMD4<UInt64> { SIMD4(repeating: 0x8080_8080_8080_8080) }
    private static var ones: SIMD4<UInt64> { SIMD4(repeating: 0x0101_0101_0101_0101) }

    /// Whether the bytes from a place on stand in a line of text as they do in its markup: no control character, no `<` or
    /// `&`, no space before another one. False where not one byte more than these is left.
    @inline(__always)
    static func isPlain(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
        guard place &+ size < text.count else { return false }
        let raw = UnsafeRawBufferPointer(text)
        let bytes = raw.loadUnaligned(fromByteOffset: place, as: SIMD4<UInt64>.self)
        let next = raw.loadUnaligned(fromByteOffset: place &+ 1, as: SIMD4<UInt64>.self)
        let controls = (bytes &- blanks) & ~bytes
        let spaces = zeros((bytes ^ blanks) | (next ^ blanks))
        let marks =
            zeros(bytes ^ SIMD4(repeating: 0x3C3C_3C3C_3C3C_3C3C))
            | zeros(bytes ^ SIMD4(repeating: 0x2626_2626_2626_2626))
        // A byte that is found wrongly stands after one that is found rightly.
        let found = (controls | spaces | marks) & highs
        return found[0] | found[1] | found[2] | found[3] == 0
    }

    @inline(__always)
    private static func zeros(_ bytes: SIMD4<UInt64>) -> SIMD4<UInt64> { (bytes &- ones) & ~bytes }

    /// Copies the bytes from a place on to another place; both lie within the buffers.
    @inline(__always)
    static func copy(
        _ text: UnsafeBufferPointer<UInt8>, _ place: Int, to out: UnsafeMutableBufferPointer<UInt8>, _ end: Int
    ) {
        let bytes = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: place, as: SIMD4<UInt64>.self)
        UnsafeMutableRawBufferPointer(out).storeBytes(of: bytes, toByteOffset: end, as: SIMD4<UInt64>.self)
    }
}
