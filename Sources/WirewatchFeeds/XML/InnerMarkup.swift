import WirewatchMarkup

/// Writes the markup inside an element of XML as HTML: without prefixes and namespace declarations, void elements
/// without end tags, references absolute.
struct InnerMarkup {
    private var tokenizer: MarkupTokenizer
    /// The bases of the elements that are open, where one sets its own.
    private var bases: [(depth: Int, base: String)] = []
    private var depth = 0
    private let base: String?
    private let escapesSections: Bool
    private let decodesText: Bool

    /// - Parameters:
    ///   - range: the element's content.
    ///   - escapesSections: whether a CDATA section holds text; otherwise it holds markup.
    ///   - decodesText: whether the text between the elements is itself markup, escaped once.
    init(_ bytes: [UInt8], _ range: Range<Int>, base: String?, escapesSections: Bool, decodesText: Bool) {
        tokenizer = MarkupTokenizer(bytes, range: range)
        self.base = base
        self.escapesSections = escapesSections
        self.decodesText = decodesText
    }

    mutating func write(into buffer: inout [UInt8]) {
        while let token = tokenizer.next() {
            switch token.kind {
            case .text:
                if token.isRaw, escapesSections {
                    Self.escape(tokenizer.bytes[token.content], into: &buffer)
                } else if decodesText {
                    tokenizer.appendText(of: token, to: &buffer)
                } else {
                    buffer.append(contentsOf: tokenizer.bytes[token.content])
                }
            case .startTag: start(token, &buffer)
            case .endTag:
                depth = max(0, depth - 1)
                while let last = bases.last, last.depth >= depth { bases.removeLast() }
                buffer.append(contentsOf: "</".utf8)
                buffer.append(contentsOf: tokenizer.bytes[tokenizer.localName(of: token.name)])
                buffer.append(UInt8(ascii: ">"))
            case .comment, .doctype, .processingInstruction: break
            }
        }
    }

    private mutating func start(_ token: MarkupToken, _ buffer: inout [UInt8]) {
        let bytes = tokenizer.bytes
        let local = tokenizer.localName(of: token.name)
        var inner = bases.last?.base ?? base
        if let own = tokenizer.value("xml:base") {
            inner = URLReference.resolve(own, base: inner)
            if let inner, !token.isSelfClosing, inner.utf8.count <= XMLFeedReader.maximumBase {
                bases.append((depth, inner))
            }
        }
        buffer.append(UInt8(ascii: "<"))
        buffer.append(contentsOf: bytes[local])
        for attribute in tokenizer.attributes {
            if bytes[attribute.name].starts(with: "xmlns".utf8) || tokenizer.isName(attribute.name, "xml:base") {
                continue
            }
            write(attribute, base: inner, into: &buffer)
        }
        buffer.append(UInt8(ascii: ">"))
        if !token.isSelfClosing {
            depth += 1
        } else if !HTMLTag(bytes, local).isVoid {
            buffer.append(contentsOf: "</".utf8)
            buffer.append(contentsOf: bytes[local])
            buffer.append(UInt8(ascii: ">"))
        }
    }

    private func write(_ attribute: MarkupAttribute, base: String?, into buffer: inout [UInt8]) {
        let bytes = tokenizer.bytes
        buffer.append(0x20)
        buffer.append(contentsOf: bytes[attribute.name])
        buffer.append(contentsOf: "=\"".utf8)
        if let absolute = MarkupReferences.absolute(bytes, attribute.name, attribute.value, base: base) {
            Self.quote(absolute.utf8, into: &buffer)
        } else {
            Self.quote(bytes[attribute.value], into: &buffer)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    private static func quote(_ bytes: some Sequence<UInt8>, into buffer: inout [UInt8]) {
        for byte in bytes {
            if byte == UInt8(ascii: "\"") {
                buffer.append(contentsOf: "&quot;".utf8)
            } else {
                buffer.append(byte)
            }
        }
    }

    private static func escape(_ bytes: some Sequence<UInt8>, into buffer: inout [UInt8]) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "<"): buffer.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: "&"): buffer.append(contentsOf: "&amp;".utf8)
            default: buffer.append(byte)
            }
        }
    }
}
