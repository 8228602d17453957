/// Builds the tree of an HTML document from its tokens.
///
/// Void elements, implied end tags (`p`, `li`, `dd`, `td`, `tr`, `option` ...), end tags without a start and elements
/// left open are put right as browsers do in the common cases. It does not move nodes: no foster parenting out of
/// tables and no reconstruction of formatting elements, which change the look of a page but not its text's order.
struct HTMLTreeBuilder {
    private var tokenizer: MarkupTokenizer
    private var tree: MarkupTree
    private let limits: MarkupTree.Limits
    /// The open elements, the document first.
    private var open: [(node: Int, tag: HTMLTag)] = []
    /// How many of each are open, so that most searches of the stack are not made: time stays linear.
    private var openCount = [Int](repeating: 0, count: HTMLTag.allCases.count)
    /// Start tags not pushed because the depth limit was reached; their end tags are passed over.
    private var skippedDepth = 0

    init(_ bytes: [UInt8], limits: MarkupTree.Limits) {
        // Ranges are kept in 32 bits: what lies beyond 4 GiB is not read.
        tokenizer = MarkupTokenizer(bytes, mode: .html, range: 0..<min(bytes.count, Int(UInt32.max)))
        tree = MarkupTree(source: bytes)
        self.limits = limits
    }

    mutating func build() -> MarkupTree {
        append(.document, .other, 0..<0)
        open.append((0, .other))
        while let token = tokenizer.next() {
            guard tree.nodes.count < max(1, limits.nodes) else {
                tree.isTruncated = true
                break
            }
            switch token.kind {
            case .startTag: start(token)
            case .endTag: end(HTMLTag(tokenizer.bytes, token.name), token.name)
            case .text: append(.text, .other, token.content, isRaw: token.isRaw)
            case .comment: append(.comment, .other, token.content)
            case .doctype, .processingInstruction: break
            }
        }
        while !open.isEmpty { pop() }
        return tree
    }

    // MARK: Stack

    private mutating func append(_ kind: MarkupTree.Kind, _ tag: HTMLTag, _ range: Range<Int>, isRaw: Bool = false) {
        let first = tree.attributeTable.count
        if kind == .element { tree.attributeTable += tokenizer.attributes }
        let index = tree.nodes.count
        tree.nodes.append(
            MarkupTree.Node(
                kind: kind, isRaw: isRaw, tag: tag, parentIndex: Int32(open.last?.node ?? -1),
                endIndex: Int32(index + 1), from: UInt32(range.lowerBound), to: UInt32(range.upperBound),
                firstAttribute: UInt32(first), attributeEnd: UInt32(tree.attributeTable.count)))
    }

    private mutating func pop() {
        guard let last = open.popLast() else { return }
        openCount[last.tag.ordinal] -= 1
        tree.nodes[last.node].endIndex = Int32(tree.nodes.count)
    }

    private mutating func pop(to height: Int) {
        while open.count > height { pop() }
    }

    /// The place in the stack of the nearest open element of these, not looking past a scope's boundary.
    private func find(_ tag: HTMLTag, within boundary: (HTMLTag) -> Bool) -> Int? {
        guard openCount[tag.ordinal] > 0 else { return nil }
        var height = open.count - 1
        while height > 0 {
            if open[height].tag == tag { return height }
            if boundary(open[height].tag) { return nil }
            height -= 1
        }
        return nil
    }

    // MARK: Tags

    private mutating func start(_ token: MarkupToken) {
        let tag = HTMLTag(tokenizer.bytes, token.name)
        switch tag {
        case .html, .body, .head:
            // A second one adds nothing; the first head or body ends the head.
            if openCount[tag.ordinal] > 0 { return }
            if tag == .body, let head = find(.head, within: { _ in false }) { pop(to: head) }
        default: closeImplied(before: tag)
        }
        append(.element, tag, token.name)
        let closesItself = tag.isVoid || (token.isSelfClosing && isForeign(tag))
        if closesItself { return }
        guard open.count < limits.depth else {
            skippedDepth += 1
            tree.isTruncated = true
            return
        }
        open.append((tree.nodes.count - 1, tag))
        openCount[tag.ordinal] += 1
    }

    /// Whether `/>` closes the element: in SVG and MathML, and for custom elements written so.
    private func isForeign(_ tag: HTMLTag) -> Bool {
        tag == .svg || tag == .math || openCount[HTMLTag.svg.ordinal] > 0 || openCount[HTMLTag.math.ordinal] > 0
    }

    private mutating func closeImplied(before tag: HTMLTag) {
        if tag.closesHead, let head = find(.head, within: { _ in false }), open.count - 1 == head { pop(to: head) }
        if tag.closesParagraph, let paragraph = find(.p, within: \.boundsButtonScope) { pop(to: paragraph) }
        switch tag {
        case .li: closeNearest([.li]) { $0 == .ul || $0 == .ol || $0 == .menu || $0.boundsScope }
        case .dd, .dt: closeNearest([.dd, .dt]) { $0 == .dl || $0.boundsScope }
        case .option: if open.last?.tag == .option { pop() }
        case .optgroup:
            if open.last?.tag == .option { pop() }
            if open.last?.tag == .optgroup { pop() }
        case .td, .th: closeNearest([.td, .th, .caption]) { $0 == .tr || $0 == .table }
        case .tr:
            closeNearest([.tr, .caption, .colgroup]) { $0 == .table || $0 == .tbody || $0 == .thead || $0 == .tfoot }
        case .tbody, .thead, .tfoot: closeNearest([.tbody, .thead, .tfoot, .caption, .colgroup]) { $0 == .table }
        case .a: closeNearest([.a]) { $0.boundsScope || $0.isBlock }
        case .button: closeNearest([.button], within: \.boundsScope)
        case .rt, .rp: if let last = open.last?.tag, last == .rt || last == .rp { pop() }
        case .h1, .h2, .h3, .h4, .h5, .h6:
            if let last = open.last?.tag, last.isHeading { pop() }
        default: break
        }
    }

    private mutating func closeNearest(_ tags: [HTMLTag], within boundary: (HTMLTag) -> Bool) {
        guard tags.contains(where: { openCount[$0.ordinal] > 0 }) else { return }
        var height = open.count - 1
        while height > 0 {
            if tags.contains(open[height].tag) { return pop(to: height) }
            if boundary(open[height].tag) { return }
            height -= 1
        }
    }

    private mutating func end(_ tag: HTMLTag, _ name: Range<Int>) {
        if skippedDepth > 0, !tag.isVoid {
            skippedDepth -= 1
            return
        }
        switch tag {
        case .body, .html: return  // What follows still belongs to the body.
        case .other: endOther(name)
        case .h1, .h2, .h3, .h4, .h5, .h6:
            closeNearest([.h1, .h2, .h3, .h4, .h5, .h6], within: \.boundsScope)
        case .table, .tr, .tbody, .thead, .tfoot, .td, .th, .caption:
            if let height = find(tag, within: { $0 == .table && tag != .table }) { pop(to: height) }
        case .li:
            if let height = find(tag, within: { $0 == .ul || $0 == .ol || $0.boundsScope }) { pop(to: height) }
        default:
            // An inline end tag does not reach out of the block that it stands in.
            let height =
                tag.isBlock ? find(tag, within: \.boundsScope) : find(tag, within: { $0.boundsScope || $0.isBlock })
            if let height { pop(to: height) }
        }
    }

    /// An element without an own case ends the nearest of that name, within the blocks next around.
    private mutating func endOther(_ name: Range<Int>) {
        guard openCount[HTMLTag.other.ordinal] > 0 else { return }
        var height = open.count - 1
        while height > 0 {
            let (node, tag) = open[height]
            if tag == .other, same(tree.nodes[node].range, name) { return pop(to: height) }
            if tag.boundsScope { return }
            height -= 1
        }
    }

    private func same(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
        guard a.count == b.count else { return false }
        let offset = b.lowerBound - a.lowerBound
        return a.allSatisfy {
            ASCII.lowercased(tokenizer.bytes[$0]) == ASCII.lowercased(tokenizer.bytes[$0 + offset])
        }
    }
}
