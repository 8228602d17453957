/// A text of a feed that may be HTML.
public struct FeedText: Sendable, Hashable {
    public var text: String
    /// Whether ``text`` is HTML; otherwise it is plain and a `<` stands for itself.
    public var isHTML: Bool

    public init(_ text: String, isHTML: Bool) {
        self.text = text
        self.isHTML = isHTML
    }

    /// The text without markup, white space collapsed, blocks separated by one blank line.
    public var plain: String { isHTML ? PlainText.blocks(text) : PlainText.collapsed(text) }

    /// The text without markup on one line.
    public var line: String { String(decoding: lineUTF8, as: UTF8.self) }

    /// The bytes of ``line``, which cost less.
    public var lineUTF8: [UInt8] { isHTML ? PlainText.lineUTF8(text) : PlainText.collapsed(Array(text.utf8)) }
}
