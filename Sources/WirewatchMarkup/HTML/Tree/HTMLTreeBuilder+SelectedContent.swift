/// The `selectedcontent` of a `select` shows its chosen option: a copy of that option's content.
///
/// The standard copies when an option is popped off the stack; the outcome at the end of the document is the same, and
/// only the outcome is kept here.
extension HTMLTreeBuilder {
    mutating func fillSelectedContents() {
        var filled: Set<UInt32> = []
        guard !selectedContents.isEmpty else { return }
        joinTexts()
        for target in selectedContents.prefix(1000) {
            guard let select = enclosingSelect(target), filled.insert(select).inserted,
                !hasAttribute(select, "multiple"), let option = chosenOption(of: select, around: target)
            else { continue }
            links[Int(target)].first = 0
            links[Int(target)].last = 0
            hasMoved = true
            copyChildren(of: option, to: target)
        }
    }

    private func enclosingSelect(_ node: UInt32) -> UInt32? {
        var at = Int(nodes[Int(node)].parentIndex)
        while at > 0 {
            if nodes[at].tag == .select { return UInt32(at) }
            at = Int(nodes[at].parentIndex)
        }
        return nil
    }

    /// The last option marked as selected, else the first that is not disabled.
    private func chosenOption(of select: UInt32, around target: UInt32) -> UInt32? {
        var first: UInt32?
        var selected: UInt32?
        var at = Int(select)
        while let next = following(at, within: Int(select), skippingChildren: at == Int(target)) {
            at = next
            guard nodes[at].kind == .element, nodes[at].tag == .option else { continue }
            if hasAttribute(UInt32(at), "selected") { selected = UInt32(at) }
            if first == nil, !hasAttribute(UInt32(at), "disabled") { first = UInt32(at) }
        }
        return selected ?? first
    }

    private func hasAttribute(_ node: UInt32, _ name: StaticString) -> Bool {
        let first = Int(nodes[Int(node)].firstAttribute)
        return (first..<first + Int(nodes[Int(node)].attributeCount)).contains {
            tokenizer.equals(tokenizer.attributeTable[$0].nameRange, name)
        }
    }

    /// The node after `at` in document order, below `root`.
    private func following(_ at: Int, within root: Int, skippingChildren: Bool) -> Int? {
        if !skippingChildren, nodes[at].kind == .element, links[at].first != 0 { return Int(links[at].first) }
        var at = at
        while at != root, at > 0 {
            if links[at].next != 0 { return Int(links[at].next) }
            at = Int(nodes[at].parentIndex)
        }
        return nil
    }

    private mutating func copyChildren(of source: UInt32, to target: UInt32) {
        var parent = target
        var at = Int(source)
        while let next = following(at, within: Int(source), skippingChildren: false) {
            if nodes.count >= options.limits.nodes {
                isTruncated = true
                return
            }
            // As many steps up as the walk made.
            var up = at
            while up != Int(nodes[next].parentIndex) {
                up = Int(nodes[up].parentIndex)
                parent = self.parent(parent)
            }
            at = next
            var copy = MarkupTree.Node(nodes[at].kind, nodes[at].namespace, nodes[at].tag, nodes[at].content)
            copy.firstAttribute = nodes[at].firstAttribute
            copy.attributeCount = nodes[at].attributeCount
            let node = newNode(copy)
            append(node, to: parent)
            parent = node
        }
    }
}
