/// The upper part of windows-1252, which the WHATWG Encoding standard reads for ISO 8859-1 and ASCII too.
enum Windows1252 {
    /// What the bytes 0x80 to 0x9F stand for; 0xA0 to 0xFF stand for themselves.
    static let high: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]

    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            switch byte {
            case 0..<0x80: buffer.append(byte)
            case 0x80..<0xA0: CharacterReferences.append(UInt32(high[Int(byte) - 0x80]), to: &buffer)
            default: CharacterReferences.append(UInt32(byte), to: &buffer)
            }
        }
        return buffer
    }
}
