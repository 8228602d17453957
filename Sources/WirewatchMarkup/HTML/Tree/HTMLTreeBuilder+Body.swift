/// The insertion mode "in body" (section 13.2.6.4.7): text and start tags.
extension HTMLTreeBuilder {
    mutating func inBody(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .text:
            reconstructFormatting()
            insertText(token.content)
            if framesetOK, !isSpace(token.content) { framesetOK = false }
            return false
        case .startTag: return startInBody(&token)
        case .endTag: return endInBody(&token)
        case .comment:
            insertComment(token)
            return false
        case .null, .doctype: return false
        }
    }

    private mutating func startInBody(_ token: inout HTMLToken) -> Bool {
        switch token.tag {
        case .html:
            if openCount[HTMLTag.template] == 0 { mergeAttributes(into: open[0].node) }
        case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template, .title:
            return inHead(&token)
        case .body:
            guard open.count > 1, open[1].tag == .body, openCount[HTMLTag.template] == 0 else { return false }
            framesetOK = false
            mergeAttributes(into: open[1].node)
        case .frameset:
            guard framesetOK, open.count > 1, open[1].tag == .body else { return false }
            unlink(open[1].node)
            pop(to: 1)
            insertElement(token)
            mode = .inFrameset
        case .address, .article, .aside, .blockquote, .center, .details, .dialog, .dir, .div, .dl, .fieldset,
            .figcaption, .figure, .footer, .header, .hgroup, .main, .menu, .nav, .ol, .p, .search, .section, .summary,
            .ul:
            closeParagraphInButtonScope()
            insertElement(token)
        case .h1, .h2, .h3, .h4, .h5, .h6:
            closeParagraphInButtonScope()
            if currentTag.isHeading { pop() }
            insertElement(token)
        case .pre, .listing:
            closeParagraphInButtonScope()
            insertElement(token)
            skipsLineFeed = true
            framesetOK = false
        case .form:
            let isInTemplate = openCount[HTMLTag.template] > 0
            if form != 0, !isInTemplate { return false }
            closeParagraphInButtonScope()
            let node = insertElement(token)
            if !isInTemplate { form = node }
        case .li:
            framesetOK = false
            closeListItem(.li, .li)
            closeParagraphInButtonScope()
            insertElement(token)
        case .dd, .dt:
            framesetOK = false
            closeListItem(.dd, .dt)
            closeParagraphInButtonScope()
            insertElement(token)
        case .plaintext:
            closeParagraphInButtonScope()
            insertElement(token)
            tokenizer.contentModel = .plainText
        case .button:
            if isInScope(.button) {
                generateImpliedEndTags()
                pop(through: .button)
            }
            reconstructFormatting()
            insertElement(token)
            framesetOK = false
        default: return startInlineInBody(&token)
        }
        return false
    }

    private mutating func startInlineInBody(_ token: inout HTMLToken) -> Bool {
        switch token.tag {
        case .a:
            if let open = lastFormatting(.a) {
                adopt(token)
                removeFormatting(open)
                if let height = height(of: open) { removeOpen(at: height) }
            }
            startFormatting(token)
        case .b, .big, .code, .em, .font, .i, .s, .small, .strike, .strong, .tt, .u: startFormatting(token)
        case .nobr:
            reconstructFormatting()
            if isInScope(.nobr) {
                adopt(token)
                reconstructFormatting()
            }
            pushFormatting(insertElement(token), token.tag)
        case .applet, .marquee, .object:
            reconstructFormatting()
            if insertElement(token) != 0 { appendFormatting(.marker) }
            framesetOK = false
        case .table:
            if !isQuirky { closeParagraphInButtonScope() }
            let node = insertElement(token)
            framesetOK = false
            if node != 0 { mode = .inTable }
        case .area, .br, .embed, .img, .keygen, .wbr:
            reconstructFormatting()
            insertVoid(token)
            framesetOK = false
        case .image:
            token.tag = .img
            token.content = tokenizer.intern("img")
            return true
        case .param, .source, .track: insertVoid(token)
        case .hr:
            closeParagraphInButtonScope()
            if isInScope(.select) { generateImpliedEndTags() }
            insertVoid(token)
            framesetOK = false
        case .textarea:
            insertRawText(token)
            skipsLineFeed = true
            framesetOK = false
        case .xmp:
            closeParagraphInButtonScope()
            reconstructFormatting()
            framesetOK = false
            insertRawText(token)
        case .iframe:
            framesetOK = false
            insertRawText(token)
        case .noembed: insertRawText(token)
        case .noscript where options.scripting: insertRawText(token)
        case .input, .select, .option, .optgroup: startControl(token)
        case .rb, .rtc:
            if isInScope(.ruby) { generateImpliedEndTags() }
            insertElement(token)
        case .rp, .rt:
            if isInScope(.ruby) { generateImpliedEndTags(except: .rtc) }
            insertElement(token)
        case .math, .svg:
            reconstructFormatting()
            insertForeign(token, token.tag == .svg ? .svg : .mathML)
        case .caption, .col, .colgroup, .frame, .head, .tbody, .td, .tfoot, .th, .thead, .tr: break
        case .selectedcontent:
            reconstructFormatting()
            insertElement(token)
            selectedContents.append(UInt32(truncatingIfNeeded: nodes.count &- 1))
        default:
            reconstructFormatting()
            insertElement(token)
        }
        return false
    }

    private mutating func startFormatting(_ token: HTMLToken) {
        reconstructFormatting()
        pushFormatting(insertElement(token), token.tag)
    }

    /// The last active formatting element of a tag after the last marker.
    private func lastFormatting(_ tag: HTMLTag) -> UInt32? {
        for entry in formatting.reversed() {
            if entry.isMarker { return nil }
            if entry.tag == tag { return entry.node }
        }
        return nil
    }

    /// The parts of forms that a `select` has rules for.
    private mutating func startControl(_ token: HTMLToken) {
        switch token.tag {
        case .input:
            if isFragment, context.tag == .select { return }
            if isInScope(.select) { pop(through: .select) }
            let isHidden = hasHiddenType
            reconstructFormatting()
            insertVoid(token)
            if !isHidden { framesetOK = false }
        case .select:
            if isFragment, context.tag == .select { return }
            if isInScope(.select) { return pop(through: .select) }
            reconstructFormatting()
            insertElement(token)
            framesetOK = false
        case .option:
            if isInScope(.select) {
                generateImpliedEndTags(except: .optgroup)
            } else if currentTag == .option {
                pop()
            }
            reconstructFormatting()
            insertElement(token)
        default:
            if isInScope(.select) {
                generateImpliedEndTags()
            } else if currentTag == .option {
                pop()
            }
            reconstructFormatting()
            insertElement(token)
        }
    }

    /// Whether the token has `type=hidden`.
    var hasHiddenType: Bool {
        guard let type = tokenizer.attribute("type")?.valueRange, type.count == 6 else { return false }
        return type.range.map { ASCII.lowercased(tokenizer.byte($0)) }.elementsEqual("hidden".utf8)
    }

    /// Closes the nearest item of a list, unless another block is in the way.
    private mutating func closeListItem(_ first: HTMLTag, _ second: HTMLTag) {
        guard openCount[first] > 0 || openCount[second] > 0 else { return }
        for element in open.reversed() {
            if element.tag == first || element.tag == second {
                generateImpliedEndTags(except: element.tag)
                return pop(through: element.tag)
            }
            switch element.tag {
            case .address, .div, .p: continue
            default: if element.traits.contains(.special) { return }
            }
        }
    }

    // MARK: Attributes

    /// Adds the token's attributes to the element, as far as it has none of their names.
    private mutating func mergeAttributes(into node: UInt32) {
        // The root of a fragment is not in the tree.
        guard node != 0 else { return }
        let first = Int(nodes[Int(node)].firstAttribute)
        let count = Int(nodes[Int(node)].attributeCount)
        let added = Array(tokenizer.attributes.prefix(max(0, tokenizer.attributeLimit - count)))
        guard !added.isEmpty else { return }
        let own = Array(tokenizer.attributeTable[first..<first + count])
        let new = added.filter { attribute in
            !own.contains { tokenizer.equals($0.nameRange, attribute.nameRange) }
        }
        guard !new.isEmpty else { return }
        tokenizer.attributeTable.removeLast(tokenizer.attributeTable.count - tokenizer.keptAttributes)
        // Attributes of an element follow each other; those that are not the last in the table are copied to its end.
        if first + count != tokenizer.attributeTable.count {
            nodes[Int(node)].firstAttribute = UInt32(truncatingIfNeeded: tokenizer.attributeTable.count)
            tokenizer.attributeTable += own
        }
        tokenizer.attributeTable += new
        nodes[Int(node)].attributeCount = UInt16(truncatingIfNeeded: count + new.count)
        tokenizer.keptAttributes = tokenizer.attributeTable.count
    }
}
