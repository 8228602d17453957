internal import CWirewatchCrypto

/// Secrets: comparing them without telling how far they agree, and making them.
public enum Secret {
    /// Whether both are the same, in a time that depends on their lengths alone.
    public static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        // Reads both buffers whole, whatever they hold.
        return a.withUnsafeBytes { a in b.withUnsafeBytes { b in CRYPTO_memcmp(a.baseAddress, b.baseAddress, a.count) }
        } == 0
    }

    /// Whether two texts are the same, in a time that tells nothing of the expected one, its length included.
    public static func equal(_ given: String, expected: String) -> Bool {
        equal(SHA256.digest(Array(given.utf8)), SHA256.digest(Array(expected.utf8)))
    }

    /// Bytes that nobody can guess, as lower-case hexadecimal digits, two to a byte.
    public static func random(bytes count: Int) -> String {
        // The system's generator (getrandom), which is meant for keys.
        var generator = SystemRandomNumberGenerator()
        return SHA256.hexadecimal((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }[...])
    }
}
