/// A half-open range of 32-bit places, 8 bytes in all.
struct ByteRange: Sendable, Hashable {
    var from: UInt32
    var to: UInt32

    static let empty = ByteRange(from: 0, to: 0)

    init(from: UInt32, to: UInt32) {
        self.from = from
        self.to = to
    }

    /// The places are within 32 bits: the tokenizers read no further.
    @inline(__always)
    init(_ from: Int, _ to: Int) {
        self.from = UInt32(truncatingIfNeeded: from)
        self.to = UInt32(truncatingIfNeeded: to)
    }

    var isEmpty: Bool { from >= to }
    var count: Int { Int(to) - Int(from) }
    var range: Range<Int> { Int(from)..<Int(max(from, to)) }
}
