/// The insertion modes of tables (sections 13.2.6.4.9 to 13.2.6.4.15).
extension HTMLTreeBuilder {
    private mutating func clearStack(to tags: (HTMLTag) -> Bool) {
        while open.count > 1, !tags(currentTag) { pop() }
    }

    private mutating func clearToTable() { clearStack { $0 == .table || $0 == .template || $0 == .html } }

    private mutating func clearToBody() {
        clearStack { $0 == .tbody || $0 == .tfoot || $0 == .thead || $0 == .template || $0 == .html }
    }

    private mutating func clearToRow() { clearStack { $0 == .tr || $0 == .template || $0 == .html } }

    // MARK: In table

    mutating func inTable(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .text, .null:
            switch currentTag {
            case .table, .tbody, .template, .tfoot, .thead, .tr:
                pendingText.removeAll(keepingCapacity: true)
                pendingHasWords = false
                originalMode = mode
                mode = .inTableText
                return true
            default: return inFosteringBody(&token)
            }
        case .comment:
            insertComment(token)
            return false
        case .doctype: return false
        case .startTag: return startInTable(&token)
        case .endTag:
            switch token.tag {
            case .table: if isInTableScope(.table) { endTable() }
            case .body, .caption, .col, .colgroup, .html, .tbody, .td, .tfoot, .th, .thead, .tr: break
            case .template: return inHead(&token)
            default: return inFosteringBody(&token)
            }
            return false
        }
    }

    private mutating func startInTable(_ token: inout HTMLToken) -> Bool {
        switch token.tag {
        case .caption:
            clearToTable()
            appendFormatting(.marker)
            insertElement(token, always: true)
            mode = .inCaption
        case .colgroup:
            clearToTable()
            insertElement(token, always: true)
            mode = .inColumnGroup
        case .col:
            clearToTable()
            insertImplied(.colgroup, "colgroup")
            mode = .inColumnGroup
            return true
        case .tbody, .tfoot, .thead:
            clearToTable()
            insertElement(token, always: true)
            mode = .inTableBody
        case .td, .th, .tr:
            clearToTable()
            insertImplied(.tbody, "tbody")
            mode = .inTableBody
            return true
        case .table:
            guard isInTableScope(.table) else { return false }
            endTable()
            return true
        case .style, .script, .template: return inHead(&token)
        case .input where hasHiddenType: insertVoid(token)
        case .form:
            guard openCount[HTMLTag.template] == 0, form == 0 else { return false }
            let place = place()
            form = element(token, tag: .form)
            insert(form, at: place)
        default: return inFosteringBody(&token)
        }
        return false
    }

    private mutating func endTable() {
        pop(through: .table)
        resetMode()
    }

    /// What does not belong into a table goes before it.
    private mutating func inFosteringBody(_ token: inout HTMLToken) -> Bool {
        fosterParenting = true
        defer { fosterParenting = false }
        return inBody(&token)
    }

    mutating func inTableText(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .null: return false
        case .text:
            pendingText.append(token.content)
            if !pendingHasWords, !isSpace(token.content) { pendingHasWords = true }
            return false
        default:
            flushTableText()
            mode = originalMode
            return true
        }
    }

    mutating func flushTableText() {
        for content in pendingText {
            if pendingHasWords {
                var token = HTMLToken(.text, content)
                _ = inFosteringBody(&token)
            } else {
                insertText(content)
            }
        }
        pendingText.removeAll(keepingCapacity: true)
    }

    // MARK: Captions and columns

    mutating func inCaption(_ token: inout HTMLToken) -> Bool {
        switch (token.kind, token.tag) {
        case (.endTag, .caption):
            if isInTableScope(.caption) { endCaption() }
            return false
        case (.startTag, .caption), (.startTag, .col), (.startTag, .colgroup), (.startTag, .tbody), (.startTag, .td),
            (.startTag, .tfoot), (.startTag, .th), (.startTag, .thead), (.startTag, .tr), (.endTag, .table):
            guard isInTableScope(.caption) else { return false }
            endCaption()
            return true
        case (.endTag, .body), (.endTag, .col), (.endTag, .colgroup), (.endTag, .html), (.endTag, .tbody),
            (.endTag, .td), (.endTag, .tfoot), (.endTag, .th), (.endTag, .thead), (.endTag, .tr):
            return false
        default: return inBody(&token)
        }
    }

    private mutating func endCaption() {
        generateImpliedEndTags()
        pop(through: .caption)
        clearFormattingToMarker()
        mode = .inTable
    }

    mutating func inColumnGroup(_ token: inout HTMLToken) -> Bool {
        switch token.kind {
        case .text:
            insertText(takeSpace(&token))
            if token.content.isEmpty { return false }
        case .comment:
            insertComment(token)
            return false
        case .doctype: return false
        case .startTag:
            switch token.tag {
            case .html: return inBody(&token)
            case .col:
                insertVoid(token)
                return false
            case .template: return inHead(&token)
            default: break
            }
        case .endTag:
            switch token.tag {
            case .colgroup:
                guard currentTag == .colgroup else { return false }
                pop()
                mode = .inTable
                return false
            case .col: return false
            case .template: return inHead(&token)
            default: break
            }
        case .null: break
        }
        guard currentTag == .colgroup else { return false }
        pop()
        mode = .inTable
        return true
    }

    // MARK: Rows and cells

    mutating func inTableBody(_ token: inout HTMLToken) -> Bool {
        switch (token.kind, token.tag) {
        case (.startTag, .tr):
            clearToBody()
            insertElement(token, always: true)
            mode = .inRow
            return false
        case (.startTag, .th), (.startTag, .td):
            clearToBody()
            insertImplied(.tr, "tr")
            mode = .inRow
            return true
        case (.endTag, .tbody), (.endTag, .tfoot), (.endTag, .thead):
            guard isInTableScope(token.tag) else { return false }
            clearToBody()
            pop()
            mode = .inTable
            return false
        case (.startTag, .caption), (.startTag, .col), (.startTag, .colgroup), (.startTag, .tbody), (.startTag, .tfoot),
            (.startTag, .thead), (.endTag, .table):
            guard isInTableScope(.tbody) || isInTableScope(.thead) || isInTableScope(.tfoot) else { return false }
            clearToBody()
            pop()
            mode = .inTable
            return true
        case (.endTag, .body), (.endTag, .caption), (.endTag, .col), (.endTag, .colgroup), (.endTag, .html),
            (.endTag, .td), (.endTag, .th), (.endTag, .tr):
            return false
        default: return inTable(&token)
        }
    }

    mutating func inRow(_ token: inout HTMLToken) -> Bool {
        switch (token.kind, token.tag) {
        case (.startTag, .th), (.startTag, .td):
            clearToRow()
            insertElement(token, always: true)
            mode = .inCell
            appendFormatting(.marker)
            return false
        case (.endTag, .tr):
            endRow()
            return false
        case (.startTag, .caption), (.startTag, .col), (.startTag, .colgroup), (.startTag, .tbody), (.startTag, .tfoot),
            (.startTag, .thead), (.startTag, .tr), (.endTag, .table):
            return endRow()
        case (.endTag, .tbody), (.endTag, .tfoot), (.endTag, .thead):
            return isInTableScope(token.tag) && endRow()
        case (.endTag, .body), (.endTag, .caption), (.endTag, .col), (.endTag, .colgroup), (.endTag, .html),
            (.endTag, .td), (.endTag, .th):
            return false
        default: return inTable(&token)
        }
    }

    /// Whether there was a row to end.
    @discardableResult
    private mutating func endRow() -> Bool {
        guard isInTableScope(.tr) else { return false }
        clearToRow()
        pop()
        mode = .inTableBody
        return true
    }

    mutating func inCell(_ token: inout HTMLToken) -> Bool {
        switch (token.kind, token.tag) {
        case (.endTag, .td), (.endTag, .th):
            guard isInTableScope(token.tag) else { return false }
            generateImpliedEndTags()
            pop(through: token.tag)
            clearFormattingToMarker()
            mode = .inRow
            return false
        case (.startTag, .caption), (.startTag, .col), (.startTag, .colgroup), (.startTag, .tbody), (.startTag, .td),
            (.startTag, .tfoot), (.startTag, .th), (.startTag, .thead), (.startTag, .tr):
            guard isInTableScope(.td) || isInTableScope(.th) else { return false }
            closeCell()
            return true
        case (.endTag, .body), (.endTag, .caption), (.endTag, .col), (.endTag, .colgroup), (.endTag, .html):
            return false
        case (.endTag, .table), (.endTag, .tbody), (.endTag, .tfoot), (.endTag, .thead), (.endTag, .tr):
            guard isInTableScope(token.tag) else { return false }
            closeCell()
            return true
        default: return inBody(&token)
        }
    }

    private mutating func closeCell() {
        generateImpliedEndTags()
        while let last = open.last, open.count > 1 {
            pop()
            if last.tag == .td || last.tag == .th { break }
        }
        clearFormattingToMarker()
        mode = .inRow
    }
}
