/// A token of an HTML document, as the tokenization stage of the WHATWG HTML standard (section 13.2.5) emits it.
///
/// Names and text are ranges into the bytes of the ``HTMLTokenizer`` that returned it; its attributes stand there too.
public struct HTMLToken: Sendable, Hashable {
    public enum Kind: UInt8, Sendable, Hashable {
        case startTag, endTag
        /// Character data, references decoded and line ends made `\n`. Two may follow each other.
        case text
        /// A run of U+0000, which tree construction drops or replaces depending on where it stands.
        case null
        case comment
        /// Its parts are ``HTMLTokenizer/doctype``.
        case doctype
    }

    public internal(set) var kind: Kind
    /// A tag's element; ``HTMLTag/other`` for a name that ``HTMLTag`` does not list.
    public internal(set) var tag = HTMLTag.other
    /// Whether a tag ends in `/>`.
    public internal(set) var isSelfClosing = false
    /// A tag's name in lower case; the content of text and comments.
    var content: ByteRange

    /// A tag's name in lower case, or the content of text and comments, for ``HTMLTokenizer/append(_:to:)``.
    public var range: Range<Int> { content.range }

    @inline(__always)
    init(_ kind: Kind, _ content: ByteRange) {
        self.kind = kind
        self.content = content
    }
}

/// A document type declaration.
public struct HTMLDoctype: Sendable, Hashable {
    /// In lower case; nil when the declaration has none.
    public internal(set) var name: String?
    public internal(set) var publicID: String?
    public internal(set) var systemID: String?
    /// Whether the declaration is broken, so that the document is in quirks mode.
    public internal(set) var forcesQuirks = false
}
