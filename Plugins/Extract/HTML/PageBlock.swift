internal import WirewatchKit
internal import WirewatchMarkup

/// A paragraph-like piece of a page: the text between two block boundaries.
struct PageBlock {
    var text: TextBlock
    /// The block element that holds the text, and the node at which the text begins.
    var element: Int
    var start: Int
    /// The nearest element that says what the text is: `p`, `li`, `h2`, `td`, `blockquote`, `div` ...
    var tag: HTMLTag
    /// Bytes of the text that stand in links.
    var linkBytes: Int
    /// The outermost list around it, so that its items stay together.
    var list: Int?
    /// The innermost table row and table around a cell.
    var row: Int?
    var table: Int?
    var isBold: Bool

    var linkShare: Double { text.bytes.isEmpty ? 0 : Double(linkBytes) / Double(text.bytes.count) }

    /// 1 to 6 for a heading.
    var headingLevel: Int? {
        switch tag {
        case .h1: 1
        case .h2: 2
        case .h3: 3
        case .h4: 4
        case .h5: 5
        case .h6: 6
        default: nil
        }
    }

    /// How much of an article's running text the block is worth, in bytes.
    var worth: Int {
        guard !tag.isHeading, text.isSentence else { return 0 }
        let own = max(0, text.bytes.count - linkBytes)
        if text.isProse { return linkShare > 0.6 ? 0 : own }
        return linkShare > 0.3 ? 0 : own / 2
    }
}

/// A caption as the page marks it up, with where it stands.
struct PageCaption {
    var caption: Caption
    var node: Int
}

/// Walks a tree once and gathers its blocks and captions in document order.
struct BlockCollector {
    private let tree: MarkupTree
    private let hints: ElementHints
    private(set) var blocks: [PageBlock] = []
    private(set) var captions: [PageCaption] = []
    private var buffer: [UInt8] = []
    private var linkBytes = 0
    private var boldBytes = 0
    private var start = 0
    /// The open block elements.
    private var open: [(end: Int, node: Int)] = []

    init(_ tree: MarkupTree, hints: ElementHints) {
        self.tree = tree
        self.hints = hints
        collect()
    }

    private mutating func collect() {
        var linkEnd = 0
        var boldEnd = 0
        var index = 0
        let end = tree.indices.upperBound
        while index < end {
            if let last = open.last, last.end <= index {
                flush()
                while let last = open.last, last.end <= index { open.removeLast() }
            }
            let node = tree.nodes[index]
            switch node.kind {
            case .text: append(index, inLink: index < linkEnd, inBold: index < boldEnd)
            case .element:
                if Self.isSkipped(node.tag) || (node.tag != .figcaption && isUnseen(index)) {
                    index = node.end
                    continue
                }
                if node.tag == .figcaption || isCaption(index) {
                    flush()
                    addCaption(index)
                    index = node.end
                    continue
                }
                switch node.tag {
                case .a: linkEnd = max(linkEnd, node.end)
                case .b, .strong: boldEnd = max(boldEnd, node.end)
                case .br: lineBreak()
                default:
                    if node.tag.isBlock {
                        flush()
                        open.append((node.end, index))
                    }
                }
            case .document, .comment: break
            }
            index += 1
        }
        flush()
    }

    private static func isSkipped(_ tag: HTMLTag) -> Bool {
        switch tag {
        case .head, .title, .script, .style, .noscript, .template, .svg, .math, .iframe, .object, .embed, .applet,
            .select,
            .button,
            .textarea, .input, .canvas, .audio, .video, .map, .datalist, .label, .xmp, .noembed, .noframes:
            true
        default: false
        }
    }

    private mutating func append(_ index: Int, inLink: Bool, inBold: Bool) {
        let before = buffer.count
        tree.appendText(of: index, to: &buffer)
        if before == 0 || buffer[..<before].allSatisfy({ $0 <= 0x20 }) { start = index }
        let added = buffer.count - before
        if inLink { linkBytes += added }
        if inBold { boldBytes += added }
    }

    /// One break is white space, two end the paragraph.
    private mutating func lineBreak() {
        var at = buffer.count
        while at > 0, buffer[at - 1] <= 0x20 {
            if buffer[at - 1] == 0x0B {
                flush()
                return
            }
            at -= 1
        }
        // A vertical tab marks the break: no page writes one, and squeezing makes it a blank.
        buffer.append(0x0B)
    }

    private mutating func flush() {
        defer {
            buffer.removeAll(keepingCapacity: true)
            linkBytes = 0
            boldBytes = 0
        }
        guard buffer.contains(where: { $0 > 0x20 }) else { return }
        let raw = buffer.count
        let text = TextBlock(squeezing: buffer)
        guard !text.isEmpty else { return }
        // Squeezing takes blanks away; the share of links is kept in proportion.
        let scale = Double(text.bytes.count) / Double(raw)
        let (tag, list) = role()
        blocks.append(
            PageBlock(
                text: text, element: open.last?.node ?? 0, start: start, tag: tag,
                linkBytes: min(text.bytes.count, Int(Double(linkBytes) * scale + 0.5)), list: list, row: enclosing(.tr),
                table: enclosing(.table),
                isBold: boldBytes * 10 >= raw * 8))
    }

    private func enclosing(_ tag: HTMLTag) -> Int? {
        for (_, node) in open.reversed() {
            if tree.nodes[node].tag == tag { return node }
            if tree.nodes[node].tag == .table { return nil }
        }
        return nil
    }

    private func role() -> (HTMLTag, list: Int?) {
        var tag: HTMLTag?
        var list: Int?
        for (_, node) in open.reversed() {
            let element = tree.nodes[node].tag
            switch element {
            case .p, .li, .h1, .h2, .h3, .h4, .h5, .h6, .td, .th, .blockquote, .pre, .dt, .dd, .legend, .summary:
                if tag == nil || (tag == .p && (element == .li || element == .blockquote)) { tag = element }
            case .ul, .ol, .dl: list = node
            case .article, .section, .main, .body, .table: return (tag ?? .div, list)
            default: break
            }
        }
        return (tag ?? .div, list)
    }

    /// A bubble or a text for screen readers alone, inside a sentence: copied with it, it would stand in its middle.
    private func isUnseen(_ node: Int) -> Bool {
        tree.end(of: node) - node < 80 && hints[node]?.isUnseen == true
    }

    // MARK: Captions

    private func isCaption(_ node: Int) -> Bool {
        tree.nodes[node].tag != .body && tree.end(of: node) - node < 40 && hints[node]?.isCaption == true
    }

    private mutating func addCaption(_ node: Int) {
        var text: [UInt8] = []
        var credit: [UInt8] = []
        var creditEnd = 0
        for index in node..<tree.end(of: node) {
            let item = tree.nodes[index]
            if item.kind == .element {
                if Self.isSkipped(item.tag) { return }
                if item.tag.isBlock || item.tag == .br {
                    text.append(0x20)
                    credit.append(0x20)
                }
                if index > node, index >= creditEnd, hints[index]?.isCredit == true {
                    creditEnd = item.end
                    credit.append(0x20)
                    text.append(0x20)
                }
            } else if item.kind == .text {
                if index < creditEnd {
                    tree.appendText(of: index, to: &credit)
                } else {
                    tree.appendText(of: index, to: &text)
                }
            }
        }
        let words = TextBlock(squeezing: text)
        let maker = TextBlock(squeezing: credit)
        var caption = CaptionReader.part(words.text)
        if !maker.isEmpty { caption.credit = CaptionReader.credit(maker) ?? maker.text }
        guard !caption.text.isEmpty, caption.text.utf8.count <= 2000 else { return }
        captions.append(PageCaption(caption: caption, node: node))
    }
}
