/// The insertion modes up to the body (sections 13.2.6.4.1 to 13.2.6.4.6).
extension HTMLTreeBuilder {
    // MARK: White space

    /// Takes the leading white space off a text token.
    mutating func takeSpace(_ token: inout HTMLToken) -> ByteRange {
        var stop = Int(token.content.from)
        while stop < Int(token.content.to), ASCII.isSpace(tokenizer.byte(stop)) { stop &+= 1 }
        let space = ByteRange(Int(token.content.from), stop)
        token.content.from = space.to
        return space
    }

    func isSpace(_ content: ByteRange) -> Bool {
        var at = Int(content.from)
        while at < Int(content.to) {
            if !ASCII.isSpace(tokenizer.byte(at)) { return false }
            at &+= 1
        }
        return true
    }

    /// Inserts the white space of a text token and drops the rest of it.
    mutating func insertSpaceOnly(_ token: HTMLToken) {
        var rest = token
        while !rest.content.isEmpty {
            insertText(takeSpace(&rest))
            while !rest.content.isEmpty, !ASCII.isSpace(tokenizer.byte(Int(rest.content.from))) {
                rest.content.from &+= 1
            }
        }
    }

    // MARK: Before the head

    mutating func initial(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .text:
            _ = takeSpace(&token)
            if token.content.isEmpty { return false }
        case .comment:
            insertComment(token, at: InsertionPlace(parent: 0))
            return false
        case .doctype:
            doctype = (tokenizer.doctype, nodes.count)
            isQuirky = tokenizer.doctype.isQuirky
            mode = .beforeHTML
            return false
        case .startTag, .endTag, .null: break
        }
        isQuirky = true
        mode = .beforeHTML
        return true
    }

    mutating func beforeHTML(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .doctype: return false
        case .comment:
            insertComment(token, at: InsertionPlace(parent: 0))
            return false
        case .text:
            _ = takeSpace(&token)
            if token.content.isEmpty { return false }
        case .startTag where token.tag == .html:
            let node = element(token, tag: .html)
            append(node, to: 0)
            push(OpenElement(node: node, tag: .html, traits: HTMLTag.html.traits, hash: 0), always: true)
            mode = .beforeHead
            return false
        case .endTag where !token.tag.endsHead: return false
        case .startTag, .endTag, .null: break
        }
        insertImplied(.html, "html")
        mode = .beforeHead
        return true
    }

    mutating func beforeHead(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .doctype: return false
        case .comment:
            insertComment(token)
            return false
        case .text:
            _ = takeSpace(&token)
            if token.content.isEmpty { return false }
        case .startTag where token.tag == .html: return inBody(&token)
        case .startTag where token.tag == .head:
            head = insertElement(token)
            mode = .inHead
            return false
        case .endTag where !token.tag.endsHead: return false
        case .startTag, .endTag, .null: break
        }
        head = insertImplied(.head, "head")
        mode = .inHead
        return true
    }

    // MARK: In the head

    mutating func inHead(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .doctype: return false
        case .comment:
            insertComment(token)
            return false
        case .text:
            insertText(takeSpace(&token))
            if token.content.isEmpty { return false }
        case .startTag:
            switch token.tag {
            case .html: return inBody(&token)
            case .base, .basefont, .bgsound, .link, .meta:
                insertVoid(token)
                return false
            case .title, .noframes, .style, .script:
                insertRawText(token)
                return false
            case .noscript:
                if options.scripting {
                    insertRawText(token)
                } else {
                    insertElement(token)
                    mode = .inHeadNoscript
                }
                return false
            case .template:
                openTemplate(token)
                return false
            case .head: return false
            default: break
            }
        case .endTag:
            switch token.tag {
            case .head:
                pop()
                mode = .afterHead
                return false
            case .template:
                if openCount[HTMLTag.template] > 0 { closeTemplate() }
                return false
            case .body, .html, .br: break
            default: return false
            }
        case .null: break
        }
        pop()
        mode = .afterHead
        return true
    }

    /// Inserts an element whose content the tokenizer reads as text (section 13.2.6.2).
    mutating func insertRawText(_ token: HTMLToken) {
        insertElement(token, always: true)
        tokenizer.contentModel = token.tag == .noscript ? .rawText : token.tag.contentModel
        originalMode = mode
        mode = .text
    }

    mutating func inText(_ token: inout HTMLToken) -> Bool {
        if token.kind == .endTag {
            pop()
            mode = originalMode
        } else if token.kind == .text {
            insertText(token.content)
        }
        return false
    }

    mutating func inHeadNoscript(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .doctype: return false
        case .comment: return inHead(&token)
        case .text:
            insertText(takeSpace(&token))
            if token.content.isEmpty { return false }
        case .startTag:
            switch token.tag {
            case .html: return inBody(&token)
            case .basefont, .bgsound, .link, .meta, .noframes, .style: return inHead(&token)
            case .head, .noscript: return false
            default: break
            }
        case .endTag:
            if token.tag == .noscript {
                pop()
                mode = .inHead
                return false
            }
            if token.tag != .br { return false }
        case .null: break
        }
        pop()
        mode = .inHead
        return true
    }

    mutating func afterHead(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .doctype: return false
        case .comment:
            insertComment(token)
            return false
        case .text:
            insertText(takeSpace(&token))
            if token.content.isEmpty { return false }
        case .startTag:
            switch token.tag {
            case .html: return inBody(&token)
            case .body:
                insertElement(token)
                framesetOK = false
                mode = .inBody
                return false
            case .frameset:
                insertElement(token)
                mode = .inFrameset
                return false
            case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template, .title:
                // It goes into the head after all.
                push(OpenElement(node: head, tag: .head, traits: HTMLTag.head.traits, hash: 0), always: true)
                _ = inHead(&token)
                if let height = height(of: head) { removeOpen(at: height) }
                return false
            case .head: return false
            default: break
            }
        case .endTag:
            switch token.tag {
            case .template: return inHead(&token)
            case .body, .html, .br: break
            default: return false
            }
        case .null: break
        }
        insertImplied(.body, "body")
        mode = .inBody
        return true
    }

    // MARK: Templates

    private mutating func openTemplate(_ token: HTMLToken) {
        guard insertElement(token) != 0 else { return }
        appendFormatting(.marker)
        framesetOK = false
        mode = .inTemplate
        templateModes.append(.inTemplate)
    }

    /// The end tag of the nearest open template, or the end of the input within it.
    mutating func closeTemplate() {
        generateThoroughlyImpliedEndTags()
        pop(through: .template)
        clearFormattingToMarker()
        templateModes.removeLast(min(1, templateModes.count))
        resetMode()
    }
}

extension HTMLTag {
    /// End tags that count where a head may still come.
    fileprivate var endsHead: Bool { self == .head || self == .body || self == .html || self == .br }
}
