/// Splits XML into tokens, on demand, in one pass over the bytes; for HTML there is ``HTMLTokenizer``.
///
/// It takes what feeds really hold (undeclared entities, stray `<` and `&`, unquoted attributes) and never follows a
/// document type or an external entity. Any byte sequence is accepted; time is linear in its length. The bytes should be
/// UTF-8 (see ``Charset``).
///
/// ```swift
/// var tokenizer = MarkupTokenizer(bytes)
/// while let token = tokenizer.next() {
///     if token.kind == .startTag, tokenizer.isName(token.name, "item") { ... }
/// }
/// ```
public struct MarkupTokenizer: Sendable {
    public let bytes: [UInt8]
    /// The attributes of the start tag that ``next()`` returned last, in order, duplicates included.
    public private(set) var attributes: [MarkupAttribute] = []
    /// Attributes beyond this many in one tag are read over. 1024 unless set.
    public var attributeLimit = 1024

    /// Where the next token begins.
    public private(set) var position: Int
    private let end: Int
    /// Whether no CR and no NUL stands in the part that is read, so that text needs its references decoded alone.
    let isClean: Bool
    /// No `?>` follows, so that a search for one is not made again.
    private var instructionsUnclosed = false
    private var sawDoctype = false

    /// - Parameter range: the part of `bytes` to read; all of it unless given. Clamped to the bytes.
    public init(_ bytes: [UInt8], range: Range<Int>? = nil) {
        self.bytes = bytes
        let whole = 0..<bytes.count
        let part = (range ?? whole).clamped(to: whole)
        position = part.lowerBound
        end = part.upperBound
        isClean = CharacterReferences.isClean(bytes, part)
    }

    /// The next token, or nil at the end. A tag that the end of input cuts off is no token.
    public mutating func next() -> MarkupToken? {
        guard position < end else { return nil }
        let start = position
        var at = start
        while at < end {
            guard bytes[at] == ASCII.less else {
                // Between elements stand a few blanks; what is longer is text.
                at = at &- start < 3 ? at &+ 1 : ByteSearch.first(ASCII.less, in: bytes, at..<end) ?? end
                continue
            }
            if opensMarkup(at) {
                if at > start { break }
                return markup(at)
            }
            at &+= 1
        }
        position = at
        return MarkupToken(.text, source: start..<at, content: start..<at)
    }

    // MARK: Markup

    private func byte(_ at: Int) -> UInt8 { at < end ? bytes[at] : 0 }

    private func isNameStart(_ byte: UInt8) -> Bool {
        if ASCII.isLetter(byte) { return true }
        return byte >= 0x80 || byte == ASCII.underscore || byte == ASCII.colon
    }

    /// Whether the `<` at `at` begins markup rather than standing for itself.
    private func opensMarkup(_ at: Int) -> Bool {
        let next = byte(at &+ 1)
        if isNameStart(next) || next == ASCII.exclamation || next == ASCII.question { return true }
        guard next == ASCII.slash, at &+ 2 < end else { return false }
        return isNameStart(bytes[at &+ 2]) || bytes[at &+ 2] == ASCII.greater
    }

    private mutating func markup(_ at: Int) -> MarkupToken? {
        switch byte(at &+ 1) {
        case ASCII.exclamation: return declaration(at)
        case ASCII.question: return instruction(at)
        case ASCII.slash:
            let next = byte(at &+ 2)
            if isNameStart(next) { return tag(at, nameStart: at &+ 2, kind: .endTag) }
            if next == ASCII.greater {
                // `</>` is nothing at all; an empty comment lets the caller go on.
                position = at &+ 3
                return MarkupToken(.comment, source: at..<position)
            }
            return bogusComment(at, from: at &+ 2)
        default: return tag(at, nameStart: at &+ 1, kind: .startTag)
        }
    }

    private mutating func tag(_ at: Int, nameStart: Int, kind: MarkupToken.Kind) -> MarkupToken? {
        var cursor = nameStart
        var colon = -1
        while cursor < end {
            let byte = bytes[cursor]
            // What ends a name comes before `@` and is no digit.
            if byte <= ASCII.greater, byte == ASCII.greater || byte == ASCII.slash || ASCII.isSpace(byte) { break }
            if byte == ASCII.colon, colon < 0 { colon = cursor }
            cursor &+= 1
        }
        let name = nameStart..<cursor
        if !attributes.isEmpty { attributes.removeAll(keepingCapacity: true) }
        var selfClosing = false
        while true {
            while cursor < end, ASCII.isSpace(bytes[cursor]) { cursor &+= 1 }
            guard cursor < end else {
                position = end
                return nil
            }
            let byte = bytes[cursor]
            if byte == ASCII.greater {
                cursor &+= 1
                break
            }
            if byte == ASCII.slash {
                cursor &+= 1
                if cursor < end, bytes[cursor] == ASCII.greater {
                    selfClosing = true
                    cursor &+= 1
                    break
                }
                continue
            }
            guard let after = attribute(cursor) else {
                position = end
                return nil
            }
            cursor = after
        }
        position = cursor
        var token = MarkupToken(kind, source: at..<cursor, name: name)
        token.colon = colon
        token.isSelfClosing = selfClosing
        return token
    }

    /// Reads one attribute; returns where it ends, or nil when the input ends before the tag does.
    private mutating func attribute(_ at: Int) -> Int? {
        var cursor = at &+ 1  // A leading `=` belongs to the name.
        while cursor < end {
            let byte = bytes[cursor]
            if byte == ASCII.equals || byte == ASCII.greater || byte == ASCII.slash || ASCII.isSpace(byte) {
                break
            }
            cursor &+= 1
        }
        let name = at..<cursor
        var next = cursor
        while next < end, ASCII.isSpace(bytes[next]) { next &+= 1 }
        guard next < end, bytes[next] == ASCII.equals else {
            keep(MarkupAttribute(name: name, value: cursor..<cursor))
            return cursor
        }
        next &+= 1
        while next < end, ASCII.isSpace(bytes[next]) { next &+= 1 }
        guard next < end else { return nil }
        let quote = bytes[next]
        if quote == ASCII.quote || quote == ASCII.apostrophe {
            let start = next &+ 1
            guard let close = ByteSearch.first(quote, in: bytes, start..<end) else { return nil }
            keep(MarkupAttribute(name: name, value: start..<close))
            return close &+ 1
        }
        let start = next
        while next < end, bytes[next] != ASCII.greater, !ASCII.isSpace(bytes[next]) { next &+= 1 }
        keep(MarkupAttribute(name: name, value: start..<next))
        return next
    }

    private mutating func keep(_ attribute: MarkupAttribute) {
        if attributes.count < attributeLimit { attributes.append(attribute) }
    }

    // MARK: Declarations

    private mutating func declaration(_ at: Int) -> MarkupToken {
        if matches(at &+ 2, "--") { return comment(at) }
        if matches(at &+ 2, "doctype", ignoringCase: true) { return doctype(at) }
        if matches(at &+ 2, "[CDATA[") {
            let start = at &+ 9
            let close = find("]]>", from: start)
            position = close.map { $0 &+ 3 } ?? end
            var token = MarkupToken(.text, source: at..<position, content: start..<(close ?? end))
            token.isRaw = true
            token.isCDATA = true
            return token
        }
        return bogusComment(at, from: at &+ 2)
    }

    /// `<!-- ... -->`, closed by `--!>` and cut short by `<!-->` and `<!--->` as the standard has it.
    private mutating func comment(_ at: Int) -> MarkupToken {
        let start = at &+ 4
        if byte(start) == ASCII.greater {
            position = start &+ 1
            return MarkupToken(.comment, source: at..<position)
        }
        if matches(start, "->") {
            position = start &+ 2
            return MarkupToken(.comment, source: at..<position)
        }
        var cursor = start
        while cursor < end {
            if bytes[cursor] == ASCII.dash, byte(cursor &+ 1) == ASCII.dash {
                let length = byte(cursor &+ 2) == ASCII.greater ? 3 : matches(cursor &+ 2, "!>") ? 4 : 0
                if length > 0 {
                    position = cursor &+ length
                    return MarkupToken(.comment, source: at..<position, content: start..<cursor)
                }
            }
            cursor &+= 1
        }
        position = end
        return MarkupToken(.comment, source: at..<end, content: min(start, end)..<end)
    }

    private mutating func bogusComment(_ at: Int, from start: Int) -> MarkupToken {
        var cursor = start
        while cursor < end, bytes[cursor] != ASCII.greater { cursor &+= 1 }
        position = min(cursor &+ 1, end)
        return MarkupToken(.comment, source: at..<position, content: min(start, cursor)..<cursor)
    }

    private mutating func doctype(_ at: Int) -> MarkupToken {
        let start = at &+ 9
        // A second document type is an error; reading on only to its first `>` keeps hostile input linear.
        let close = (sawDoctype ? nil : subsetEnd(start)) ?? find(">", from: start) ?? end
        sawDoctype = true
        position = min(close &+ 1, end)
        var nameStart = start
        while nameStart < close, ASCII.isSpace(bytes[nameStart]) { nameStart &+= 1 }
        var nameEnd = nameStart
        while nameEnd < close, !ASCII.isSpace(bytes[nameEnd]), bytes[nameEnd] != ASCII.openBracket { nameEnd &+= 1 }
        return MarkupToken(
            .doctype, source: at..<position, name: nameStart..<nameEnd, content: nameEnd..<max(nameEnd, close))
    }

    /// The `>` that ends a document type with an internal subset, whose declarations are read over.
    private func subsetEnd(_ start: Int) -> Int? {
        var depth = 0
        var cursor = start
        while cursor < end {
            switch bytes[cursor] {
            case ASCII.openBracket: depth &+= 1
            case ASCII.closeBracket: depth = max(0, depth &- 1)
            case ASCII.greater where depth == 0: return cursor
            case ASCII.quote, ASCII.apostrophe:
                let quote = bytes[cursor]
                cursor &+= 1
                while cursor < end, bytes[cursor] != quote { cursor &+= 1 }
            case ASCII.less where matches(cursor, "<!--"):
                guard let close = find("-->", from: cursor &+ 4) else { return nil }
                cursor = close &+ 2
            default: break
            }
            cursor &+= 1
        }
        return nil
    }

    private mutating func instruction(_ at: Int) -> MarkupToken {
        let start = at &+ 2
        var close = instructionsUnclosed ? nil : find("?>", from: start)
        var length = 2
        if close == nil {
            instructionsUnclosed = true
            close = find(">", from: start)
            length = 1
        }
        let stop = close ?? end
        position = min(stop &+ length, end)
        var nameEnd = start
        while nameEnd < stop, !ASCII.isSpace(bytes[nameEnd]) { nameEnd &+= 1 }
        var data = nameEnd
        while data < stop, ASCII.isSpace(bytes[data]) { data &+= 1 }
        return MarkupToken(
            .processingInstruction, source: at..<position, name: start..<nameEnd, content: data..<stop)
    }

    // MARK: Scanning

    private func matches(_ at: Int, _ text: StaticString, ignoringCase: Bool = false) -> Bool {
        guard at &+ text.utf8CodeUnitCount <= end else { return false }
        return text.withUTF8Buffer { wanted in
            for index in 0..<wanted.count {
                let byte = ignoringCase ? ASCII.lowercased(bytes[at &+ index]) : bytes[at &+ index]
                if byte != wanted[index] { return false }
            }
            return true
        }
    }

    private func find(_ text: StaticString, from start: Int) -> Int? {
        let count = text.utf8CodeUnitCount
        return text.withUTF8Buffer { wanted in
            var at = start
            while at &+ count <= end,
                let found = ByteSearch.first(wanted[0], in: bytes, at..<(end &- count &+ 1))
            {
                var length = 1
                while length < count, bytes[found &+ length] == wanted[length] { length &+= 1 }
                if length == count { return found }
                at = found &+ 1
            }
            return nil
        }
    }
}
