/// The insertion mode "in body": end tags.
extension HTMLTreeBuilder {
    mutating func endInBody(_ token: inout HTMLToken) -> Bool {
        switch token.tag {
        case .template: return inHead(&token)
        case .body: if isInScope(.body) { mode = .afterBody }
        case .html:
            guard isInScope(.body) else { return false }
            mode = .afterBody
            return true
        case .address, .article, .aside, .blockquote, .button, .center, .details, .dialog, .dir, .div, .dl, .fieldset,
            .figcaption, .figure, .footer, .header, .hgroup, .listing, .main, .menu, .nav, .ol, .pre, .search, .section,
            .select, .summary, .ul:
            guard isInScope(token.tag) else { return false }
            generateImpliedEndTags()
            pop(through: token.tag)
        case .form: endForm()
        case .p:
            if !isInButtonScope(.p) { insertImplied(.p, "p") }
            closeParagraph()
        case .li:
            guard isInListScope(.li) else { return false }
            generateImpliedEndTags(except: .li)
            pop(through: .li)
        case .dd, .dt:
            guard isInScope(token.tag) else { return false }
            generateImpliedEndTags(except: token.tag)
            pop(through: token.tag)
        case .h1, .h2, .h3, .h4, .h5, .h6: endHeading()
        case .a, .b, .big, .code, .em, .font, .i, .nobr, .s, .small, .strike, .strong, .tt, .u: adopt(token)
        case .applet, .marquee, .object:
            guard isInScope(token.tag) else { return false }
            generateImpliedEndTags()
            pop(through: token.tag)
            clearFormattingToMarker()
        case .br:
            // As a start tag without attributes.
            reconstructFormatting()
            let place = place()
            insert(newNode(MarkupTree.Node(.element, .html, .br, token.content)), at: place)
            framesetOK = false
        default: endOther(token)
        }
        return false
    }

    private mutating func endForm() {
        if openCount[HTMLTag.template] > 0 {
            guard isInScope(.form) else { return }
            generateImpliedEndTags()
            return pop(through: .form)
        }
        let node = form
        form = 0
        guard node != 0, isInScope(node: node) else { return }
        generateImpliedEndTags()
        if let height = height(of: node) { removeOpen(at: height) }
    }

    private mutating func endHeading() {
        for element in open.reversed() {
            if element.tag.isHeading {
                generateImpliedEndTags()
                while let last = open.last {
                    pop()
                    if last.tag.isHeading { return }
                }
            }
            if element.traits.contains(.scope) { return }
        }
    }

    /// Any other end tag: ends the nearest element of its name, unless a special one is in the way.
    mutating func endOther(_ token: HTMLToken) {
        guard openCount[token.tag] > 0 else { return }
        let hash = nameHash(token)
        var height = open.count &- 1
        while height >= 0 {
            let element = open[height]
            if element.tag == token.tag, !element.isForeign,
                token.tag != .other
                    || (element.hash == hash
                        && tokenizer.equals(nodes[Int(element.node)].content, token.content))
            {
                generateImpliedEndTags(except: token.tag)
                return pop(to: min(height, open.count))
            }
            if element.traits.contains(.special) { return }
            height &-= 1
        }
    }
}
