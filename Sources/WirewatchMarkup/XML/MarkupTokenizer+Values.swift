extension MarkupTokenizer {
    /// Whether a name in the source is exactly `name`.
    public func isName(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { wanted in
            var index = 0
            for at in range {
                if bytes[at] != wanted[index] { return false }
                index &+= 1
            }
            return true
        }
    }

    /// The part of a name before its colon; empty without one.
    public func prefix(of name: Range<Int>) -> Range<Int> {
        guard let colon = name.first(where: { bytes[$0] == ASCII.colon }) else {
            return name.lowerBound..<name.lowerBound
        }
        return name.lowerBound..<colon
    }

    /// The part of a name after its colon; the whole name without one.
    public func localName(of name: Range<Int>) -> Range<Int> {
        guard let colon = name.first(where: { bytes[$0] == ASCII.colon }) else { return name }
        return colon + 1..<name.upperBound
    }

    /// The name as written.
    public func string(of name: Range<Int>) -> String { String(decoding: bytes[name], as: UTF8.self) }

    /// The first attribute of that name on the start tag that ``next()`` returned last.
    public func attribute(_ name: StaticString) -> MarkupAttribute? {
        attributes.first { isName($0.name, name) }
    }

    /// The decoded value of the first attribute of that name; nil when there is none.
    public func value(_ name: StaticString) -> String? {
        attribute(name).map { value(of: $0) }
    }

    /// An attribute's value with its character references decoded.
    public func value(of attribute: MarkupAttribute) -> String {
        CharacterReferences.string(bytes, attribute.value, .xml, isClean: isClean)
    }

    public func appendValue(of attribute: MarkupAttribute, to buffer: inout [UInt8]) {
        CharacterReferences.decode(bytes, attribute.value, .xml, isClean: isClean, into: &buffer)
    }

    /// The decoded text of a text token.
    public func text(of token: MarkupToken) -> String {
        CharacterReferences.string(bytes, token.content, token.isRaw ? .raw : .xml, isClean: isClean)
    }

    /// Appends the decoded text of a text token: references replaced, line ends made `\n`.
    public func appendText(of token: MarkupToken, to buffer: inout [UInt8]) {
        let rule: CharacterReferences.Rule = token.isRaw ? .raw : .xml
        CharacterReferences.decode(bytes, token.content, rule, isClean: isClean, into: &buffer)
    }
}
