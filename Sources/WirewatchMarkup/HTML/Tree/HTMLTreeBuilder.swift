/// Builds the tree of an HTML document: the tree construction stage of the WHATWG HTML standard (section 13.2.6), with
/// one method for each insertion mode.
///
/// A method gets a token and returns whether it is to be processed again, in the mode that it has changed to. Nothing
/// recurs, and each token takes bounded time: the stack of open elements is at most ``MarkupTree/Limits/depth`` high (see
/// `push`), the list of active formatting elements at most `formattingLimit` long between two markers.
struct HTMLTreeBuilder {
    var tokenizer: HTMLTokenizer
    let options: MarkupTree.ParsingOptions
    let depthLimit: Int

    // The arena. Node 0 is the document; in a fragment it is the root element too. See HTMLTreeBuilder+Arena.
    var nodes: [MarkupTree.Node] = []
    var links: [Links] = []
    /// Further parts of text nodes whose text is not in one piece.
    var pieces: [TextPiece] = []
    /// The text nodes that have such parts.
    var piecedTexts: [UInt32] = []
    /// Whether nodes were moved, or put elsewhere than last.
    var hasMoved = false
    var isTruncated = false
    var doctype: (declaration: HTMLDoctype, before: Int)?
    var isQuirky = false
    var selectedContents: [UInt32] = []

    var open: [OpenElement] = []
    /// How many HTML elements of each tag are open, so that most searches of the stack are not made.
    var openCount = [UInt16](repeating: 0, count: 256)
    /// Elements that are not on the stack because it is full, for their end tags.
    var overflow: [OpenElement] = []
    var formatting: [FormattingEntry] = []

    var mode = InsertionMode.initial
    var originalMode = InsertionMode.initial
    var templateModes: [InsertionMode] = []
    var head: UInt32 = 0
    var form: UInt32 = 0
    var framesetOK = true
    var fosterParenting = false
    /// Whether a line feed at the start of the next token is dropped, as after `<pre>`.
    var skipsLineFeed = false
    var pendingText: [ByteRange] = []
    var pendingHasWords = false

    let isFragment: Bool
    /// The fragment's context element, which stands for the root in places.
    let context: OpenElement

    init(_ bytes: [UInt8], options: MarkupTree.ParsingOptions) {
        tokenizer = HTMLTokenizer(bytes)
        tokenizer.followsElements = false
        self.options = options
        depthLimit = max(16, min(options.limits.depth, 1 << 20))
        isFragment = options.context != nil
        context = OpenElement(options.context)
        isTruncated = bytes.count > HTMLTokenizer.maximumBytes
        // A tag in two makes a node, and most have a text behind them. What is not used is not touched.
        let estimate = min(ByteScan.count(ASCII.less, bytes) &+ 16, options.limits.nodes &+ 64)
        nodes.reserveCapacity(estimate)
        links.reserveCapacity(estimate)
        _ = newNode(MarkupTree.Node(.document))
        if isFragment { beginFragment() }
    }

    mutating func build() -> MarkupTree {
        while var token = tokenizer.next() {
            if nodes.count >= options.limits.nodes {
                isTruncated = true
                break
            }
            process(&token)
        }
        endOfFile()
        fillSelectedContents()
        return finish()
    }

    private mutating func process(_ token: inout HTMLToken) {
        if skipsLineFeed {
            skipsLineFeed = false
            if token.kind == .text, tokenizer.byte(Int(token.content.from)) == ASCII.lineFeed {
                token.content.from &+= 1
                if token.content.isEmpty { return }
            }
        }
        if !overflow.isEmpty, endsOverflow(token) { return }
        var isAgain = true
        while isAgain { isAgain = isForeign(token) ? inForeignContent(&token) : step(&token) }
        tokenizer.allowsCDATA = open.last != nil && adjusted.isForeign
    }

    /// Processes a token by the rules of the current insertion mode.
    mutating func step(_ token: inout HTMLToken) -> Bool {
        switch mode {
        case .inBody: inBody(&token)
        case .text: inText(&token)
        case .inTable: inTable(&token)
        case .inTableText: inTableText(&token)
        case .inTableBody: inTableBody(&token)
        case .inRow: inRow(&token)
        case .inCell: inCell(&token)
        case .inCaption: inCaption(&token)
        case .inColumnGroup: inColumnGroup(&token)
        case .inHead: inHead(&token)
        case .inHeadNoscript: inHeadNoscript(&token)
        case .inTemplate: inTemplate(&token)
        case .initial: initial(&token)
        case .beforeHTML: beforeHTML(&token)
        case .beforeHead: beforeHead(&token)
        case .afterHead: afterHead(&token)
        case .afterBody: afterBody(&token)
        case .inFrameset: inFrameset(&token)
        case .afterFrameset: afterFrameset(&token)
        case .afterAfterBody: afterAfterBody(&token)
        case .afterAfterFrameset: afterAfterFrameset(&token)
        }
    }

    /// The current node, or the context when a fragment's root is all that is open.
    @inline(__always)
    var adjusted: OpenElement {
        if isFragment, open.count == 1 { return context }
        return open[open.count &- 1]
    }

    /// The tree construction dispatcher: whether the token is processed by the rules for foreign content.
    @inline(__always)
    private func isForeign(_ token: HTMLToken) -> Bool {
        guard !open.isEmpty else { return false }
        let current = adjusted
        guard current.isForeign else { return false }
        switch token.kind {
        case .text, .null: return !current.traits.contains(.mathText) && !current.traits.contains(.htmlPoint)
        case .startTag:
            if current.traits.contains(.htmlPoint) { return false }
            if current.traits.contains(.annotation), token.tag == .svg { return false }
            if current.traits.contains(.mathText) {
                return tokenizer.equals(token.content, "mglyph") || tokenizer.equals(token.content, "malignmark")
            }
            return true
        default: return true
        }
    }

    // MARK: The end

    private mutating func endOfFile() {
        // Each turn leaves a mode for good or ends the loop.
        while true {
            switch mode {
            case .initial:
                isQuirky = true
                mode = .beforeHTML
            case .beforeHTML:
                insertImplied(.html, "html")
                mode = .beforeHead
            case .beforeHead:
                head = insertImplied(.head, "head")
                mode = .inHead
            case .inHead:
                pop()
                mode = .afterHead
            case .inHeadNoscript:
                pop()
                mode = .inHead
            case .afterHead:
                insertImplied(.body, "body")
                mode = .inBody
            case .text:
                pop()
                mode = originalMode
            case .inTableText:
                flushTableText()
                mode = originalMode
            case .inBody, .inTable, .inTableBody, .inRow, .inCell, .inCaption, .inColumnGroup, .inTemplate:
                guard !templateModes.isEmpty, openCount[HTMLTag.template] > 0 else { return }
                closeTemplate()
            case .afterBody, .inFrameset, .afterFrameset, .afterAfterBody, .afterAfterFrameset: return
            }
        }
    }
}

/// The insertion modes (section 13.2.4.1).
enum InsertionMode: UInt8 {
    case initial, beforeHTML, beforeHead, inHead, inHeadNoscript, afterHead, inBody, text, inTable, inTableText,
        inCaption, inColumnGroup, inTableBody, inRow, inCell, inTemplate, afterBody, inFrameset, afterFrameset,
        afterAfterBody, afterAfterFrameset
}

extension [UInt16] {
    /// The count of a tag, in a table of 256.
    subscript(_ tag: HTMLTag) -> UInt16 {
        @inline(__always) get { self[Int(tag.rawValue)] }
        @inline(__always) set { self[Int(tag.rawValue)] = newValue }
    }
}
