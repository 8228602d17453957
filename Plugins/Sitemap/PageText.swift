import WirewatchDigest
import WirewatchKit
import WirewatchMarkup

/// What of a page makes a version of it: its headings and paragraphs, without what differs at each visit.
enum PageText {
    /// A digest of the page's text, 32 hexadecimal digits; the same for other markup, menus, scripts and dates around it.
    static func digest(_ content: Document.Content) -> String {
        let bytes = Charset.decode(content.bytes, contentTypeCharset: content.type.charset)
        let paragraphs = text(bytes, paragraphsAlone: true)
        // A page without paragraphs is its whole text.
        return SHA256.identifier(of: paragraphs.isEmpty ? text(bytes, paragraphsAlone: false) : paragraphs)
    }

    /// Text with one space for every run of white space.
    private static func text(_ bytes: [UInt8], paragraphsAlone: Bool) -> [UInt8] {
        var tokenizer = HTMLTokenizer(bytes)
        var result: [UInt8] = []
        var piece: [UInt8] = []
        var isInParagraph = false
        // How many of the elements that hold no article text are open: `nav` in `header` is closed twice.
        var asides = 0
        while let token = tokenizer.next() {
            switch token.kind {
            case .startTag, .endTag:
                let isStart = token.kind == .startTag
                switch token.tag {
                case .nav, .aside, .footer, .form, .script, .style, .noscript, .template:
                    if !token.isSelfClosing { asides = max(0, asides + (isStart ? 1 : -1)) }
                    isInParagraph = false
                case .p, .h1, .h2: isInParagraph = isStart
                case .article, .main:
                    // Whatever was left open before: this is the text.
                    if isStart { asides = 0 }
                    isInParagraph = false
                case .div, .section, .body, .ul, .ol, .table: isInParagraph = false
                default: break
                }
            case .text where asides == 0 && (isInParagraph || !paragraphsAlone):
                piece.removeAll(keepingCapacity: true)
                tokenizer.append(token.range, to: &piece)
                for byte in piece {
                    if byte > 0x20 {
                        result.append(byte)
                    } else if result.last != 0x20, !result.isEmpty {
                        result.append(0x20)
                    }
                }
            default: break
            }
        }
        while result.last == 0x20 { result.removeLast() }
        return result
    }
}
