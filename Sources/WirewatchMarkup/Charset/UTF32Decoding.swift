/// UTF-32 in either byte order to UTF-8.
enum UTF32Decoding {
    static func decode(_ bytes: ArraySlice<UInt8>, bigEndian: Bool) -> [UInt8] {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(bytes.count / 2)
        var at = bytes.startIndex
        while at &+ 3 < bytes.endIndex {
            var value: UInt32 = 0
            for offset in 0..<4 {
                let byte = UInt32(bytes[at &+ (bigEndian ? offset : 3 &- offset)])
                value = value << 8 | byte
            }
            let isScalar = value < 0xD800 || (value > 0xDFFF && value < 0x110000)
            CharacterReferences.append(isScalar ? value : 0xFFFD, to: &buffer)
            at &+= 4
        }
        if at < bytes.endIndex { CharacterReferences.append(0xFFFD, to: &buffer) }
        return buffer
    }
}
