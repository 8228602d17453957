extension [UInt8] {
    @inline(__always)
    mutating func append(little value: some FixedWidthInteger) {
        var rest = value
        for _ in 0..<(type(of: value).bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}

/// Reads integers of the state, lowest byte first.
struct LittleReader {
    private let bytes: [UInt8]
    private var at: Int

    init(_ bytes: [UInt8], at start: Int) {
        self.bytes = bytes
        at = start
    }

    var isAtEnd: Bool { at >= bytes.count }

    mutating func read<Value: FixedWidthInteger>() throws -> Value {
        let size = Value.bitWidth / 8
        guard bytes.count - at >= size else { throw StoryJournal.Problem.damaged }
        var bits: UInt64 = 0
        for offset in 0..<size { bits |= UInt64(bytes[at + offset]) << UInt64(8 * offset) }
        at += size
        return Value(truncatingIfNeeded: bits)
    }
}
