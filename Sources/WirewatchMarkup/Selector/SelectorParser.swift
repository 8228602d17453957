/// Reads the text of a ``MarkupSelector``: one pass, no recursion.
struct SelectorParser {
    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func parse() throws(MarkupSelector.Mistake) -> [SelectorPart] {
        guard bytes.count <= MarkupSelector.longest else {
            throw mistake(at: 0, "a selector is at most \(MarkupSelector.longest) bytes long")
        }
        var parts: [SelectorPart] = []
        var relation = SelectorPart.Relation.first
        skipSpace()
        while true {
            guard parts.count < MarkupSelector.mostParts else {
                throw mistake(at: at, "a selector names at most \(MarkupSelector.mostParts) elements; write less")
            }
            parts.append(try part(relation))
            let hasSpace = skipSpace()
            guard at < bytes.count else { break }
            switch bytes[at] {
            case UInt8(ascii: ","):
                parts[parts.count - 1].isLast = true
                relation = .first
                at += 1
                skipSpace()
            case ASCII.greater:
                relation = .child
                at += 1
                skipSpace()
            case UInt8(ascii: "+"), UInt8(ascii: "~"), UInt8(ascii: "|"):
                throw mistake(
                    at: at, "'\(character(at))' is not known here; elements are joined by a space, '>' or ','")
            default:
                guard hasSpace else { throw unexpected() }
                relation = .descendant
            }
        }
        parts[parts.count - 1].isLast = true
        return parts
    }

    private mutating func part(_ relation: SelectorPart.Relation) throws(MarkupSelector.Mistake) -> SelectorPart {
        var part = SelectorPart(relation: relation)
        let start = at
        if at < bytes.count, bytes[at] == UInt8(ascii: "*") {
            at += 1
        } else if at < bytes.count, isName(bytes[at]) {
            part.name = try name().map(ASCII.lowercased)
        }
        while at < bytes.count {
            switch bytes[at] {
            case ASCII.hash:
                at += 1
                part.tests.append(.id(try name()))
            case UInt8(ascii: "."):
                at += 1
                part.tests.append(.word(attribute: Array("class".utf8), try name()))
            case ASCII.openBracket: part.tests.append(try attribute())
            case ASCII.colon:
                throw mistake(at: at, "':' is not known here; choose by element, #id, .class or [attribute=value]")
            default:
                guard at > start else { throw unexpected() }
                return part
            }
        }
        guard at > start else {
            throw mistake(at: at, "an element is missing; write its name, #id, .class or [attribute=value]")
        }
        return part
    }

    private mutating func attribute() throws(MarkupSelector.Mistake) -> SelectorPart.Test {
        let start = at
        at += 1
        skipSpace()
        let name = try name().map(ASCII.lowercased)
        skipSpace()
        let sign = at
        guard at < bytes.count else { throw mistake(at: start, "the '[' has no ']'") }
        var kind: UInt8 = ASCII.equals
        if bytes[at] == ASCII.closeBracket {
            at += 1
            return .present(attribute: name)
        }
        if bytes[at] != ASCII.equals {
            kind = bytes[at]
            guard "~^$*".utf8.contains(kind), at + 1 < bytes.count, bytes[at + 1] == ASCII.equals else {
                throw mistake(at: sign, "'=', '~=', '^=', '$=', '*=' or ']' is to stand here")
            }
            at += 1
        }
        at += 1
        skipSpace()
        let value = try value()
        skipSpace()
        guard at < bytes.count, bytes[at] == ASCII.closeBracket else {
            if at >= bytes.count { throw mistake(at: start, "the '[' has no ']'") }
            throw mistake(at: at, "']' is to stand here; a value with spaces or signs stands in quotes")
        }
        at += 1
        switch kind {
        case UInt8(ascii: "~"): return .word(attribute: name, value)
        case UInt8(ascii: "^"): return .beginning(attribute: name, value)
        case UInt8(ascii: "$"): return .ending(attribute: name, value)
        case UInt8(ascii: "*"): return .containing(attribute: name, value)
        default: return .equal(attribute: name, value)
        }
    }

    private mutating func value() throws(MarkupSelector.Mistake) -> [UInt8] {
        guard at < bytes.count, bytes[at] == ASCII.quote || bytes[at] == ASCII.apostrophe else { return try name() }
        let quote = bytes[at]
        let start = at
        at += 1
        var value: [UInt8] = []
        while at < bytes.count, bytes[at] != quote {
            if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
            value.append(bytes[at])
            at += 1
        }
        guard at < bytes.count else { throw mistake(at: start, "the quote is not closed") }
        at += 1
        return value
    }

    // MARK: Names

    private mutating func name() throws(MarkupSelector.Mistake) -> [UInt8] {
        var name: [UInt8] = []
        while at < bytes.count, isName(bytes[at]) {
            if bytes[at] == UInt8(ascii: "\\") {
                at += 1
                guard at < bytes.count else { throw mistake(at: at - 1, "nothing follows the '\\'") }
            }
            name.append(bytes[at])
            at += 1
        }
        guard !name.isEmpty else {
            throw at < bytes.count ? unexpected() : mistake(at: at, "a name is to follow")
        }
        return name
    }

    private func isName(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte >= 0x80 || byte == ASCII.dash || byte == ASCII.underscore
            || byte == UInt8(ascii: "\\")
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = at
        while at < bytes.count, ASCII.isSpace(bytes[at]) { at += 1 }
        return at > start
    }

    // MARK: Mistakes

    private func unexpected() -> MarkupSelector.Mistake {
        mistake(
            at: at, "'\(character(at))' cannot stand here; write an element's name, #id, .class or [attribute=value]")
    }

    private func character(_ place: Int) -> Character {
        String(decoding: bytes[place...].prefix(16), as: UTF8.self).first ?? " "
    }

    /// Positions count characters as an editor does.
    private func mistake(at place: Int, _ reason: String) -> MarkupSelector.Mistake {
        MarkupSelector.Mistake(position: String(decoding: bytes[..<place], as: UTF8.self).count + 1, reason: reason)
    }
}
