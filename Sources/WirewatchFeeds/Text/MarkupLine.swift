import WirewatchMarkup

/// The text of a piece of HTML on one line, in one pass over its bytes: what `PlainText.stripped` and
/// `PlainText.collapsed` make of it together, several times as fast, for the markup that nearly all of it is.
///
/// By pointer, into a buffer whose bounds are checked before each write.
struct MarkupLine {
    private let source: UnsafeBufferPointer<UInt8>
    private let out: UnsafeMutableBufferPointer<UInt8>
    private var end = 0
    /// As if a space stood before the text, so that none is written at its beginning.
    private var isAfterSpace: UInt8 = 1
    private var decoded: [UInt8] = []

    private init(_ source: UnsafeBufferPointer<UInt8>, _ out: UnsafeMutableBufferPointer<UInt8>) {
        self.source = source
        self.out = out
    }

    /// False, and nothing appended, for markup that takes the whole tokenizer: comments, elements whose content is no markup,
    /// NUL.
    static func append(_ source: UnsafeBufferPointer<UInt8>, to buffer: inout [UInt8]) -> Bool {
        guard source.count <= 1 << 28 else { return false }
        var isDone = false
        // The longest reference in relation to its name makes 6 bytes of 5; eight more are written at once.
        buffer.append(addingCapacity: source.count &+ source.count / 2 &+ 16) { out in
            out.withUnsafeMutableBufferPointer { room, count in
                var line = MarkupLine(source, room)
                isDone = line.write()
                count = isDone ? line.end &- (line.end > 0 ? Int(line.isAfterSpace) : 0) : 0
            }
        }
        return isDone
    }

    private mutating func write() -> Bool {
        var at = 0
        while at < source.count {
            // Thirty-two bytes at once, of which most are text that stays as it is. What is written beyond that is written over.
            if end &+ Block.size <= out.count, isAfterSpace == 0 || source[at] != 0x20 {
                let count = Block.plainCount(source, at)
                if count > 0 {
                    Block.copy(source, at, to: out, end)
                    at &+= count
                    end &+= count
                    isAfterSpace = source[at &- 1] == 0x20 ? 1 : 0
                    if count == Block.size { continue }
                }
            }
            let byte = source[at]
            if byte == UInt8(ascii: "<") {
                guard let after = markup(at) else { return false }
                at = after
            } else if byte == UInt8(ascii: "&") {
                guard let after = reference(at) else { return false }
                at = after
            } else {
                guard byte != 0, put(byte) else { return false }
                at &+= 1
            }
        }
        return true
    }

    /// Writes a byte of text: white space where none was before, no other control characters. False without room.
    @inline(__always)
    private mutating func put(_ byte: UInt8) -> Bool {
        guard end < out.count else { return false }
        let isText: UInt8 = byte > 0x20 ? 1 : 0
        let isSpace: UInt8 = byte == 0x20 || byte &- 0x09 < 5 ? 1 : 0
        out[end] = isText == 1 ? byte : 0x20
        end &+= Int(isText | (isSpace & ~isAfterSpace))
        isAfterSpace = (isAfterSpace & ~isText) | isSpace
        return true
    }

    // MARK: Tags

    /// Reads what the `<` at a place begins, and returns what comes after it; nil to give up.
    private mutating func markup(_ less: Int) -> Int? {
        let count = source.count
        var at = less &+ 1
        let isEnd = at < count && source[at] == UInt8(ascii: "/")
        if isEnd { at &+= 1 }
        guard at < count else { return literal(less) }
        guard Self.isLetter(source[at]) else {
            if isEnd { return source[at] == UInt8(ascii: ">") ? at &+ 1 : nil }
            return source[at] == UInt8(ascii: "!") || source[at] == UInt8(ascii: "?") ? nil : literal(less)
        }
        let name = at
        while at < count, !Self.endsName(source[at]) {
            if source[at] == 0 { return nil }
            at &+= 1
        }
        let tag = HTMLTag(name: UnsafeBufferPointer(rebasing: source[name..<at]))
        // What the end cuts off is no tag, and nothing comes after it.
        guard let after = tagEnd(at) else { return count }
        switch tag {
        case .title, .textarea, .style, .xmp, .iframe, .noembed, .noframes, .script, .plaintext:
            if !isEnd { return nil }
        default:
            if PlainText.separates(tag), !put(0x20) { return nil }
        }
        return after
    }

    private mutating func literal(_ at: Int) -> Int? { put(source[at]) ? at &+ 1 : nil }

    /// The place after the `>` of the tag whose name ends at `start`, as 13.2.5.32 to 13.2.5.40 of the HTML standard have
    /// it; nil when the input ends first.
    private func tagEnd(_ start: Int) -> Int? {
        let count = source.count
        var at = start
        while at < count {
            let byte = source[at]
            if byte == UInt8(ascii: ">") { return at &+ 1 }
            at &+= 1
            if byte == UInt8(ascii: "/") || Self.isSpace(byte) { continue }
            // An attribute, to whose name a leading `=` belongs.
            while at < count, !Self.endsName(source[at]), source[at] != UInt8(ascii: "=") { at &+= 1 }
            while at < count, Self.isSpace(source[at]) { at &+= 1 }
            guard at < count, source[at] == UInt8(ascii: "=") else { continue }
            at &+= 1
            while at < count, Self.isSpace(source[at]) { at &+= 1 }
            guard at < count else { return nil }
            let quote = source[at]
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                at &+= 1
                while at < count, source[at] != quote { at &+= 1 }
                at &+= 1
            } else {
                while at < count, source[at] != UInt8(ascii: ">"), !Self.isSpace(source[at]) { at &+= 1 }
            }
        }
        return nil
    }

    // MARK: References

    /// Writes what the reference at an `&` stands for, or the `&` itself, and returns what comes after it; nil to give up.
    private mutating func reference(_ start: Int) -> Int? {
        let count = source.count
        if let (byte, after) = CharacterReferences.common(source.span, start &+ 1, count) {
            return put(byte) ? after : nil
        }
        var at = start &+ 1
        if at < count, source[at] == UInt8(ascii: "#") { at &+= 1 }
        let name = at
        while at < count, Self.isLetter(source[at]) || source[at] &- 0x30 < 10 { at &+= 1 }
        guard at > name else { return literal(start) }
        if at < count, source[at] == UInt8(ascii: ";") { at &+= 1 }
        decoded.removeAll(keepingCapacity: true)
        guard let after = CharacterReferences.reference(source.span, start, at, .text, &decoded) else {
            return literal(start)
        }
        for byte in decoded where !put(byte) { return nil }
        return after
    }

    // MARK: Bytes

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// White space of the HTML standard, to which the vertical tab does not belong.
    @inline(__always)
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte &- 0x09 < 5 && byte != 0x0B) }

    @inline(__always)
    private static func endsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || isSpace(byte)
    }
}
