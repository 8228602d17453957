/// Checks and repairs UTF-8 by RFC 3629.
enum UTF8Validation {
    static func isValid(_ bytes: [UInt8]) -> Bool { examine(bytes) != .broken }

    /// What one pass over the bytes tells.
    enum Finding { case ascii, valid, broken }

    static func examine(_ bytes: [UInt8]) -> Finding { bytes.withUnsafeBufferPointer(examine) }

    /// ASCII by 16 bytes a step, of which most texts are made; the rest byte by byte. Several times as fast as the standard
    /// library's check (Swift 6.3) where a text holds some letters beyond ASCII.
    static func examine(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding {
        let raw = UnsafeRawBufferPointer(bytes)
        var finding = Finding.ascii
        var at = 0
        while at < bytes.count {
            if at &+ 16 <= bytes.count {
                let low = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                let high = raw.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self)
                let others: UInt64 = 0x8080_8080_8080_8080
                if (low | high) & others == 0 {
                    at &+= 16
                    continue
                }
                // On to the first that is not ASCII.
                let isInLow = low & others != 0
                let word = UInt64(littleEndian: isInLow ? low : high) & others
                at &+= (isInLow ? 0 : 8) &+ word.trailingZeroBitCount / 8
            } else if bytes[at] < 0x80 {
                at &+= 1
                continue
            }
            let length = sequence(bytes, at)
            if length == 0 { return .broken }
            finding = .valid
            at &+= length
        }
        return finding
    }

    /// The bytes with each broken sequence replaced by U+FFFD.
    static func repaired(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    /// Whether bytes beyond ASCII are mostly no UTF-8 sequences, over the first MiB: then they are one byte each.
    static func looksSingleByte(_ bytes: [UInt8]) -> Bool {
        var good = 0
        var bad = 0
        var at = 0
        let end = min(bytes.count, 1 << 20)
        while at < end {
            guard bytes[at] >= 0x80 else {
                at &+= 1
                continue
            }
            let length = bytes.withUnsafeBufferPointer { sequence($0, at) }
            if length > 0 { good &+= 1 } else { bad &+= 1 }
            at &+= max(1, length)
        }
        return bad > 2 && bad > good
    }

    /// The length of the multi-byte sequence at `at`, or 0 if it is broken.
    private static func sequence(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        func tail(_ offset: Int) -> Bool {
            at &+ offset < bytes.count && bytes[at &+ offset] & 0xC0 == 0x80
        }
        let first = bytes[at]
        switch first {
        case 0xC2...0xDF: return tail(1) ? 2 : 0
        case 0xE0...0xEF:
            guard tail(1), tail(2) else { return 0 }
            let second = bytes[at &+ 1]
            // No overlong forms, no surrogates.
            if first == 0xE0 && second < 0xA0 || first == 0xED && second > 0x9F { return 0 }
            return 3
        case 0xF0...0xF4:
            guard tail(1), tail(2), tail(3) else { return 0 }
            let second = bytes[at &+ 1]
            if first == 0xF0 && second < 0x90 || first == 0xF4 && second > 0x8F { return 0 }
            return 4
        default: return 0
        }
    }
}
