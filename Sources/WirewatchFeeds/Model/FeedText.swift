import WirewatchMarkup

/// A text of a feed that may be HTML.
public struct FeedText: Sendable, Hashable {
    /// The text's bytes, UTF-8. Most texts go on as bytes, to be digested, extracted from or left alone, so that no string is
    /// made before one is wanted.
    public let utf8: [UInt8]
    /// Whether the text is HTML; otherwise it is plain and a `<` stands for itself.
    public let isHTML: Bool

    public init(_ text: String, isHTML: Bool) { self.init(utf8: Array(text.utf8), isHTML: isHTML) }

    /// - Parameter utf8: broken sequences of it become U+FFFD in ``text``.
    init(utf8: [UInt8], isHTML: Bool) {
        self.utf8 = utf8
        self.isHTML = isHTML
    }

    /// The text as a string, made at each call.
    public var text: String { TextDecoding.string(utf8[...]) }

    /// The text without markup, white space collapsed, blocks separated by one blank line.
    public var plain: String { isHTML ? PlainText.blocks(utf8) : line }

    /// The text without markup on one line.
    public var line: String { String(decoding: lineUTF8, as: UTF8.self) }

    /// The bytes of ``line``, which cost less.
    public var lineUTF8: [UInt8] {
        var line: [UInt8] = []
        appendLine(to: &line)
        return line
    }

    /// Appends the bytes of ``line``: who looks at many texts spares an allocation for each.
    public func appendLine(to buffer: inout [UInt8]) {
        utf8.withUnsafeBufferPointer { bytes in
            if isHTML {
                PlainText.appendLine(bytes, to: &buffer)
            } else {
                PlainText.appendCollapsed(bytes, to: &buffer)
            }
        }
    }
}
