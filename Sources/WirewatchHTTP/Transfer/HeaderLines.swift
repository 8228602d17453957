/// The lines of a request's header block, each ended by a zero byte as libcurl takes them.
struct HeaderLines {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(256) }

    /// Adds a field, or says why it is none: a line end in it would let its writer add fields of his own (RFC 9110, 5.5).
    mutating func add(_ name: String, _ value: String) -> String? {
        let start = bytes.count
        guard !name.isEmpty, append(name, where: Self.isNameByte) else {
            bytes.removeLast(bytes.count - start)
            return "a header field has no valid name"
        }
        if value.isEmpty {
            // libcurl's form for a field without a value.
            bytes.append(UInt8(ascii: ";"))
        } else {
            bytes.append(UInt8(ascii: ":"))
            bytes.append(0x20)
            guard append(value, where: { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                bytes.removeLast(bytes.count - start)
                return "the header field \(name) holds a control character"
            }
        }
        bytes.append(0)
        return nil
    }

    /// False when a byte is not allowed; what was appended then is for the caller to remove.
    @inline(__always)
    private mutating func append(_ text: String, where isAllowed: (UInt8) -> Bool) -> Bool {
        var text = text
        return text.withUTF8 { text in
            bytes.append(contentsOf: text)
            for byte in text where !isAllowed(byte) { return false }
            return true
        }
    }

    /// Keeps libcurl from sending a field that is its own.
    mutating func leaveOut(_ name: StaticString) {
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: ":"))
        bytes.append(0)
    }

    /// A character of a token (RFC 9110, 5.6.2).
    private static func isNameByte(_ byte: UInt8) -> Bool {
        if (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 { return true }
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            return true
        default: return false
        }
    }
}
