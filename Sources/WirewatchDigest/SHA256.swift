internal import CWirewatchCrypto

/// SHA-256 (FIPS 180-4) by libcrypto: what identifies documents, articles and alerts.
public enum SHA256 {
    /// The 32 bytes of the digest.
    public static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var stream = Stream()
        bytes.withUnsafeBytes { stream.append($0) }
        return stream.finish { Array($0) }
    }

    /// A 128-bit identifier, as 32 lower-case hexadecimal digits, of several parts that cannot run into each other.
    public static func identifier(_ parts: String...) -> String {
        var stream = Stream()
        for part in parts { stream.appendPart(part) }
        return stream.finish(firstHalf)
    }

    /// The same of three parts, without a list of them.
    public static func identifier(_ first: String, _ second: String, _ third: String) -> String {
        var stream = Stream()
        stream.appendPart(first)
        stream.appendPart(second)
        stream.appendPart(third)
        return stream.finish(firstHalf)
    }

    /// The same of a text and of bytes.
    public static func identifier(_ text: String, _ bytes: [UInt8]) -> String {
        var stream = Stream()
        stream.appendPart(text)
        stream.appendPart(bytes)
        return stream.finish(firstHalf)
    }

    /// A 128-bit identifier of content.
    public static func identifier(of bytes: [UInt8]) -> String {
        var stream = Stream()
        bytes.withUnsafeBytes { stream.append($0) }
        return stream.finish(firstHalf)
    }

    /// The first 64 bits of ``identifier(_:)`` of one part, as a number.
    public static func key(_ text: String) -> UInt64 {
        var stream = Stream()
        stream.appendPart(text)
        return stream.finish { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
    }

    /// The first 16 bytes in hexadecimal digits.
    private static func firstHalf(_ digest: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: 32) { digits in
            for place in 0..<16 {
                digits[2 * place] = digit(digest[place] >> 4)
                digits[2 * place + 1] = digit(digest[place] & 15)
            }
            return 32
        }
    }

    static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x57 &+ value }

    /// A digest in the making, on the stack: several times as fast for short texts as libcrypto's EVP interface, which
    /// looks the algorithm up and allocates a context for each.
    private struct Stream {
        private var context = SHA256_CTX()

        init() { SHA256_Init(&context) }

        /// libcrypto reads the bytes during the call and keeps no pointer.
        mutating func append(_ bytes: UnsafeRawBufferPointer) {
            SHA256_Update(&context, bytes.baseAddress, bytes.count)
        }

        mutating func appendPart(_ bytes: [UInt8]) {
            appendCount(bytes.count)
            bytes.withUnsafeBytes { append($0) }
        }

        mutating func appendPart(_ text: String) {
            let utf8 = text.utf8.span
            utf8.withUnsafeBytes { bytes in
                appendCount(bytes.count)
                append(bytes)
            }
        }

        private mutating func appendCount(_ count: Int) {
            withUnsafeBytes(of: UInt64(count).littleEndian) { append($0) }
        }

        /// Hands over the 32 bytes of the digest.
        mutating func finish<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
            withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { digest in
                SHA256_Final(digest.baseAddress, &context)
                return body(UnsafeRawBufferPointer(digest))
            }
        }
    }
}
