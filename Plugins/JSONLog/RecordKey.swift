import WirewatchKit

/// A record's id in 16 bytes: the value of 32 lower-case hexadecimal digits, which is what wirewatch's ids are, or a
/// 128-bit hash (FNV-1a) of any other id as it stands in JSON.
struct RecordKey: Hashable, Sendable, Comparable {
    var high: UInt64
    var low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(id: String) {
        var json = JSONWriter(capacity: id.utf8.count + 2)
        json.string(id)
        self.init(json: json.bytes.span.extracting(1..<json.bytes.count - 1))
    }

    /// - Parameter json: what stands between the quotes.
    init(json: Span<UInt8>) {
        if json.count == 32, let high = Self.hexadecimal(json.extracting(0..<16)),
            let low = Self.hexadecimal(json.extracting(16..<32))
        {
            self.init(high: high, low: low)
            return
        }
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for at in json.indices { hash = (hash ^ UInt128(json[at])) &* 0x0000_0000_0100_0000_0000_0000_0000_013b }
        self.init(high: UInt64(truncatingIfNeeded: hash >> 64), low: UInt64(truncatingIfNeeded: hash))
    }

    static func < (a: RecordKey, b: RecordKey) -> Bool { a.high == b.high ? a.low < b.low : a.high < b.high }

    private static func hexadecimal(_ digits: Span<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for at in digits.indices {
            let byte = digits[at]
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
            case 0x61...0x66: value = value << 4 | UInt64(byte - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }
}
