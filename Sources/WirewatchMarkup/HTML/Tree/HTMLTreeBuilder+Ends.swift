/// The insertion modes of templates, framesets and after the body (sections 13.2.6.4.16 to 13.2.6.4.21).
extension HTMLTreeBuilder {
    mutating func inTemplate(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .text, .null, .comment, .doctype: return inBody(&token)
        case .startTag:
            let next: InsertionMode
            switch token.tag {
            case .base, .basefont, .bgsound, .link, .meta, .noframes, .script, .style, .template, .title:
                return inHead(&token)
            case .caption, .colgroup, .tbody, .tfoot, .thead: next = .inTable
            case .col: next = .inColumnGroup
            case .tr: next = .inTableBody
            case .td, .th: next = .inRow
            default: next = .inBody
            }
            templateModes.removeLast(min(1, templateModes.count))
            templateModes.append(next)
            mode = next
            return true
        case .endTag: return token.tag == .template && inHead(&token)
        }
    }

    // MARK: After the body

    mutating func afterBody(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .doctype: return false
        case .comment:
            insertComment(token, at: InsertionPlace(parent: open[0].node))
            return false
        case .text: if takesSpaceIntoBody(&token) { return false }
        case .startTag where token.tag == .html: return inBody(&token)
        case .endTag where token.tag == .html:
            if !isFragment { mode = .afterAfterBody }
            return false
        case .startTag, .endTag, .null: break
        }
        mode = .inBody
        return true
    }

    mutating func afterAfterBody(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .doctype: return false
        case .comment:
            insertComment(token, at: InsertionPlace(parent: 0))
            return false
        case .text: if takesSpaceIntoBody(&token) { return false }
        case .startTag where token.tag == .html: return inBody(&token)
        case .startTag, .endTag, .null: break
        }
        mode = .inBody
        return true
    }

    /// Processes leading white space by the rules of the body; returns whether that was all of the token.
    private mutating func takesSpaceIntoBody(_ token: inout HTMLToken) -> Bool {
        let space = takeSpace(&token)
        if !space.isEmpty {
            reconstructFormatting()
            insertText(space)
        }
        return token.content.isEmpty
    }

    // MARK: Framesets

    mutating func inFrameset(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .text: insertSpaceOnly(token)
        case .comment: insertComment(token)
        case .startTag:
            switch token.tag {
            case .html: return inBody(&token)
            case .frameset: insertElement(token)
            case .frame: insertVoid(token)
            case .noframes: return inHead(&token)
            default: break
            }
        case .endTag where token.tag == .frameset:
            guard open.count > 1 else { return false }
            pop()
            if !isFragment, currentTag != .frameset { mode = .afterFrameset }
        case .endTag, .null, .doctype: break
        }
        return false
    }

    mutating func afterFrameset(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .text: insertSpaceOnly(token)
        case .comment: insertComment(token)
        case .startTag where token.tag == .html: return inBody(&token)
        case .startTag where token.tag == .noframes: return inHead(&token)
        case .endTag where token.tag == .html: mode = .afterAfterFrameset
        case .startTag, .endTag, .null, .doctype: break
        }
        return false
    }

    mutating func afterAfterFrameset(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .text: insertSpaceOnly(token)
        case .comment: insertComment(token, at: InsertionPlace(parent: 0))
        case .startTag where token.tag == .html: return inBody(&token)
        case .startTag where token.tag == .noframes: return inHead(&token)
        case .startTag, .endTag, .null, .doctype: break
        }
        return false
    }
}
