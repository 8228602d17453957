/// A piece of markup, as byte ranges into the source that it was read from: nothing is copied.
public struct MarkupToken: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case startTag
        case endTag
        /// Character data. Its ``content`` may hold character references unless ``isRaw``.
        case text
        case comment
        case doctype
        /// XML only: `<?target data?>`.
        case processingInstruction
    }

    public var kind: Kind
    /// The whole token, delimiters included.
    public var source: Range<Int>
    /// The name of a tag, a processing instruction's target or a document type's name; empty for the rest.
    public var name: Range<Int>
    /// Where the first colon of a tag's name stands; -1 without one.
    var colon = -1
    /// Text, a comment's or instruction's data, a document type's identifiers; empty for tags.
    public var content: Range<Int>
    /// Whether a tag ends in `/>`.
    public var isSelfClosing = false
    /// Whether ``content`` is taken as it stands: CDATA, script, style.
    public var isRaw = false
    /// Whether the text is a CDATA section.
    public var isCDATA = false

    init(_ kind: Kind, source: Range<Int>, name: Range<Int>? = nil, content: Range<Int>? = nil) {
        self.kind = kind
        self.source = source
        self.name = name ?? source.lowerBound..<source.lowerBound
        self.content = content ?? source.lowerBound..<source.lowerBound
    }

    /// The part of a tag's name before its colon; empty without one.
    public var prefix: Range<Int> { name.lowerBound..<max(name.lowerBound, colon) }

    /// The part of a tag's name after its colon; the whole name without one.
    public var localName: Range<Int> { max(name.lowerBound, colon &+ 1)..<name.upperBound }
}
