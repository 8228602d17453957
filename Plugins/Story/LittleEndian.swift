extension [UInt8] {
    @inline(__always)
    mutating func append(little value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends many integers at once.
    mutating func append(little values: [UInt16]) {
        // Machines that keep the lowest byte first have them so already.
        if 1.littleEndian == 1 {
            values.withUnsafeBytes { append(contentsOf: $0) }
        } else {
            for value in values { append(little: value) }
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
