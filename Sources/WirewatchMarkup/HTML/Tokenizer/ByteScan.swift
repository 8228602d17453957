/// The searches that HTML's hot loops are made of.
///
/// Each reads 16 bytes a step and only within `at..<end`; callers hold `0 <= at` and `end <= count` of the buffer that
/// the pointer is of, which the public entry points of ``HTMLTokenizer`` establish.
enum ByteScan {
    /// The first `<`, `&`, CR or NUL, or `end`.
    @inline(__always)
    static func textEnd(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        var at = start
        while at &+ 16 <= end {
            let block = UnsafeRawPointer(bytes + at).loadUnaligned(as: SIMD16<UInt8>.self)
            let place = first(
                block .== all(ASCII.less), block .== all(ASCII.ampersand), block .== all(ASCII.carriageReturn),
                block .== all(0))
            if place < 16 { return at &+ place }
            at &+= 16
        }
        while at < end {
            let byte = bytes[at]
            if byte == ASCII.less || byte == ASCII.ampersand || byte == ASCII.carriageReturn || byte == 0 { return at }
            at &+= 1
        }
        return end
    }

    /// The first of a quote, `&`, CR or NUL, or `end`.
    @inline(__always)
    static func valueEnd(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, quote: UInt8) -> Int {
        var at = start
        while at &+ 16 <= end {
            let block = UnsafeRawPointer(bytes + at).loadUnaligned(as: SIMD16<UInt8>.self)
            let place = first(
                block .== all(quote), block .== all(ASCII.ampersand), block .== all(ASCII.carriageReturn),
                block .== all(0))
            if place < 16 { return at &+ place }
            at &+= 16
        }
        while at < end {
            let byte = bytes[at]
            if byte == quote || byte == ASCII.ampersand || byte == ASCII.carriageReturn || byte == 0 { return at }
            at &+= 1
        }
        return end
    }

    /// The number of `byte`s.
    static func count(_ byte: UInt8, _ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { buffer in
            var count = 0
            var at = 0
            while at &+ 16 <= buffer.count {
                let block = buffer.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
                let bits = unsafeBitCast(block .== all(byte), to: SIMD2<UInt64>.self)
                count &+= (bits[0].nonzeroBitCount &+ bits[1].nonzeroBitCount) &>> 3
                at &+= 16
            }
            while at < buffer.count {
                if buffer[at] == byte { count &+= 1 }
                at &+= 1
            }
            return count
        }
    }

    /// Comparing with a vector is one instruction, comparing with a byte a loop over the lanes (Swift 6.3).
    @inline(__always)
    private static func all(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16(repeating: byte) }

    private typealias Mask = SIMDMask<SIMD16<Int8>>

    /// The place of the first lane that is set in any of them, or 16.
    @inline(__always)
    private static func first(_ a: Mask, _ b: Mask, _ c: Mask, _ d: Mask) -> Int {
        // A mask's lanes are bytes of all ones or zeros, 16 in all.
        let a = unsafeBitCast(a, to: SIMD2<UInt64>.self)
        let b = unsafeBitCast(b, to: SIMD2<UInt64>.self)
        let c = unsafeBitCast(c, to: SIMD2<UInt64>.self)
        let d = unsafeBitCast(d, to: SIMD2<UInt64>.self)
        let low = a[0] | b[0] | c[0] | d[0]
        if low != 0 { return low.trailingZeroBitCount &>> 3 }
        let high = a[1] | b[1] | c[1] | d[1]
        return high != 0 ? 8 &+ high.trailingZeroBitCount &>> 3 : 16
    }
}
