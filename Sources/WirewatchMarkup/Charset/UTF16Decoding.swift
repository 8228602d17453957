/// UTF-16 in either byte order to UTF-8.
enum UTF16Decoding {
    static func decode(_ bytes: ArraySlice<UInt8>, bigEndian: Bool) -> [UInt8] {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        func unit() -> UInt32? {
            guard at &+ 1 < bytes.endIndex else { return nil }
            let first = UInt32(bytes[at])
            let second = UInt32(bytes[at &+ 1])
            return bigEndian ? first << 8 | second : second << 8 | first
        }
        while let high = unit() {
            at &+= 2
            guard (0xD800...0xDFFF).contains(high) else {
                CharacterReferences.append(high, to: &buffer)
                continue
            }
            if high < 0xDC00, let low = unit(), (0xDC00...0xDFFF).contains(low) {
                at &+= 2
                CharacterReferences.append(0x10000 &+ (high &- 0xD800) << 10 &+ (low &- 0xDC00), to: &buffer)
            } else {
                CharacterReferences.append(0xFFFD, to: &buffer)
            }
        }
        if at < bytes.endIndex { CharacterReferences.append(0xFFFD, to: &buffer) }
        return buffer
    }
}
