import WirewatchDigest
import WirewatchKit

/// A record's id in 16 bytes: the value of 32 lower-case hexadecimal digits, which is what wirewatch's ids are, or a
/// 128-bit hash (FNV-1a) of any other id as it stands in JSON.
struct RecordKey: Hashable, Sendable, Comparable {
    let bits: Bits128

    init(_ bits: Bits128) { self.bits = bits }

    init(id: String) {
        var json = JSONWriter(capacity: id.utf8.count + 2)
        json.string(id)
        self.init(json: json.bytes.span.extracting(1..<json.bytes.count - 1))
    }

    /// - Parameter json: what stands between the quotes.
    init(json: Span<UInt8>) {
        if let bits = Bits128(hexadecimal: json) {
            self.init(bits)
            return
        }
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for at in json.indices { hash = (hash ^ UInt128(json[at])) &* 0x0000_0000_0100_0000_0000_0000_0000_013b }
        self.init(Bits128(high: UInt64(truncatingIfNeeded: hash >> 64), low: UInt64(truncatingIfNeeded: hash)))
    }

    static func < (a: RecordKey, b: RecordKey) -> Bool { a.bits < b.bits }
}
