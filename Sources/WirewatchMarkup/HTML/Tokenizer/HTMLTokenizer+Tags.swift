extension HTMLTokenizer {
    /// The token that the `<` at the position begins; nil for `</>`, which is nothing, and for a tag cut off by the end.
    mutating func markup() -> HTMLToken? {
        let at = position
        switch source[at &+ 1] {
        case ASCII.exclamation: return declaration()
        case ASCII.question: return bogusComment(from: at &+ 1)
        case ASCII.slash:
            let next = source[at &+ 2]
            if ASCII.isLetter(next) { return tag(at &+ 2, .endTag) }
            if next == ASCII.greater {
                position = at &+ 3
                return nil
            }
            return bogusComment(from: at &+ 2)
        default: return tag(at &+ 1, .startTag)
        }
    }

    private mutating func tag(_ start: Int, _ kind: HTMLToken.Kind) -> HTMLToken? {
        var at = start
        var low: UInt64 = 0
        var high: UInt64 = 0
        var isPlain = true
        while at < end {
            var byte = source[at]
            if byte == ASCII.greater || byte == ASCII.slash || ASCII.isSpace(byte) { break }
            if byte == 0 {
                isPlain = false
                byte = 0xFF  // not to be taken for the end of the packed name
            } else if byte &- 0x41 < 26 {
                isPlain = false
                byte |= 0x20
            }
            // The first 16 bytes, packed: all that telling elements apart takes.
            let offset = at &- start
            if offset < 8 {
                low |= UInt64(byte) &<< UInt64(offset &* 8)
            } else if offset < 16 {
                high |= UInt64(byte) &<< UInt64((offset &- 8) &* 8)
            }
            at &+= 1
        }
        var token = HTMLToken(kind, isPlain ? ByteRange(start, at) : lowercased(start, at))
        if at &- start <= 16 { token.tag = HTMLTag(low, high) }
        let stale = attributeTable.count &- keptAttributes
        if stale > 0 { attributeTable.removeLast(stale) }
        if at < end, source[at] == ASCII.greater {
            position = at &+ 1
        } else {
            guard let isSelfClosing = readAttributes(at) else {
                position = end
                return nil
            }
            token.isSelfClosing = isSelfClosing
        }
        if kind == .startTag {
            lastStartTag = token.content
            if followsElements { contentModel = token.tag.contentModel }
        }
        return token
    }

    /// A name in lower case and with U+FFFD for NUL, in the decoded bytes.
    mutating func lowercased(_ start: Int, _ stop: Int) -> ByteRange {
        let from = address
        for at in start..<stop {
            let byte = source[at]
            if byte == 0 {
                decoded += [0xEF, 0xBF, 0xBD]
            } else {
                decoded.append(ASCII.lowercased(byte))
            }
        }
        return ByteRange(from, address)
    }

    // MARK: Attributes

    /// Reads attributes up to the tag's end; returns whether that is `/>`, or nil when the input ends first.
    private mutating func readAttributes(_ start: Int) -> Bool? {
        var at = start
        filter.begin()
        while at < end {
            let byte = source[at]
            if byte == ASCII.greater {
                position = at &+ 1
                return false
            }
            if ASCII.isSpace(byte) {
                at &+= 1
            } else if byte == ASCII.slash {
                at &+= 1
                if at < end, source[at] == ASCII.greater {
                    position = at &+ 1
                    return true
                }
            } else {
                guard let after = readAttribute(at) else { return nil }
                at = after
            }
        }
        return nil
    }

    /// Reads one attribute; returns where it ends, or nil when the input ends before the tag does.
    private mutating func readAttribute(_ start: Int) -> Int? {
        var at = start
        var isPlain = true
        var hash: UInt32 = 2_166_136_261
        while at < end {
            var byte = source[at]
            // A leading `=` belongs to the name.
            if byte == ASCII.greater || byte == ASCII.slash || ASCII.isSpace(byte)
                || (byte == ASCII.equals && at > start)
            {
                break
            }
            if byte == 0 {
                isPlain = false
            } else if byte &- 0x41 < 26 {
                isPlain = false
                byte |= 0x20
            }
            hash = (hash ^ UInt32(byte)) &* 16_777_619
            at &+= 1
        }
        let name = isPlain ? ByteRange(start, at) : lowercased(start, at)
        while at < end, ASCII.isSpace(source[at]) { at &+= 1 }
        guard at < end, source[at] == ASCII.equals else {
            keep(name, .empty, hash)
            return at
        }
        at &+= 1
        while at < end, ASCII.isSpace(source[at]) { at &+= 1 }
        guard at < end else { return nil }
        let quote = source[at]
        if quote == ASCII.quote || quote == ASCII.apostrophe {
            let first = at &+ 1
            var stop = valueEnd(first, quote)
            guard stop < end else { return nil }
            if source[stop] == quote {
                keep(name, ByteRange(first, stop), hash)
                return stop &+ 1
            }
            guard let close = ByteSearch.first(quote, in: source, stop..<end) else { return nil }
            stop = close
            keep(name, decode(first..<stop, .attribute), hash)
            return stop &+ 1
        }
        let first = at
        var needsDecoding = false
        while at < end {
            let byte = source[at]
            if byte == ASCII.greater || ASCII.isSpace(byte) { break }
            if byte == ASCII.ampersand || byte == 0 { needsDecoding = true }
            at &+= 1
        }
        keep(name, needsDecoding ? decode(first..<at, .attribute) : ByteRange(first, at), hash)
        return at
    }

    private func valueEnd(_ start: Int, _ quote: UInt8) -> Int {
        // `start` is at most `end`, and `end` is not beyond the bytes.
        source.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return end }
            return ByteScan.valueEnd(base, start, end, quote: quote)
        }
    }

    /// Keeps an attribute unless one of its name is there already: the first counts.
    private mutating func keep(_ name: ByteRange, _ value: ByteRange, _ hash: UInt32) {
        let count = attributeTable.count &- keptAttributes
        guard count < min(attributeLimit, AttributeFilter.limit) else { return }
        if filter.mayHold(hash), isRepeated(name, hash, count) { return }
        filter.insert(hash, at: count)
        attributeTable.append(MarkupAttribute(name: name, value: value))
    }

    private func isRepeated(_ name: ByteRange, _ hash: UInt32, _ count: Int) -> Bool {
        if count <= AttributeFilter.small {
            for index in keptAttributes..<attributeTable.count where equals(attributeTable[index].nameRange, name) {
                return true
            }
            return false
        }
        return filter.places(hash) { equals(attributeTable[keptAttributes &+ $0].nameRange, name) }
    }

    /// The value of the attribute of that name on the tag that ``next()`` returned last; nil when it has none.
    public func value(_ name: StaticString) -> String? { attribute(name).map { string($0.value) } }

    /// The attribute of that name on the tag that ``next()`` returned last.
    public func attribute(_ name: StaticString) -> MarkupAttribute? {
        attributes.first { equals($0.nameRange, name) }
    }
}
