/// The relatives of a node while the tree is built; 0 for none, for the document is no one's relative. 16 bytes.
struct Links {
    /// For a text, its first further piece and its last one, plus one.
    var first: UInt32 = 0
    var last: UInt32 = 0
    var previous: UInt32 = 0
    var next: UInt32 = 0
}

/// A further piece of a text node; `next` is the place of the piece after it, plus one.
struct TextPiece {
    var content: ByteRange
    var next: UInt32 = 0
}

/// Where a node is put: as the last child of `parent`, or before one of its children.
struct InsertionPlace {
    var parent: UInt32
    var before: UInt32 = 0
}

extension HTMLTreeBuilder {
    @inline(__always)
    mutating func newNode(_ node: MarkupTree.Node) -> UInt32 {
        let index = UInt32(truncatingIfNeeded: nodes.count)
        nodes.append(node)
        links.append(Links())
        return index
    }

    @inline(__always)
    func parent(_ node: UInt32) -> UInt32 { UInt32(max(0, nodes[Int(node)].parentIndex)) }

    // MARK: Linking

    @inline(__always)
    mutating func append(_ node: UInt32, to parent: UInt32) {
        let last = links[Int(parent)].last
        nodes[Int(node)].parentIndex = Int32(truncatingIfNeeded: parent)
        links[Int(node)].previous = last
        if last == 0 { links[Int(parent)].first = node } else { links[Int(last)].next = node }
        links[Int(parent)].last = node
    }

    @inline(__always)
    mutating func insert(_ node: UInt32, at place: InsertionPlace) {
        if place.before == 0 { return append(node, to: place.parent) }
        hasMoved = true
        let previous = links[Int(place.before)].previous
        nodes[Int(node)].parentIndex = Int32(truncatingIfNeeded: place.parent)
        links[Int(node)].previous = previous
        links[Int(node)].next = place.before
        links[Int(place.before)].previous = node
        if previous == 0 { links[Int(place.parent)].first = node } else { links[Int(previous)].next = node }
    }

    /// Takes a node from its parent, if it has one.
    mutating func unlink(_ node: UInt32) {
        guard nodes[Int(node)].parentIndex >= 0 else { return }
        hasMoved = true
        let own = links[Int(node)]
        let parent = Int(parent(node))
        if own.previous == 0 { links[parent].first = own.next } else { links[Int(own.previous)].next = own.next }
        if own.next == 0 { links[parent].last = own.previous } else { links[Int(own.next)].previous = own.previous }
        links[Int(node)].previous = 0
        links[Int(node)].next = 0
        nodes[Int(node)].parentIndex = -1
    }

    /// Each node is moved so but once: it ends up in a formatting element, whose children are never moved.
    mutating func moveChildren(of node: UInt32, to target: UInt32) {
        hasMoved = true
        let own = links[Int(node)]
        guard own.first != 0 else { return }
        var child = own.first
        while child != 0 {
            nodes[Int(child)].parentIndex = Int32(truncatingIfNeeded: target)
            child = links[Int(child)].next
        }
        let last = links[Int(target)].last
        links[Int(own.first)].previous = last
        if last == 0 { links[Int(target)].first = own.first } else { links[Int(last)].next = own.first }
        links[Int(target)].last = own.last
        links[Int(node)].first = 0
        links[Int(node)].last = 0
    }

    // MARK: Places

    /// The appropriate place for inserting a node, in `target` or else the current node (section 13.2.6.1).
    @inline(__always)
    func place(in target: OpenElement? = nil) -> InsertionPlace {
        let target = target ?? open[open.count &- 1]
        return fosterParenting ? fosterPlace(target) : InsertionPlace(parent: target.node)
    }

    private func fosterPlace(_ target: OpenElement) -> InsertionPlace {
        switch target.tag {
        case .table, .tbody, .tfoot, .thead, .tr: break
        default: return InsertionPlace(parent: target.node)
        }
        var height = open.count &- 1
        while height > 0, open[height].tag != .table, open[height].tag != .template { height &-= 1 }
        guard height > 0 else { return InsertionPlace(parent: open[0].node) }
        if open[height].tag == .template { return InsertionPlace(parent: open[height].node) }
        let table = open[height].node
        if nodes[Int(table)].parentIndex >= 0 { return InsertionPlace(parent: parent(table), before: table) }
        return InsertionPlace(parent: open[height &- 1].node)
    }

    // MARK: Text and comments

    mutating func insertText(_ content: ByteRange) {
        guard !content.isEmpty else { return }
        let place = place()
        let previous = place.before == 0 ? links[Int(place.parent)].last : links[Int(place.before)].previous
        if previous != 0, nodes[Int(previous)].kind == .text { return extend(previous, content) }
        insert(newNode(MarkupTree.Node(.text, .html, .other, content)), at: place)
    }

    private mutating func extend(_ text: UInt32, _ content: ByteRange) {
        let index = Int(text)
        let tail = Int(links[index].last)
        if tail == 0 {
            if nodes[index].content.to == content.from {
                nodes[index].content.to = content.to
                return
            }
            piecedTexts.append(text)
        } else if pieces[tail &- 1].content.to == content.from {
            pieces[tail &- 1].content.to = content.to
            return
        }
        pieces.append(TextPiece(content: content))
        let place = UInt32(truncatingIfNeeded: pieces.count)
        if tail == 0 { links[index].first = place } else { pieces[tail &- 1].next = place }
        links[index].last = place
    }

    mutating func insertComment(_ token: HTMLToken) { insertComment(token, at: place()) }

    mutating func insertComment(_ token: HTMLToken, at place: InsertionPlace) {
        insert(newNode(MarkupTree.Node(.comment, .html, .other, token.content)), at: place)
    }

    // MARK: Finishing

    /// The tree in document order.
    mutating func finish() -> MarkupTree {
        joinTexts()
        if hasMoved || !setEnds() { reorder() }
        links = []
        var tree = MarkupTree(
            source: tokenizer.source, decoded: tokenizer.decoded, nodes: nodes, attributes: tokenizer.attributeTable)
        tree.isTruncated = isTruncated
        tree.isQuirky = isQuirky
        tree.doctype = doctype
        return tree
    }

    /// Gives each text that has several pieces one range.
    mutating func joinTexts() {
        for text in piecedTexts {
            let start = tokenizer.address
            var content = nodes[Int(text)].content
            var piece = Int(links[Int(text)].first)
            while true {
                for address in content.range { tokenizer.decoded.append(tokenizer.byte(address)) }
                guard piece != 0 else { break }
                content = pieces[piece &- 1].content
                piece = Int(pieces[piece &- 1].next)
            }
            nodes[Int(text)].content = ByteRange(start, tokenizer.address)
            links[Int(text)] = Links(
                first: 0, last: 0, previous: links[Int(text)].previous, next: links[Int(text)].next)
        }
        pieces = []
        piecedTexts = []
    }

    /// Sets where subtrees end if the nodes are in document order already, as those of most pages are; false if not.
    private mutating func setEnds() -> Bool {
        var path = 0
        for index in 1..<max(1, nodes.count) {
            let parent = Int(nodes[index].parentIndex)
            // Up from the node before to the parent: each step ends a subtree.
            while path != parent {
                guard path > 0 else { return false }
                nodes[path].endIndex = Int32(truncatingIfNeeded: index)
                path = Int(nodes[path].parentIndex)
            }
            path = index
        }
        while path >= 0 {
            nodes[path].endIndex = Int32(truncatingIfNeeded: nodes.count)
            path = Int(nodes[path].parentIndex)
        }
        return true
    }

    /// Copies the nodes into document order, without those that hang on nothing.
    private mutating func reorder() {
        var ordered: [MarkupTree.Node] = []
        ordered.reserveCapacity(nodes.count)
        var at = 0
        var parent: Int32 = -1
        while true {
            var node = nodes[at]
            node.parentIndex = parent
            let index = Int32(truncatingIfNeeded: ordered.count)
            ordered.append(node)
            let first = Int(links[at].first)
            if first != 0 {
                parent = index
                at = first
                continue
            }
            ordered[Int(index)].endIndex = index &+ 1
            while at != 0, links[at].next == 0 {
                at = Int(nodes[at].parentIndex)
                if parent >= 0 {
                    ordered[Int(parent)].endIndex = Int32(truncatingIfNeeded: ordered.count)
                    parent = ordered[Int(parent)].parentIndex
                }
            }
            if at == 0 { break }
            at = Int(links[at].next)
        }
        nodes = ordered
    }
}

extension MarkupTree {
    fileprivate init(source: [UInt8], decoded: [UInt8], nodes: [Node], attributes: [MarkupAttribute]) {
        self.source = source
        self.decoded = decoded
        self.nodes = nodes
        attributeTable = attributes
    }
}
