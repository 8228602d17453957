/// Where runs of letters, digits and bytes beyond ASCII begin and end, found sixty-four bytes at a time.
struct WordEdges {
    /// Bytes that one call of ``find(_:_:into:)`` takes at most.
    static let chunk = 4096
    /// Edges that one call can write at most: every byte, and the end.
    static let capacity = chunk + 1

    /// Whether the last byte was inside a run.
    private(set) var isInside = false

    /// Writes the offsets of the edges in `range`, a run's beginning and its end in turn, and returns how many.
    ///
    /// The range must be inside the text and at most ``chunk`` bytes long, `edges` hold ``capacity``, and the ranges of
    /// the calls follow on one another. A run that reaches the end of the range goes on in the next.
    mutating func find(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into edges: UnsafeMutableBufferPointer<UInt32>
    ) -> Int {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= bytes.count && range.count <= Self.chunk
                && edges.count >= Self.capacity)
        guard let base = UnsafeRawPointer(bytes.baseAddress), let out = edges.baseAddress else { return 0 }
        var carry: UInt64 = isInside ? 1 : 0
        var count = 0
        var at = range.lowerBound
        while at < range.upperBound {
            let left = range.upperBound &- at
            // Inside the buffer: a whole block is left, or no more than what is left is read.
            let mask = left >= 64 ? Self.mask(base + at) : Self.tailMask(base + at, left)
            var rest = mask ^ (mask << 1 | carry)
            if left < 64 { rest &= ~(UInt64.max << UInt64(left)) }
            carry = mask >> 63
            if left < 64 { carry = mask >> UInt64(left &- 1) & 1 }
            // At most one edge for each byte: `count` stays below the capacity.
            while rest != 0 {
                out[count] = UInt32(truncatingIfNeeded: at &+ rest.trailingZeroBitCount)
                rest &= rest &- 1
                count &+= 1
            }
            at &+= 64
        }
        isInside = carry != 0
        return count
    }

    /// One bit for each of sixty-four bytes: whether it is a letter, a digit or beyond ASCII.
    ///
    /// Eight bytes in each lane. With its top bit cleared, a byte plus 128 - n has the top bit again if it is n or more.
    @inline(__always)
    private static func mask(_ block: UnsafeRawPointer) -> UInt64 {
        let bytes = block.loadUnaligned(as: SIMD8<UInt64>.self)
        let low = bytes & 0x7F7F_7F7F_7F7F_7F7F
        let lower = low | 0x2020_2020_2020_2020
        let letters = (lower &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(lower &+ 0x0505_0505_0505_0505)
        let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646)
        let tops = ((letters | digits | bytes) & 0x8080_8080_8080_8080) &>> 7
        var result: UInt64 = 0
        for lane in 0..<8 {
            // The multiplication gathers the eight bits of a lane in its top byte.
            let bits = (tops[lane] &* 0x0102_0408_1020_4080) &>> 56
            result |= bits &<< UInt64(truncatingIfNeeded: 8 &* lane)
        }
        return result
    }

    private static func tailMask(_ block: UnsafeRawPointer, _ count: Int) -> UInt64 {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 16) { padded in
            padded.initializeMemory(as: UInt8.self, repeating: 0x20)
            padded.copyMemory(from: UnsafeRawBufferPointer(start: block, count: count))
            return mask(UnsafeRawPointer(padded.baseAddress!))  // never empty: 64 bytes were asked for
        }
    }
}
