internal import Glibc

/// Looks for single bytes at the speed of the C library.
public enum ByteSearch {
    /// The first place of a byte in a part of some bytes; the range is clamped to them.
    public static func first(_ byte: UInt8, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
        let range = range.clamped(to: 0..<bytes.count)
        guard !range.isEmpty else { return nil }
        // memchr reads within the clamped range alone, and the pointers do not leave the closure. A loop over the array
        // looks at 1 byte a step, memchr at 32 or 64: 1 GB/s against 20.
        return bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress,
                let found = memchr(base + range.lowerBound, Int32(byte), range.count)
            else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }
}
