import WirewatchMarkup

/// Collects the text of one element of a feed, with the markup inside it where that is wanted.
struct TextCapture {
    enum Target {
        case field(FeedField)
        case person(PersonDraft.Part)
    }

    enum Kind {
        case plain
        /// Markup, escaped once.
        case html
        /// Markup, as elements.
        case xhtml
        /// Plain or escaped markup; its looks decide.
        case either
        /// Not a text.
        case binary
    }

    var target: Target
    /// Against other elements for the same field: see ``FeedField/weight(_:_:)``.
    var weight: Int
    var kind: Kind
    /// The place in the stack of the element itself.
    var depth: Int
    /// For RSS's guid.
    var isPermanentLink = false
    private var buffer: [UInt8] = []
    private var hasElements = false

    init(_ target: Target, weight: Int, kind: Kind, depth: Int) {
        self.target = target
        self.weight = weight
        self.kind = kind
        self.depth = depth
    }

    var text: String { String(decoding: buffer, as: UTF8.self) }

    /// Whether the text is HTML.
    var isHTML: Bool {
        switch kind {
        case .plain, .binary: false
        case .html, .xhtml: true
        case .either: hasElements || PlainText.looksLikeHTML(text)
        }
    }

    mutating func append(_ token: MarkupToken, _ tokenizer: MarkupTokenizer) {
        guard kind == .xhtml else {
            if kind != .binary { tokenizer.appendText(of: token, to: &buffer) }
            return
        }
        if !token.isRaw { return buffer.append(contentsOf: tokenizer.bytes[token.content]) }
        for byte in tokenizer.bytes[token.content] {
            switch byte {
            case UInt8(ascii: "<"): buffer.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: "&"): buffer.append(contentsOf: "&amp;".utf8)
            default: buffer.append(byte)
            }
        }
    }

    /// Writes a tag inside the element as HTML, without its prefix.
    mutating func appendTag(_ tokenizer: MarkupTokenizer, _ local: String, _ token: MarkupToken, isEnd: Bool) {
        guard kind != .plain, kind != .binary else { return }
        hasElements = true
        buffer.append(contentsOf: (isEnd ? "</" : "<").utf8)
        buffer.append(contentsOf: local.utf8)
        if !isEnd {
            for attribute in tokenizer.attributes where !tokenizer.bytes[attribute.name].starts(with: "xmlns".utf8) {
                buffer.append(0x20)
                buffer.append(contentsOf: tokenizer.bytes[attribute.name])
                buffer.append(contentsOf: "=\"".utf8)
                for byte in tokenizer.bytes[attribute.value] {
                    if byte == UInt8(ascii: "\"") {
                        buffer.append(contentsOf: "&quot;".utf8)
                    } else {
                        buffer.append(byte)
                    }
                }
                buffer.append(UInt8(ascii: "\""))
            }
        }
        buffer.append(UInt8(ascii: ">"))
        if token.isSelfClosing, !isEnd, !HTMLTag(tokenizer.bytes, tokenizer.localName(of: token.name)).isVoid {
            buffer.append(contentsOf: "</\(local)>".utf8)
        }
    }
}
