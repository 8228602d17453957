internal import CWirewatchCrypto

/// Keyed digests (RFC 2104) by libcrypto: who holds the key vouches for the bytes.
public enum HMAC {
    /// The digest underneath. SHA-1 is broken as a digest but not in HMAC; WebSub hubs still sign with it.
    public enum Algorithm: String, Sendable, Hashable, CaseIterable {
        case sha1, sha256, sha384, sha512
    }

    /// The code of `bytes` under `key`: 20, 32, 48 or 64 bytes.
    public static func code(_ bytes: [UInt8], key: [UInt8], _ algorithm: Algorithm) -> [UInt8] {
        let digest =
            switch algorithm {
            case .sha1: EVP_sha1()
            case .sha256: EVP_sha256()
            case .sha384: EVP_sha384()
            case .sha512: EVP_sha512()
            }
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        // libcrypto writes at most EVP_MAX_MD_SIZE bytes to the output and keeps no pointer.
        key.withUnsafeBufferPointer { key in
            bytes.withUnsafeBufferPointer { input in
                code.withUnsafeMutableBufferPointer { output in
                    _ = CWirewatchCrypto.HMAC(
                        digest, key.baseAddress, Int32(clamping: key.count), input.baseAddress, input.count,
                        output.baseAddress, &count)
                }
            }
        }
        return Array(code.prefix(Int(count)))
    }

    /// Whether a signature of the form `sha256=HEX` is that of the bytes. Takes the same time wherever it differs. False
    /// for an unknown algorithm, or one that is not in `allowed`.
    public static func verifies(
        _ signature: String, of bytes: [UInt8], key: [UInt8], allowed: Set<Algorithm> = Set(Algorithm.allCases)
    ) -> Bool {
        guard let equals = signature.firstIndex(of: "="),
            let algorithm = Algorithm(rawValue: signature[..<equals].lowercased()), allowed.contains(algorithm),
            let given = bytesOfHexadecimal(signature[signature.index(after: equals)...])
        else { return false }
        return Secret.equal(given, code(bytes, key: key, algorithm))
    }

    private static func bytesOfHexadecimal(_ text: Substring) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2), digits.count <= 128 else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = nibble(digits[place]), let low = nibble(digits[place + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}
