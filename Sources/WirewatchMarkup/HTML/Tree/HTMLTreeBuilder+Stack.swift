/// The stack of open elements (section 13.2.4.2) and what puts elements on it.
extension HTMLTreeBuilder {
    @inline(__always)
    var current: OpenElement { open[open.count &- 1] }

    @inline(__always)
    var currentTag: HTMLTag { open[open.count &- 1].tag }

    // MARK: Pushing

    /// Puts an element on the stack unless that is full: then the element stays without content, what follows goes to its
    /// parent, and its end tag is passed over. Returns whether it was put there.
    ///
    /// A table's parts and raw text are let through. Their number is bounded: they go no deeper than one table that was
    /// on the stack, and their modes rely on them.
    @discardableResult
    @inline(__always)
    mutating func push(_ element: OpenElement, always: Bool = false) -> Bool {
        if open.count >= depthLimit, !always {
            isTruncated = true
            overflow.append(element)
            return false
        }
        open.append(element)
        openCount[element.tag] &+= 1
        return true
    }

    @inline(__always)
    mutating func pop() {
        guard let last = open.popLast() else { return }
        openCount[last.tag] &-= 1
    }

    mutating func pop(to height: Int) {
        while open.count > height { pop() }
    }

    mutating func removeOpen(at height: Int) {
        openCount[open[height].tag] &-= 1
        open.remove(at: height)
    }

    func height(of node: UInt32) -> Int? { open.lastIndex { $0.node == node } }

    /// Pops up to and including the nearest element of this tag.
    mutating func pop(through tag: HTMLTag) {
        while let last = open.last, open.count > 1 || !isFragment {
            pop()
            if last.tag == tag { return }
        }
    }

    /// Whether the token is the end tag of an element that the full stack had no place for.
    mutating func endsOverflow(_ token: HTMLToken) -> Bool {
        if open.count < depthLimit {
            overflow.removeAll()
            return false
        }
        guard token.kind == .endTag, mode != .text else { return false }
        let hash = nameHash(token)
        // As deep as end tags reach in practice; a bound for time.
        for height in stride(from: overflow.count - 1, through: max(0, overflow.count - 64), by: -1)
        where overflow[height].tag == token.tag && overflow[height].hash == hash {
            overflow.removeLast(overflow.count - height)
            return true
        }
        return false
    }

    // MARK: Elements for tokens

    /// Makes an element of the start tag; its attributes are kept in the table.
    @inline(__always)
    mutating func element(
        _ token: HTMLToken, _ namespace: MarkupTree.Namespace = .html, tag: HTMLTag
    ) -> UInt32 {
        var node = MarkupTree.Node(.element, namespace, tag, token.content)
        let count = tokenizer.attributeTable.count
        node.firstAttribute = UInt32(truncatingIfNeeded: tokenizer.keptAttributes)
        node.attributeCount = UInt16(truncatingIfNeeded: count &- tokenizer.keptAttributes)
        tokenizer.keptAttributes = count
        return newNode(node)
    }

    /// Inserts an HTML element for the start tag and puts it on the stack; returns the node, or 0 if the stack is full.
    @discardableResult
    @inline(__always)
    mutating func insertElement(_ token: HTMLToken, always: Bool = false) -> UInt32 {
        let place = place()
        let node = element(token, tag: token.tag)
        insert(node, at: place)
        let entry = OpenElement(node: node, tag: token.tag, traits: token.tag.traits, hash: nameHash(token))
        return push(entry, always: always) ? node : 0
    }

    /// Inserts an element that has no content.
    @inline(__always)
    mutating func insertVoid(_ token: HTMLToken) {
        let place = place()
        insert(element(token, tag: token.tag), at: place)
    }

    /// Inserts an element that no token stands for.
    @discardableResult
    mutating func insertImplied(_ tag: HTMLTag, _ name: StaticString) -> UInt32 {
        let node = newNode(MarkupTree.Node(.element, .html, tag, tokenizer.intern(name)))
        insert(node, at: open.isEmpty ? InsertionPlace(parent: 0) : place())
        push(OpenElement(node: node, tag: tag, traits: tag.traits, hash: 0), always: true)
        return node
    }

    /// A hash of the name for elements that ``HTMLTag`` does not list; 0 for others.
    @inline(__always)
    func nameHash(_ token: HTMLToken) -> UInt16 {
        guard token.tag == .other, !token.content.isEmpty else { return 0 }
        return nameHash(token.content)
    }

    func nameHash(_ name: ByteRange) -> UInt16 {
        let first = UInt16(tokenizer.byte(Int(name.from)))
        let last = UInt16(tokenizer.byte(Int(name.to) &- 1))
        return (UInt16(truncatingIfNeeded: name.count) &* 31 &+ first) &* 31 &+ last | 1
    }

    // MARK: Scopes

    @inline(__always)
    func isInScope(_ tag: HTMLTag) -> Bool {
        guard openCount[tag] > 0 else { return false }
        return nearest(tag) { $0.traits.contains(.scope) } != nil
    }

    @inline(__always)
    func isInButtonScope(_ tag: HTMLTag) -> Bool {
        guard openCount[tag] > 0 else { return false }
        return nearest(tag) { $0.traits.contains(.scope) || $0.tag == .button } != nil
    }

    func isInListScope(_ tag: HTMLTag) -> Bool {
        guard openCount[tag] > 0 else { return false }
        return nearest(tag) { $0.traits.contains(.scope) || $0.tag == .ol || $0.tag == .ul } != nil
    }

    func isInTableScope(_ tag: HTMLTag) -> Bool {
        guard openCount[tag] > 0 else { return false }
        return nearest(tag) { $0.tag == .table || $0.tag == .template || $0.tag == .html } != nil
    }

    /// Whether this very element is in scope.
    func isInScope(node: UInt32) -> Bool {
        for element in open.reversed() {
            if element.node == node { return true }
            if element.traits.contains(.scope) { return false }
        }
        return false
    }

    /// The height of the nearest open HTML element of the tag that no boundary is before.
    @inline(__always)
    private func nearest(_ tag: HTMLTag, boundary: (OpenElement) -> Bool) -> Int? {
        var height = open.count &- 1
        while height >= 0 {
            let element = open[height]
            if element.tag == tag { return height }
            if boundary(element) { return nil }
            height &-= 1
        }
        return nil
    }

    // MARK: Implied end tags

    mutating func generateImpliedEndTags(except tag: HTMLTag = .other) {
        while let last = open.last, last.tag.hasImpliedEnd, last.tag != tag { pop() }
    }

    mutating func generateThoroughlyImpliedEndTags() {
        while let last = open.last, last.tag.hasThoroughlyImpliedEnd { pop() }
    }

    @inline(__always)
    mutating func closeParagraphInButtonScope() {
        if isInButtonScope(.p) { closeParagraph() }
    }

    mutating func closeParagraph() {
        generateImpliedEndTags(except: .p)
        pop(through: .p)
    }

    // MARK: Mode

    /// Resets the insertion mode appropriately (section 13.2.4.1).
    mutating func resetMode() {
        var height = open.count &- 1
        while height >= 0 {
            let isLast = height == 0
            let tag = isLast && isFragment ? context.tag : open[height].tag
            switch tag {
            case .td, .th:
                if !isLast {
                    mode = .inCell
                    return
                }
            case .tr:
                mode = .inRow
                return
            case .tbody, .thead, .tfoot:
                mode = .inTableBody
                return
            case .caption:
                mode = .inCaption
                return
            case .colgroup:
                mode = .inColumnGroup
                return
            case .table:
                mode = .inTable
                return
            case .template:
                mode = templateModes.last ?? .inTemplate
                return
            case .head:
                if !isLast {
                    mode = .inHead
                    return
                }
            case .body:
                mode = .inBody
                return
            case .frameset:
                mode = .inFrameset
                return
            case .html:
                mode = head == 0 ? .beforeHead : .afterHead
                return
            default: break
            }
            height &-= 1
        }
        mode = .inBody
    }

    // MARK: Fragments

    /// The fragment parsing algorithm up to the first token (section 13.2.6.6, "parsing HTML fragments").
    mutating func beginFragment() {
        push(OpenElement(node: 0, tag: .html, traits: HTMLTag.html.traits, hash: 0), always: true)
        if !context.isForeign {
            tokenizer.contentModel = context.tag.contentModel
            if context.tag == .noscript, options.scripting { tokenizer.contentModel = .rawText }
            if context.tag == .template { templateModes.append(.inTemplate) }
        }
        resetMode()
        tokenizer.allowsCDATA = context.isForeign
        // A form around the fragment would be the form element; the caller's tree is not known here, but the context is.
        if context.tag == .form { form = UInt32.max }
    }
}
