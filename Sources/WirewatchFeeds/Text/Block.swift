/// Thirty-two bytes of a text, looked at together by the arithmetic of ``Word``.
enum Block {
    static let size = 32

    // Computed, for a stored one is made at first use and asked for at each (measured: a fifth of the time).
    private static var blanks: SIMD4<UInt64> { SIMD4(repeating: 0x2020_2020_2020_2020) }
    private static var highs: SIMD4<UInt64> { SIMD4(repeating: 0x8080_8080_8080_8080) }
    private static var ones: SIMD4<UInt64> { SIMD4(repeating: 0x0101_0101_0101_0101) }

    /// How many of the bytes from a place on stand in a line of text as they do in its markup: up to the first control
    /// character, `<`, `&`, or space before another one. 0 where not one byte more than a block is left.
    @inline(__always)
    static func plainCount(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
        guard place &+ size < text.count else { return 0 }
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
        if found[0] | found[1] | found[2] | found[3] == 0 { return size }
        var count = 0
        for word in 0..<4 {
            let first = UInt64(littleEndian: found[word]).trailingZeroBitCount
            count &+= first / 8
            if first < 64 { break }
        }
        return count
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
