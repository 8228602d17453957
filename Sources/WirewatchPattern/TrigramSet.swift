/// Which runs of three bytes occur in a text, roughly: tells that a literal cannot be there without looking for it.
///
/// After Cox, Regular Expression Matching with a Trigram Index (2012), with one bit for many trigrams: it may say yes
/// where the answer is no, never the reverse.
struct TrigramSet {
    private var bits = [UInt64](repeating: 0, count: 1024)
    /// The text holds a letter beyond ASCII whose other case is in it (ſ and the sign of Kelvin): nothing can be ruled out.
    private var isOpen = false

    init(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count >= 3 else { return }
        var window = UInt32(text[0] | 0x20) << 8 | UInt32(text[1] | 0x20) << 16
        bits.withUnsafeMutableBufferPointer { bits in
            for at in 2..<text.count {
                let byte = text[at]
                window = window >> 8 | UInt32(byte | 0x20) << 16
                let hash = Self.hash(window)
                bits[Int(hash >> 6)] |= 1 &<< UInt64(hash & 63)
                if byte == 0xBF || byte == 0xAA, Self.isOddCase(text, at) { isOpen = true }
            }
        }
    }

    /// Whether a literal in lower case, of three bytes or more, may occur in either case.
    func mayHold(_ literal: [UInt8]) -> Bool {
        if isOpen { return true }
        for at in 2..<literal.count {
            let window =
                UInt32(literal[at - 2] | 0x20) | UInt32(literal[at - 1] | 0x20) << 8 | UInt32(literal[at] | 0x20) << 16
            let hash = Self.hash(window)
            if bits[Int(hash >> 6)] >> UInt64(hash & 63) & 1 == 0 { return false }
        }
        return true
    }

    /// 16 bits.
    @inline(__always)
    private static func hash(_ window: UInt32) -> UInt32 { (window &* 0x9E37_79B1) >> 16 }

    /// U+017F (C5 BF) or U+212A (E2 84 AA) ends here.
    private static func isOddCase(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        text[at] == 0xBF
            ? text[at - 1] == 0xC5 : at >= 2 && text[at - 1] == 0x84 && text[at - 2] == 0xE2
    }
}
