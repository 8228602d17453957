extension MarkupTree {
    /// The text that a reader sees in some elements: a line for each block and for each row of a table (its cells parted
    /// by ` | `), white space collapsed, nothing of scripts, styles, forms' choices, and what is hidden.
    ///
    /// Two pages that differ in markup, attributes, scripts, comments or white space alone have the same visible text. Time
    /// is linear in the elements' size.
    /// - Parameters:
    ///   - roots: the elements, none in another, ascending: as ``MarkupSelector/outermost(in:)`` gives them. Default the
    ///     document.
    ///   - leavingOut: elements to pass over with all that is in them, ascending.
    public func visibleText(of roots: [Int] = [0], leavingOut: [Int] = []) -> String {
        var text = VisibleText(self, leavingOut)
        for root in roots where indices.contains(root) { text.add(root) }
        return text.finished()
    }
}

/// Collects lines on a walk over subtrees.
private struct VisibleText {
    private let tree: MarkupTree
    private let leftOut: [Int]
    private var nextLeftOut = 0
    private var result: [UInt8] = []
    /// Of the current line, as it stands in the source.
    private var line: [UInt8] = []
    /// Where open blocks end.
    private var blocks: [Int] = []

    init(_ tree: MarkupTree, _ leavingOut: [Int]) {
        self.tree = tree
        leftOut = leavingOut
    }

    mutating func add(_ root: Int) {
        breakLine()
        let end = tree.end(of: root)
        var index = root
        while index < end {
            while let last = blocks.last, last <= index {
                blocks.removeLast()
                breakLine()
            }
            while nextLeftOut < leftOut.count, leftOut[nextLeftOut] < index { nextLeftOut += 1 }
            if nextLeftOut < leftOut.count, leftOut[nextLeftOut] == index {
                index = tree.end(of: index)
                continue
            }
            let node = tree.nodes[index]
            switch node.kind {
            case .text: tree.appendText(of: index, to: &line)
            case .element:
                if isUnseen(index) {
                    index = node.end
                    continue
                }
                enter(index)
            case .document, .comment: break
            }
            index += 1
        }
        blocks.removeAll()
        breakLine()
    }

    private mutating func enter(_ index: Int) {
        let node = tree.nodes[index]
        switch node.tag {
        case .td, .th:
            // A cell that comes first begins its row's line; white space between cells is none.
            if line.contains(where: { !ASCII.isSpace($0) }) { line += Array(" | ".utf8) }
        case .br, .hr: breakLine()
        case _ where node.tag.isBlock:
            breakLine()
            blocks.append(node.end)
        default: break
        }
    }

    private func isUnseen(_ index: Int) -> Bool {
        switch tree.nodes[index].tag {
        case .head, .title, .script, .style, .template, .noscript, .iframe, .svg, .canvas, .audio, .video, .object,
            .select,
            .datalist, .textarea, .noframes, .noembed, .applet:
            true
        case .dialog: tree.attribute(index, "open") == nil
        default: tree.attribute(index, "hidden") != nil
        }
    }

    private mutating func breakLine() {
        guard !line.isEmpty else { return }
        let text = PageLinkReader.collapsed(line, limit: .max)
        line.removeAll(keepingCapacity: true)
        guard !text.isEmpty else { return }
        if !result.isEmpty { result.append(ASCII.lineFeed) }
        result += text.utf8
    }

    func finished() -> String { String(decoding: result, as: UTF8.self) }
}
