/// 128 bits, as identifiers have them: 16 bytes in place of 32 hexadecimal digits.
public struct Bits128: Hashable, Comparable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// - Parameter digits: 32 hexadecimal digits in lower case; nil is returned for anything else.
    public init?(hexadecimal digits: Span<UInt8>) {
        guard digits.count == 32, let high = Self.number(digits.extracting(0..<16)),
            let low = Self.number(digits.extracting(16..<32))
        else { return nil }
        self.init(high: high, low: low)
    }

    /// In the order of their bytes, the highest first.
    public static func < (a: Bits128, b: Bits128) -> Bool { a.high == b.high ? a.low < b.low : a.high < b.high }

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
