/// A word of a text: a run of letters and digits, or one ideograph.
public struct Word: Sendable, Hashable {
    /// Byte offsets into the text, end exclusive; a possessive `'s` lies outside.
    public var start: UInt32
    public var end: UInt32
    /// Hash of the word's folded bytes: equal for `Robot`, `ROBOT` and `robot`. The same in every run of one version,
    /// not from one version to the next.
    public var hash: UInt64

    public var range: Range<Int> { Int(start)..<Int(end) }
}

/// The hash of a word's folded bytes, taken sixteen at a time.
///
/// One wide multiplication for each sixteen bytes, folded, after wyhash (Wang Yi). No word holds a zero byte, so that
/// zeros can fill the last chunk.
struct WordHash {
    private(set) var value: UInt64 = 0
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var count = 0

    /// Goes on with sixteen bytes, the first of them in the lowest byte of `low`.
    @inline(__always)
    static func step(_ state: UInt64, _ low: UInt64, _ high: UInt64) -> UInt64 {
        let product = (low ^ state ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: high ^ 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low
    }

    /// Appends one folded byte.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == 16 {
            value = Self.step(value, low, high)
            (low, high, count) = (0, 0, 0)
        }
        if count < 8 {
            low |= UInt64(byte) << UInt64(8 * count)
        } else {
            high |= UInt64(byte) << UInt64(8 * (count - 8))
        }
        count += 1
    }

    /// The hash of the bytes so far.
    var finished: UInt64 { Self.step(value, low, high) }
}

/// The first bytes of a short ASCII word, folded, in two integers, zeros behind them.
struct WordKey: Equatable {
    var low: UInt64
    var high: UInt64

    /// The longest word that a key holds.
    static let maximumLength = 16

    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The key of the `length` bytes at `start`, 1 to 16 letters and digits; `masks` are those of ``withMasks(_:)``.
    ///
    /// Sixteen bytes are read: `start + 16 <= bytes.count` is the caller's to make sure of. The unaligned loads are
    /// thereby inside the buffer.
    @inline(__always)
    init(_ bytes: UnsafeRawPointer, _ start: Int, _ length: Int, _ masks: UnsafeRawPointer) {
        let spaces: UInt64 = 0x2020_2020_2020_2020
        // Sixteen bytes from 16 - `length`, which is 0 to 15: inside the thirty-two.
        let mask = masks + (Self.maximumLength &- length)
        low =
            (bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self) | spaces) & mask.loadUnaligned(as: UInt64.self)
        high =
            (bytes.loadUnaligned(fromByteOffset: start &+ 8, as: UInt64.self) | spaces)
            & mask.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    }

    /// How many of the sixteen bytes at `start` come before the first that is no ASCII.
    ///
    /// `start + 16 <= bytes.count` is the caller's to make sure of.
    static func asciiLength(_ bytes: UnsafeRawPointer, _ start: Int) -> Int {
        let tops: UInt64 = 0x8080_8080_8080_8080
        let low = bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self) & tops
        if low != 0 { return low.trailingZeroBitCount / 8 }
        let high = bytes.loadUnaligned(fromByteOffset: start &+ 8, as: UInt64.self) & tops
        return 8 &+ high.trailingZeroBitCount / 8
    }

    /// Calls `body` with sixteen bytes of ones and as many zeros: shifted, they keep the first bytes of a key, at less
    /// cost than shifts by a number that is not known.
    @inline(__always)
    static func withMasks<Result>(_ body: (UnsafeRawPointer) -> Result) -> Result {
        withUnsafeBytes(of: (UInt64.max, UInt64.max, 0 as UInt64, 0 as UInt64)) { masks in
            body(masks.baseAddress!)  // never empty: it has thirty-two bytes
        }
    }

    /// The key of a word that may have letters beyond ASCII whose folded form is ASCII; nil when it is not, or too long.
    init?(slowly word: Slice<UnsafeBufferPointer<UInt8>>) {
        var bytes = word.startIndex
        self.init(low: 0, high: 0)
        var count = 0
        var fits = true
        while bytes < word.endIndex {
            let (scalar, length) = decodeScalar(word.base, bytes)
            bytes += length
            if scalar >= 0x80, LetterClass(scalar) == .ignorable { continue }
            forEachByte(of: scalar < 0x80 ? scalar | 0x20 : folded(scalar)) { byte in
                if byte >= 0x80 || count == Self.maximumLength {
                    fits = false
                } else {
                    set(byte, at: count)
                }
                count += fits ? 1 : 0
            }
        }
        guard fits else { return nil }
    }

    /// Puts a byte where there is a zero, at 0 to 15.
    @inline(__always)
    mutating func set(_ byte: UInt8, at place: Int) {
        if place < 8 {
            low |= UInt64(byte) << UInt64(8 * place)
        } else {
            high |= UInt64(byte) << UInt64(8 * (place - 8))
        }
    }

    /// The key of the first `length` bytes, 1 to 16.
    @inline(__always)
    func prefix(_ length: Int) -> WordKey {
        var result = self
        // Two shifts of half the width each: one by 64 would be one by 0.
        let left = UInt64(truncatingIfNeeded: 4 &* min(length, 8))
        let right = UInt64(truncatingIfNeeded: 4 &* (max(length, 8) &- 8))
        result.low &= ~((UInt64.max &<< left) &<< left)
        result.high &= ~((UInt64.max &<< right) &<< right)
        return result
    }

    /// Whether some byte is no ASCII.
    @inline(__always)
    var hasHighBytes: Bool { (low | high) & 0x8080_8080_8080_8080 != 0 }

    @inline(__always)
    var hash: UInt64 { WordHash.step(0, low, high) }
}
