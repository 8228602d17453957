/// What a Unicode scalar does to the words around it.
enum LetterClass {
    /// Ends a word and belongs to none: space, punctuation, symbol, emoji.
    case separator
    /// Letter, digit or combining mark: goes on a word.
    case letter
    /// Ideograph, kana or Hangul syllable: a word of its own, for these scripts put no spaces between words (or, in
    /// Korean, glue particles to them).
    case single
    /// Soft hyphen and joiners: inside a word, but no part of its spelling.
    case ignorable

    /// The class of a scalar beyond ASCII. By ranges of blocks (Unicode 16), not by properties: the standard
    /// library's property look-up takes longer than all the rest of the scan.
    init(_ scalar: UInt32) {
        switch scalar {
        case 0xAD, 0x200C, 0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: self = .ignorable
        case ..<0xC0: self = scalar == 0xAA || scalar == 0xB5 || scalar == 0xBA ? .letter : .separator
        case 0xD7, 0xF7: self = .separator
        // Modifier apostrophe: told apart from a letter, it works as a possessive.
        case 0x2BC: self = .separator
        case ..<0x370: self = .letter
        case 0x37E, 0x387, 0x55A...0x55F, 0x589, 0x58A, 0x5BE, 0x5C0, 0x5C3, 0x5F3, 0x5F4: self = .separator
        case 0x60C, 0x61B, 0x61F, 0x66A...0x66D, 0x6D4, 0x964, 0x965, 0xE4F, 0xE5A, 0xE5B: self = .separator
        case 0x10FB, 0x1680, 0x17D4...0x17DB, 0x1800...0x180E: self = .separator
        case ..<0x2000: self = .letter
        case 0x2070...0x209F: self = .letter
        case 0x2126, 0x212A, 0x212B, 0x2150...0x218B: self = .letter
        case ..<0x2C00: self = .separator
        case ..<0x2E00: self = .letter
        case ..<0x2E80: self = .separator
        case ..<0x3000: self = .single
        case 0x3005, 0x3006, 0x3007, 0x3021...0x3029: self = .single
        case ..<0x3040: self = .separator
        case 0x309B, 0x309C, 0x30A0, 0x30FB: self = .separator
        case ..<0x3200: self = .single
        case ..<0x3400: self = .separator
        case ..<0x4DC0: self = .single
        case ..<0x4E00: self = .separator
        case ..<0xA000: self = .single
        case ..<0xAC00: self = .letter
        case ..<0xD800: self = .single
        case ..<0xF900: self = .separator
        case ..<0xFB00: self = .single
        case ..<0xFE10: self = .letter
        case ..<0xFE70: self = .separator
        case ..<0xFF00: self = .letter
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: self = .letter
        case 0xFF66...0xFFDC: self = .single
        case ..<0x10000: self = .separator
        case 0x1F000...0x1FAFF: self = .separator
        case ..<0x20000: self = .letter
        case ..<0x40000: self = .single
        default: self = .separator
        }
    }
}

/// The scalar that stands for this one whatever its case, for scalars beyond ASCII.
///
/// Simple case folding (Unicode CaseFolding.txt, status C and S) of Latin, Greek, Cyrillic and Armenian; full-width
/// letters and subscript digits become ASCII, so that `ＡＩ` and `CO₂` are found as `AI` and `CO2`.
func folded(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0xC0...0xDE: return scalar == 0xD7 ? scalar : scalar + 0x20
    case 0xB5: return 0x3BC
    case 0x130: return 0x69
    case 0x178: return 0xFF
    case 0x17F: return 0x73
    case 0x100...0x12F, 0x132...0x137, 0x14A...0x177, 0x1DE...0x1EF, 0x1F8...0x21F, 0x222...0x233:
        return scalar | 1
    case 0x139...0x148, 0x179...0x17E, 0x1CD...0x1DC: return scalar + (scalar & 1)
    case 0x386: return 0x3AC
    case 0x388...0x38A: return scalar + 37
    case 0x38C: return 0x3CC
    case 0x38E, 0x38F: return scalar + 63
    case 0x391...0x3AB: return scalar + 0x20
    case 0x3C2: return 0x3C3
    case 0x400...0x40F: return scalar + 0x50
    case 0x410...0x42F: return scalar + 0x20
    case 0x460...0x481, 0x48A...0x4BF, 0x4D0...0x52F: return scalar | 1
    case 0x4C0: return 0x4CF
    case 0x4C1...0x4CE: return scalar + (scalar & 1)
    case 0x531...0x556: return scalar + 0x30
    case 0x1E00...0x1E95, 0x1EA0...0x1EFF: return scalar | 1
    case 0x2080...0x2089: return scalar - 0x2080 + 0x30
    case 0xFF10...0xFF19: return scalar - 0xFF10 + 0x30
    case 0xFF21...0xFF3A: return scalar - 0xFF21 + 0x61
    case 0xFF41...0xFF5A: return scalar - 0xFF41 + 0x61
    default: return scalar
    }
}

/// For each byte: an ASCII letter or digit in lower case, 0 for other ASCII, 0xFF for a byte of a longer sequence.
let foldedBytes: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x30...0x39, 0x61...0x7A: UInt8(byte)
    case 0x41...0x5A: UInt8(byte) + 0x20
    case 0x80...: 0xFF
    default: 0
    }
}

/// The scalar at an offset and how many bytes it takes; bytes that are no UTF-8 give U+FFFD, one byte each.
@inline(__always)
func decodeScalar(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (scalar: UInt32, length: Int) {
    let lead = UInt32(bytes[at])
    let left = bytes.count - at
    @inline(__always) func tail(_ offset: Int) -> UInt32? {
        let byte = bytes[at + offset]
        return byte & 0xC0 == 0x80 ? UInt32(byte & 0x3F) : nil
    }
    switch lead {
    case ..<0x80: return (lead, 1)
    case 0xC2..<0xE0:
        if left >= 2, let b = tail(1) { return ((lead & 0x1F) << 6 | b, 2) }
    case 0xE0..<0xF0:
        if left >= 3, let b = tail(1), let c = tail(2) { return ((lead & 0xF) << 12 | b << 6 | c, 3) }
    case 0xF0..<0xF5:
        if left >= 4, let b = tail(1), let c = tail(2), let d = tail(3) {
            return ((lead & 7) << 18 | b << 12 | c << 6 | d, 4)
        }
    default: break
    }
    return (0xFFFD, 1)
}

/// Calls `body` with each byte of a scalar's UTF-8.
@inline(__always)
func forEachByte(of scalar: UInt32, _ body: (UInt8) -> Void) {
    switch scalar {
    case ..<0x80: body(UInt8(scalar))
    case ..<0x800:
        body(UInt8(0xC0 | scalar >> 6))
        body(UInt8(0x80 | scalar & 0x3F))
    case ..<0x10000:
        body(UInt8(0xE0 | scalar >> 12))
        body(UInt8(0x80 | scalar >> 6 & 0x3F))
        body(UInt8(0x80 | scalar & 0x3F))
    default:
        body(UInt8(0xF0 | scalar >> 18 & 7))
        body(UInt8(0x80 | scalar >> 12 & 0x3F))
        body(UInt8(0x80 | scalar >> 6 & 0x3F))
        body(UInt8(0x80 | scalar & 0x3F))
    }
}
