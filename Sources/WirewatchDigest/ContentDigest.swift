/// A digest that tells whether bytes are the same as before: quick, of 128 bits, and not made to withstand whoever wants two
/// texts to have one digest. What identifies something is ``SHA256``.
///
/// Two lanes, each a multiplication of 64 by 64 bits whose halves are folded into each other, over eight bytes a step: the
/// principle of wyhash and its kin (Wang Yi, 2019). The same on all machines.
public enum ContentDigest {
    private static let factors: (UInt64, UInt64, UInt64) = (
        0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9
    )

    /// The digest, as 32 lower-case hexadecimal digits.
    public static func text(of bytes: [UInt8]) -> String {
        let (high, low) = bytes.withUnsafeBytes(digest)
        return String(unsafeUninitializedCapacity: 32) { digits in
            for place in 0..<16 {
                let shift = UInt64(60 - 4 * place)
                digits[place] = SHA256.digit(UInt8(truncatingIfNeeded: high >> shift) & 15)
                digits[16 + place] = SHA256.digit(UInt8(truncatingIfNeeded: low >> shift) & 15)
            }
            return 32
        }
    }

    private static func digest(_ bytes: UnsafeRawBufferPointer) -> (UInt64, UInt64) {
        var first = factors.0 ^ UInt64(bytes.count)
        var second = factors.1 &+ UInt64(bytes.count)
        var at = 0
        while at &+ 16 <= bytes.count {
            let a = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let b = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self))
            first = mix(first ^ a, factors.1 ^ b)
            // Adding keeps what the product of a zero would lose.
            second = mix(second ^ b, factors.2 ^ a) &+ a
            at &+= 16
        }
        var rest: (UInt64, UInt64) = (0, 0)
        for place in at..<bytes.count {
            let shift = UInt64((place &- at) & 7) &* 8
            if place &- at < 8 {
                rest.0 |= UInt64(bytes[place]) << shift
            } else {
                rest.1 |= UInt64(bytes[place]) << shift
            }
        }
        first = mix(first ^ rest.0, factors.1 ^ rest.1)
        second = mix(second ^ rest.1, factors.2 ^ rest.0) &+ rest.0
        return (mix(first ^ factors.2, second ^ factors.0), mix(second ^ factors.1, first &+ factors.0))
    }

    @inline(__always)
    private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
