/// Where runs of letters, digits and bytes beyond ASCII begin and end, found in two passes over a piece that stays in the
/// nearest cache: one that marks such bytes, and one that turns each sixty-four marks into the offsets of their edges.
///
/// Apart, for the first is a loop that the compiler turns into vectors, and the second is none.
struct WordEdges {
    /// Bytes that one call of ``find(_:_:_:into:)`` takes at most.
    static let chunk = 4096

    /// Room that one call needs for this many bytes: an edge for every byte, and what is written in vain.
    static func capacity(_ bytes: Int) -> Int { bytes + spare }

    /// Room for marks that one call needs for this many bytes.
    static func markCapacity(_ bytes: Int) -> Int { (bytes + 7) / 8 }

    /// Edges that are written for each block, whether there are so many or not: nearly all have no more, and a branch for
    /// each edge would seldom be foreseen.
    private static let usual = 24
    /// Edges that are written together beyond those.
    private static let more = 8
    private static let spare = usual + more

    /// Whether the last byte was inside a run.
    private(set) var isInside = false

    /// Writes the offsets of the edges in `range`, a run's beginning and its end in turn, and returns how many.
    ///
    /// The range must be inside the text and at most ``chunk`` bytes long, `edges` hold ``capacity(_:)`` of it, `marks`,
    /// which is room to work in, ``markCapacity(_:)``, and the ranges of the calls follow on one another. A run that reaches
    /// the end of the range goes on in the next.
    mutating func find(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ marks: UnsafeMutableBufferPointer<UInt64>,
        into edges: UnsafeMutableBufferPointer<UInt32>
    ) -> Int {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= bytes.count && range.count <= Self.chunk
                && edges.count >= Self.capacity(range.count) && marks.count >= Self.markCapacity(range.count))
        guard let base = UnsafeRawPointer(bytes.baseAddress), let marks = marks.baseAddress, let out = edges.baseAddress
        else { return 0 }
        // A mark for each eight bytes, which are inside the buffer, and one for what is left.
        let whole = range.count / 8
        Self.mark(base + range.lowerBound, marks, whole)
        if range.count % 8 > 0 {
            var last: UInt64 = 0
            for (place, byte) in bytes[(range.lowerBound + whole * 8)..<range.upperBound].enumerated() {
                last |= UInt64(byte) << UInt64(8 * place)
            }
            marks[whole] = Self.marked(last)
        }
        return gather(marks, range, into: out)
    }

    /// The edges of marked bytes.
    private mutating func gather(
        _ marks: UnsafePointer<UInt64>, _ range: Range<Int>, into out: UnsafeMutablePointer<UInt32>
    ) -> Int {
        var carry: UInt64 = isInside ? 1 : 0
        var count = 0
        var at = 0
        while at < range.count {
            let left = range.count &- at
            var mask: UInt64 = 0
            if left >= 64 {
                for lane in 0..<8 { mask |= Self.bits(marks[at / 8 &+ lane]) &<< UInt64(8 &* lane) }
            } else {
                for lane in 0..<(left &+ 7) / 8 { mask |= Self.bits(marks[at / 8 &+ lane]) &<< UInt64(8 &* lane) }
            }
            var rest = mask ^ (mask << 1 | carry)
            carry = mask >> 63
            if left < 64 {
                rest &= ~(UInt64.max << UInt64(left))
                carry = mask >> UInt64(left &- 1) & 1
            }
            // At most one edge for each byte: `count` stays within the bytes so far, and what is written beyond it, less
            // than `spare`, within the capacity.
            let found = rest.nonzeroBitCount
            let offset = range.lowerBound &+ at
            var next = out + count
            let end = next + found
            for place in 0..<Self.usual {
                next[place] = UInt32(truncatingIfNeeded: offset &+ rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
            next += Self.usual
            while next < end {
                for place in 0..<Self.more {
                    next[place] = UInt32(truncatingIfNeeded: offset &+ rest.trailingZeroBitCount)
                    rest &= rest &- 1
                }
                next += Self.more
            }
            count &+= found
            at &+= 64
        }
        isInside = carry != 0
        return count
    }

    /// Marks the bytes of `count` times eight bytes.
    private static func mark(_ bytes: UnsafeRawPointer, _ marks: UnsafeMutablePointer<UInt64>, _ count: Int) {
        for place in 0..<count {
            marks[place] = marked(bytes.loadUnaligned(fromByteOffset: 8 &* place, as: UInt64.self))
        }
    }

    /// The lowest bit of each of eight bytes that is a letter, a digit or beyond ASCII.
    ///
    /// With its top bit cleared, a byte plus 128 - n has the top bit again if it is n or more.
    @inline(__always)
    private static func marked(_ bytes: UInt64) -> UInt64 {
        let low = bytes & 0x7F7F_7F7F_7F7F_7F7F
        let lower = low | 0x2020_2020_2020_2020
        let letters = (lower &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(lower &+ 0x0505_0505_0505_0505)
        let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646)
        return ((letters | digits | bytes) & 0x8080_8080_8080_8080) &>> 7
    }

    /// The lowest bits of eight bytes side by side: the multiplication gathers them in the top byte.
    @inline(__always)
    private static func bits(_ marks: UInt64) -> UInt64 { (marks &* 0x0102_0408_1020_4080) &>> 56 }
}
