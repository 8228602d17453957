internal import WirewatchText

/// Capitals and what stands between words, on UTF-8 bytes.
enum Letters {
    /// Whether the character here is a capital letter of the Latin script.
    @inline(__always)
    static func isCapital(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        guard at < bytes.count else { return false }
        let byte = bytes[at]
        if byte < 0x80 { return byte >= 0x41 && byte <= 0x5A }
        guard at + 1 < bytes.count else { return false }
        switch byte {
        // À to Þ.
        case 0xC3: return bytes[at + 1] < 0x9F
        // Latin Extended-A: capitals are even up to Ķ, odd to ň, then even again.
        case 0xC4, 0xC5:
            let scalar = UInt32(byte & 0x1F) << 6 | UInt32(bytes[at + 1] & 0x3F)
            return (0x139...0x148).contains(scalar) || scalar >= 0x179 ? scalar & 1 == 1 : scalar & 1 == 0
        default: return false
        }
    }

    /// Whether all letters of a range are ASCII capitals.
    static func isAllCapitals(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        for at in range where bytes[at] < 0x41 || bytes[at] > 0x5A { return false }
        return true
    }

    static func startsWithCapital(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isCapital($0, 0) }
    }

    /// Whether the last word begins with a capital.
    static func endsWithCapitalWord(_ text: String) -> Bool {
        guard let last = Words(text).all.last else { return false }
        var text = text
        return text.withUTF8 { isCapital($0, Int(last.start)) }
    }
}
