/// Finds what makes a text unreadable before it is parsed: not UTF-8, or control characters.
enum EncodingProblem {
    static func utf16(in bytes: [UInt8]) -> YAMLProblem? {
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else { return nil }
        return YAMLProblem(
            position: YAMLPosition(line: 1, column: 1),
            message: "the file is encoded in UTF-16; save it as UTF-8")
    }

    static func find(in bytes: [UInt8]) -> YAMLProblem? {
        if let control = bytes.firstIndex(where: isForbidden) {
            let code = String(bytes[control], radix: 16, uppercase: true)
            let name = (code.count < 2 ? "0" : "") + code
            return YAMLProblem(
                position: position(of: control, in: bytes),
                message: "the control character U+00\(name) is not allowed in YAML; remove it")
        }
        guard !UTF8.isValid(bytes), let bad = firstInvalid(in: bytes) else { return nil }
        let code = String(bytes[bad], radix: 16, uppercase: true)
        return YAMLProblem(
            position: position(of: bad, in: bytes),
            message: "the byte 0x\(code) is not valid UTF-8; save the file as UTF-8")
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte == 0x7F || (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D)
    }

    /// The first byte at which no valid sequence begins.
    private static func firstInvalid(in bytes: [UInt8]) -> Int? {
        var index = 0
        while index < bytes.count {
            let length = min(sequenceLength(bytes[index]), bytes.count - index)
            guard length == 1 ? bytes[index] < 0x80 : UTF8.isValid(bytes[index..<(index + length)])
            else { return index }
            index += length
        }
        return nil
    }

    private static func sequenceLength(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    private static func position(of offset: Int, in bytes: [UInt8]) -> YAMLPosition {
        let lines = TextLines(String(decoding: bytes[..<offset], as: UTF8.self)).lines
        return YAMLPosition(
            line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
    }
}

extension UTF8 {
    fileprivate static func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}
