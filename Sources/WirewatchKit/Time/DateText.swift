/// A date's text in the making, in one piece: every record has some.
struct DateText {
    /// More than the longest: a year of 19 digits with its sign, and `-01-01T00:00:00.000+00:00`.
    private static let capacity = 64

    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var count = 0

    /// What `body` writes; the buffer is valid during the call.
    static func make(_ body: (inout DateText) -> Void) -> String {
        String(unsafeUninitializedCapacity: capacity) { buffer in
            var text = DateText(buffer: buffer)
            body(&text)
            return text.count
        }
    }

    /// Lends what `write` writes to `body`.
    static func lend<Result>(
        _ write: (inout DateText) -> Void, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
            var text = DateText(buffer: buffer)
            write(&text)
            return body(UnsafeBufferPointer(rebasing: buffer[..<text.count]))
        }
    }

    private init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    mutating func byte(_ byte: UInt8) {
        guard count < buffer.count else { return }
        buffer[count] = byte
        count += 1
    }

    /// A number with at least so many digits.
    mutating func number(_ value: Int, _ width: Int) {
        // Two digits, or the four of a year: division by a constant is a multiplication.
        if width == 2, 0..<100 ~= value { return pair(value) }
        if width == 4, 0..<10_000 ~= value {
            pair(value / 100)
            return pair(value % 100)
        }
        if value < 0 { byte(UInt8(ascii: "-")) }
        var power: UInt = 1
        for _ in 1..<max(1, width) { power *= 10 }
        while value.magnitude / power >= 10 { power *= 10 }
        while power > 0 {
            byte(UInt8(ascii: "0") + UInt8(value.magnitude / power % 10))
            power /= 10
        }
    }

    private mutating func pair(_ value: Int) {
        byte(UInt8(truncatingIfNeeded: 0x30 &+ value / 10))
        byte(UInt8(truncatingIfNeeded: 0x30 &+ value % 10))
    }

    /// `T12:00:00`.
    mutating func time(_ fields: CivilTime) {
        byte(UInt8(ascii: "T"))
        number(fields.hour, 2)
        byte(UInt8(ascii: ":"))
        number(fields.minute, 2)
        byte(UInt8(ascii: ":"))
        number(fields.second, 2)
    }

    /// `.125`.
    mutating func fraction(_ fields: CivilTime) {
        byte(UInt8(ascii: "."))
        number(fields.millisecond, 3)
    }
}
