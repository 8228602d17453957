/// SVG and MathML within HTML (section 13.2.6.5).
extension HTMLTreeBuilder {
    mutating func inForeignContent(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .null:
            for _ in 0..<token.content.count { insertText(tokenizer.intern("\u{FFFD}")) }
        case .text:
            insertText(token.content)
            if framesetOK, !isSpace(token.content) { framesetOK = false }
        case .comment: insertComment(token)
        case .doctype: break
        case .startTag:
            if breaksOut(token) { return breakOut(&token) }
            insertForeign(token, adjusted.traits.contains(.svg) ? .svg : .mathML)
        case .endTag:
            if token.tag == .br || token.tag == .p { return breakOut(&token) }
            return endForeign(&token)
        }
        return false
    }

    /// HTML that pages write into SVG and MathML by mistake, and which therefore ends them.
    private func breaksOut(_ token: HTMLToken) -> Bool {
        switch token.tag {
        case .b, .big, .blockquote, .body, .br, .center, .code, .dd, .div, .dl, .dt, .em, .embed, .h1, .h2, .h3, .h4,
            .h5, .h6, .head, .hr, .i, .img, .li, .listing, .menu, .meta, .nobr, .ol, .p, .pre, .ruby, .s, .small, .span,
            .strong, .strike, .sub, .sup, .table, .tt, .u, .ul, .variable:
            true
        case .font:
            tokenizer.attribute("color") != nil || tokenizer.attribute("face") != nil
                || tokenizer.attribute("size") != nil
        default: false
        }
    }

    private mutating func breakOut(_ token: inout HTMLToken) -> Bool {
        while open.count > 1, current.isForeign, current.traits.isDisjoint(with: [.mathText, .htmlPoint]) { pop() }
        // By the mode's rules even if a fragment's context is foreign.
        return step(&token)
    }

    private mutating func endForeign(_ token: inout HTMLToken) -> Bool {
        var height = open.count &- 1
        while height > 0 {
            let element = open[height]
            guard element.isForeign else { return step(&token) }
            if isNamed(nodes[Int(element.node)].content, token.content) {
                pop(to: height)
                return false
            }
            height &-= 1
        }
        return false
    }

    /// Whether an element's name is, in lower case, a token's.
    private func isNamed(_ name: ByteRange, _ other: ByteRange) -> Bool {
        guard name.count == other.count else { return false }
        for offset in 0..<name.count {
            let byte = ASCII.lowercased(tokenizer.byte(Int(name.from) &+ offset))
            if byte != tokenizer.byte(Int(other.from) &+ offset) { return false }
        }
        return true
    }

    // MARK: Elements

    /// Inserts an element of SVG or MathML for the start tag, its names put right.
    mutating func insertForeign(_ token: HTMLToken, _ namespace: MarkupTree.Namespace) {
        let place = place()
        var token = token
        let name = tokenizer.string(token.content.range)
        if namespace == .svg {
            if let adjusted = ForeignNames.svgElements[name] { token.content = intern(adjusted) }
            adjustAttributes(ForeignNames.svgAttributes)
        } else {
            adjustAttributes(ForeignNames.mathMLAttributes)
        }
        // `svg` in MathML and `math` in SVG are other elements of these.
        let isRoot = (namespace == .svg && token.tag == .svg) || (namespace == .mathML && token.tag == .math)
        let node = element(token, namespace, tag: isRoot ? token.tag : .other)
        insert(node, at: place)
        if token.isSelfClosing { return }
        var traits: OpenElement.Traits
        if namespace == .svg {
            traits = OpenElement.svgTraits(ForeignNames.svgElements[name] ?? name)
        } else {
            traits = OpenElement.mathMLTraits(name)
            if traits.contains(.annotation), holdsHTML(node) { traits.insert(.htmlPoint) }
        }
        push(OpenElement(node: node, tag: .other, traits: traits, hash: nameHash(token.content)))
    }

    /// Whether an `annotation-xml` says that it holds HTML.
    private func holdsHTML(_ node: UInt32) -> Bool {
        let first = Int(nodes[Int(node)].firstAttribute)
        for index in first..<first + Int(nodes[Int(node)].attributeCount) {
            let attribute = tokenizer.attributeTable[index]
            guard tokenizer.equals(attribute.nameRange, "encoding") else { continue }
            let value = tokenizer.string(attribute.value).lowercased()
            return value == "text/html" || value == "application/xhtml+xml"
        }
        return false
    }

    private mutating func adjustAttributes(_ names: [String: String]) {
        for index in tokenizer.keptAttributes..<tokenizer.attributeTable.count {
            let name = tokenizer.attributeTable[index].nameRange
            guard name.count >= 9 || name.count == 7 || name.count == 4 || name.count == 8 else { continue }
            if let adjusted = names[tokenizer.string(name.range)] {
                tokenizer.attributeTable[index].nameRange = intern(adjusted)
            }
        }
    }

    private mutating func intern(_ text: String) -> ByteRange {
        let start = tokenizer.address
        tokenizer.decoded.append(contentsOf: text.utf8)
        return ByteRange(start, tokenizer.address)
    }
}
