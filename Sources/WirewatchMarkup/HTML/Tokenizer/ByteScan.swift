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
            let hits =
                (block .== ASCII.less) .| (block .== ASCII.ampersand) .| (block .== ASCII.carriageReturn)
                .| (block .== 0)
            let place = first(hits)
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
            let hits =
                (block .== quote) .| (block .== ASCII.ampersand) .| (block .== ASCII.carriageReturn) .| (block .== 0)
            let place = first(hits)
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
        var count = 0
        for other in bytes where other == byte { count &+= 1 }
        return count
    }

    /// The place of the first set lane, or 16.
    @inline(__always)
    private static func first(_ mask: SIMDMask<SIMD16<Int8>>) -> Int {
        let bits = unsafeBitCast(mask, to: SIMD2<UInt64>.self)  // lanes of all ones or zeros, 16 bytes either way
        if bits[0] != 0 { return bits[0].trailingZeroBitCount &>> 3 }
        if bits[1] != 0 { return 8 &+ bits[1].trailingZeroBitCount &>> 3 }
        return 16
    }
}
