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
    public static func identifier(_ parts: String...) -> String {
        var bytes: [UInt8] = []
        for part in parts {
            withUnsafeBytes(of: UInt64(part.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: part.utf8)
        }
        return hexadecimal(digest(bytes).prefix(16))
    }

    /// A 128-bit identifier of content.
    public static func identifier(of bytes: [UInt8]) -> String { hexadecimal(digest(bytes).prefix(16)) }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
