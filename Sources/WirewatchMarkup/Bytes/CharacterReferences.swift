/// Decodes `&amp;`, `&#8217;` and their kin by the WHATWG rules (section 13.2.5.72 and on).
public enum CharacterReferences {
    /// Where the bytes stand, which decides what is a reference.
    public enum Rule: Sendable {
        /// HTML text: old names count without their semicolon.
        case text
        /// An HTML attribute: as text, but `&copy=1` in a query stays.
        case attribute
        /// XML: a semicolon is needed; HTML's names are taken though undeclared, for feeds use them.
        case xml
        /// Nothing is a reference; only line ends and NUL are put right.
        case raw
    }

    /// Appends the decoded bytes of a range: references replaced, CR and CR LF made LF, NUL made U+FFFD. The range is
    /// clamped to the bytes.
    public static func decode(_ bytes: [UInt8], _ range: Range<Int>, _ rule: Rule, into buffer: inout [UInt8]) {
        decode(bytes, range, rule, isClean: false, into: &buffer)
    }

    /// Whether neither CR nor NUL stands in a range, which is clamped to the bytes.
    static func isClean(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        ByteSearch.first(ASCII.carriageReturn, in: bytes, range) == nil && ByteSearch.first(0, in: bytes, range) == nil
    }

    /// - Parameter isClean: whether it is known already that neither CR nor NUL stands in the range.
    static func decode(
        _ bytes: [UInt8], _ range: Range<Int>, _ rule: Rule, isClean: Bool, into buffer: inout [UInt8]
    ) {
        let range = range.clamped(to: 0..<bytes.count)
        if isClean || Self.isClean(bytes, range) { return decodeReferences(bytes, range, rule, into: &buffer) }
        let end = range.upperBound
        var run = range.lowerBound
        var at = run
        while at < end {
            let byte = bytes[at]
            if byte == ASCII.ampersand, rule != .raw {
                buffer.append(contentsOf: bytes[run..<at])
                run = at
                if let after = reference(bytes.span, at, end, rule, &buffer) {
                    at = after
                    run = after
                    continue
                }
            } else if byte == ASCII.carriageReturn {
                buffer.append(contentsOf: bytes[run..<at])
                buffer.append(ASCII.lineFeed)
                at &+= 1
                if at < end, bytes[at] == ASCII.lineFeed { at &+= 1 }
                run = at
                continue
            } else if byte == 0 {
                buffer.append(contentsOf: bytes[run..<at])
                append(0xFFFD, to: &buffer)
                at &+= 1
                run = at
                continue
            }
            at &+= 1
        }
        buffer.append(contentsOf: bytes[run..<end])
    }

    /// The same for most texts, in which there is nothing to put right but references.
    private static func decodeReferences(
        _ bytes: [UInt8], _ range: Range<Int>, _ rule: Rule, into buffer: inout [UInt8]
    ) {
        let end = range.upperBound
        var run = range.lowerBound
        var at = run
        // What is decoded is no longer than what it was (but for a few names of HTML): one allocation does.
        if buffer.isEmpty { buffer.reserveCapacity(range.count) }
        // By pointer, within the clamped range: a slice of the array for each run costs two counts of references.
        bytes.withUnsafeBufferPointer { source in
            while rule != .raw, let found = ByteSearch.first(ASCII.ampersand, in: bytes, at..<end) {
                buffer.append(contentsOf: UnsafeBufferPointer(rebasing: source[run..<found]))
                run = found
                at = found &+ 1
                if let after = reference(bytes.span, found, end, rule, &buffer) {
                    run = after
                    at = after
                }
            }
            buffer.append(contentsOf: UnsafeBufferPointer(rebasing: source[run..<end]))
        }
    }

    /// The decoded text of a range as a string, in which broken UTF-8 is replaced. The range is clamped to the bytes.
    static func string(_ bytes: [UInt8], _ range: Range<Int>, _ rule: Rule, isClean: Bool) -> String {
        let range = range.clamped(to: 0..<bytes.count)
        if isClean || Self.isClean(bytes, range),
            rule == .raw || ByteSearch.first(ASCII.ampersand, in: bytes, range) == nil
        {
            return TextDecoding.string(bytes[range])
        }
        var buffer: [UInt8] = []
        decode(bytes, range, rule, isClean: isClean, into: &buffer)
        return TextDecoding.string(buffer[...])
    }

    /// The decoded text of a string, as HTML text.
    public static func decode(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(ASCII.ampersand) else { return text }
        var buffer: [UInt8] = []
        buffer.reserveCapacity(bytes.count)
        decode(bytes, 0..<bytes.count, .text, into: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// Appends what the reference stands for whose `&` is at `at`; returns where it ends, or nil (and appends nothing) if it
    /// is none.
    ///
    /// - Parameter end: within the bytes; what stands from there on is no part of the text.
    public static func reference(
        _ bytes: Span<UInt8>, _ at: Int, _ end: Int, _ rule: Rule, _ buffer: inout [UInt8]
    ) -> Int? {
        let start = at &+ 1
        guard start < end else { return nil }
        if bytes[start] == ASCII.hash { return numeric(bytes, start &+ 1, end, rule, &buffer) }
        if let (byte, after) = common(bytes, start, end) {
            buffer.append(byte)
            return after
        }
        var stop = start
        let limit = min(end, start &+ NamedReferences.longest)
        while stop < limit, ASCII.isLetter(bytes[stop]) || ASCII.isDigit(bytes[stop]) { stop &+= 1 }
        guard stop > start else { return nil }
        if stop < end, bytes[stop] == ASCII.semicolon, let found = NamedReferences.find(bytes, start..<stop) {
            append(found.first, to: &buffer)
            if found.second != 0 { append(found.second, to: &buffer) }
            return stop &+ 1
        }
        guard rule != .xml else { return nil }
        var length = min(stop &- start, NamedReferences.longestLegacy)
        while length >= 2 {
            let after = start &+ length
            if let found = NamedReferences.find(bytes, start..<after), found.isLegacy {
                if rule == .attribute, after < end {
                    let next = bytes[after]
                    if next == ASCII.equals || ASCII.isLetter(next) || ASCII.isDigit(next) { return nil }
                }
                append(found.first, to: &buffer)
                return after
            }
            length &-= 1
        }
        return nil
    }

    /// What the references that escaped markup is full of stand for: `amp;`, `lt;` and `gt;`, from behind the `&` on. Nil for
    /// any other.
    @inlinable @inline(__always)
    public static func common(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (byte: UInt8, after: Int)? {
        guard start &+ 3 <= end else { return nil }
        let isShort = bytes[start &+ 2] == UInt8(ascii: ";") && bytes[start &+ 1] == UInt8(ascii: "t")
        if isShort, bytes[start] == UInt8(ascii: "l") { return (UInt8(ascii: "<"), start &+ 3) }
        if isShort, bytes[start] == UInt8(ascii: "g") { return (UInt8(ascii: ">"), start &+ 3) }
        guard start &+ 4 <= end, bytes[start] == UInt8(ascii: "a"), bytes[start &+ 1] == UInt8(ascii: "m"),
            bytes[start &+ 2] == UInt8(ascii: "p"), bytes[start &+ 3] == UInt8(ascii: ";")
        else { return nil }
        return (UInt8(ascii: "&"), start &+ 4)
    }

    private static func numeric(
        _ bytes: Span<UInt8>, _ at: Int, _ end: Int, _ rule: Rule, _ buffer: inout [UInt8]
    ) -> Int? {
        var cursor = at
        var value: UInt32 = 0
        let isHexadecimal = cursor < end && bytes[cursor] | 0x20 == 0x78
        if isHexadecimal { cursor &+= 1 }
        let digits = cursor
        while cursor < end {
            let digit: UInt32
            if isHexadecimal {
                guard let found = ASCII.hexadecimal(bytes[cursor]) else { break }
                digit = found
            } else {
                guard ASCII.isDigit(bytes[cursor]) else { break }
                digit = UInt32(bytes[cursor] &- 0x30)
            }
            // Beyond Unicode it stays beyond, without overflow.
            value = min(value &* (isHexadecimal ? 16 : 10) &+ digit, 0x110000)
            cursor &+= 1
        }
        guard cursor > digits else { return nil }
        if cursor < end, bytes[cursor] == ASCII.semicolon {
            cursor &+= 1
        } else if rule == .xml {
            return nil
        }
        append(repaired(value), to: &buffer)
        return cursor
    }

    /// What a numeric reference means: control codes of 0x80 to 0x9F are windows-1252, as browsers have it.
    private static func repaired(_ value: UInt32) -> UInt32 {
        switch value {
        case 0, 0xD800...0xDFFF, 0x110000...: 0xFFFD
        case 0x80...0x9F: UInt32(Windows1252.high[Int(value &- 0x80)])
        default: value
        }
    }

    /// Appends a scalar value as UTF-8; the caller passes none of the surrogates.
    static func append(_ value: UInt32, to buffer: inout [UInt8]) {
        if value < 0x80 {
            buffer.append(UInt8(truncatingIfNeeded: value))
        } else if value < 0x800 {
            buffer.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
            buffer.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        } else if value < 0x10000 {
            buffer.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
            buffer.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            buffer.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        } else {
            buffer.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
            buffer.append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F))
            buffer.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            buffer.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        }
    }
}
