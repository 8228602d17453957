internal import CWirewatchCrypto

/// SHA-256 (FIPS 180-4) by libcrypto: what identifies documents, articles and alerts.
public enum SHA256 {
    /// The 32 bytes of the digest.
    public static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        // libcrypto writes exactly 32 bytes to the second pointer and keeps neither.
        bytes.withUnsafeBufferPointer { input in
            digest.withUnsafeMutableBufferPointer { output in
                _ = CWirewatchCrypto.SHA256(input.baseAddress, input.count, output.baseAddress)
            }
        }
        return digest
    }

    /// A 128-bit identifier, as 32 lower-case hexadecimal digits, of several parts that cannot run into each other.
    public static func identifier(_ parts: String...) -> String { identifier(parts: parts.map { Array($0.utf8) }) }

    /// The same of parts that are UTF-8 already.
    public static func identifier(parts: [[UInt8]]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(0) { $0 + 8 + $1.count })
        for part in parts {
            withUnsafeBytes(of: UInt64(part.count).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: part)
        }
        return hexadecimal(digest(bytes).prefix(16))
    }

    /// A 128-bit identifier of content.
    public static func identifier(of bytes: [UInt8]) -> String { hexadecimal(digest(bytes).prefix(16)) }

    static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x57 &+ value }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }
}
