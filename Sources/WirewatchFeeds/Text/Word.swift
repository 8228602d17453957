/// Eight bytes of a text, looked at together (Warren, Hacker's Delight, 2nd edition, 6-1).
struct Word {
    private let bytes: UInt64
    /// The high bit of each byte that is a space.
    private let spaces: UInt64

    private static let highs: UInt64 = 0x8080_8080_8080_8080
    private static let blanks: UInt64 = 0x2020_2020_2020_2020

    /// Nil where fewer than eight bytes are left.
    @inline(__always)
    init?(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) {
        guard place &+ 8 <= text.count else { return nil }
        self.init(UnsafeRawBufferPointer(text), place)
    }

    @inline(__always)
    init?(_ text: UnsafeMutableBufferPointer<UInt8>, _ place: Int) {
        guard place &+ 8 <= text.count else { return nil }
        self.init(UnsafeRawBufferPointer(text), place)
    }

    @inline(__always)
    private init(_ text: UnsafeRawBufferPointer, _ place: Int) {
        bytes = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        let other = bytes ^ Self.blanks
        spaces = ~(((other & ~Self.highs) &+ ~Self.highs) | other | ~Self.highs)
    }

    /// Whether a control character or two spaces in a row stand in it.
    @inline(__always) var needsWork: Bool {
        ((bytes &- Self.blanks) & ~bytes & Self.highs) | (spaces & (spaces << 8)) != 0
    }

    /// How many bytes stand before the first `<` or `&`; 8 where there is none.
    @inline(__always) var countBeforeMarkup: Int {
        let marks = Self.zeros(bytes ^ 0x3C3C_3C3C_3C3C_3C3C) | Self.zeros(bytes ^ 0x2626_2626_2626_2626)
        return marks.trailingZeroBitCount / 8
    }

    /// The high bit of the first byte that is zero; those after it may be set wrongly.
    @inline(__always)
    private static func zeros(_ bytes: UInt64) -> UInt64 { (bytes &- 0x0101_0101_0101_0101) & ~bytes & highs }

    @inline(__always)
    func isSpace(_ place: Int) -> Bool { (spaces >> UInt64(place &* 8 &+ 7)) & 1 != 0 }

    @inline(__always) var beginsWithSpace: Bool { spaces & 0x80 != 0 }

    @inline(__always) var endsWithSpace: Bool { spaces >> 63 != 0 }

    @inline(__always)
    func store(in text: UnsafeMutableBufferPointer<UInt8>, _ place: Int) {
        UnsafeMutableRawBufferPointer(text).storeBytes(of: bytes.littleEndian, toByteOffset: place, as: UInt64.self)
    }
}
