import CWirewatchZlib

/// Checksums that zlib computes.
public enum Checksum {
    /// CRC-32 as in gzip (RFC 1952, section 8).
    public static func crc32(_ bytes: borrowing RawSpan) -> UInt32 {
        // zlib takes an address and a length; neither leaves the call.
        let sum = bytes.withUnsafeBytes { buffer in
            crc32_z(0, buffer.baseAddress?.assumingMemoryBound(to: Bytef.self), buffer.count)
        }
        return UInt32(truncatingIfNeeded: sum)
    }
}
