/// Numbers of features by the hashes of their words: open addressing, at most half full.
struct FeatureTable: Sendable {
    private var slots: [(key: UInt64, number: UInt32)]
    private let mask: UInt64

    /// Feature `n` is found under `keys[n]`; of equal keys the first counts.
    init(_ keys: [UInt64]) {
        var size = 16
        while size < keys.count * 2 { size *= 2 }
        mask = UInt64(size - 1)
        slots = Array(repeating: (0, .max), count: size)
        for (number, key) in keys.enumerated() {
            var at = Int(Self.mixed(key) & mask)
            while slots[at].number != .max, slots[at].key != key { at = (at + 1) & (size - 1) }
            if slots[at].number == .max { slots[at] = (key, UInt32(number)) }
        }
    }

    /// The number of a feature; nil when there is none of this key.
    @inline(__always)
    subscript(key: UInt64) -> Int? {
        var at = Int(Self.mixed(key) & mask)
        while true {
            let slot = slots[at]
            if slot.number == .max { return nil }
            if slot.key == key { return Int(slot.number) }
            at = (at &+ 1) & (slots.count &- 1)
        }
    }

    @inline(__always)
    private static func mixed(_ key: UInt64) -> UInt64 { (key ^ (key >> 32)) &* 0xD6E8_FEB8_6659_FD93 >> 16 }
}
