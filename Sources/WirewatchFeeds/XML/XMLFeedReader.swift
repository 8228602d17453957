import WirewatchKit
import WirewatchMarkup

/// Walks the tokens of an XML feed once, with a stack of what is open; never recursive.
///
/// Not to be copied, for it takes some kilobytes and counts of sixty references each time.
struct XMLFeedReader: ~Copyable {
    /// What an open element's children mean.
    enum Context {
        /// Before the root, or in a root that holds the channel.
        case outside
        case feed, item, source, person, image, textInput
        /// An element whose children mean what they mean outside it.
        case category
        case ignored
    }

    struct Open {
        /// As written, in the source.
        var name: Range<Int>
        var context: Context
        /// Set for the element that opened the item, source, person ... that its context names.
        var isOwner = false
        /// For relative references inside: an index into `bases`.
        var base: Int
        /// How many namespace declarations were in force outside.
        var declarations: Int
    }

    /// How far up an end tag looks for its start tag; keeps hostile nesting linear.
    private static let endTagReach = 64
    /// Elements open at once; deeper ones are read as if they stood side by side.
    private static let maximumDepth = 512
    /// Items beyond this many are left out.
    private static let maximumItems = 100_000
    /// Bytes. Bases that grow with the depth would make the whole quadratic.
    static let maximumBase = 4096

    var tokenizer: MarkupTokenizer
    var feed = Feed(format: FeedFormat(.rss))
    var feedDraft = FeedDraft()
    var itemDraft = FeedDraft()
    var sourceDraft = FeedDraft()
    var isInItem = false
    var isInSource = false
    var itemLanguage: String?
    var sourceURL: String?
    var person = PersonDraft()
    var image = FeedImage()
    var textInput = FeedTextInput()
    /// The text that stands directly in a source or an image, which should hold elements.
    var looseText = ""
    var capture: TextCapture?
    /// The scheme of the tag that is being captured; the version and the page of a generator.
    var captureAttribute: String?
    var captureSecondAttribute: String?
    /// The decoded text of the capture; kept to spare allocations.
    var buffer: [UInt8] = []
    /// The part of `buffer` that is the text, without the white space around it.
    var content = 0..<0
    var scope = NamespaceScope()
    var stack: [Open] = []
    var bases: [String?]
    var isMalformed = false
    var hasRoot = false
    private var sawEntities = false
    private var hasClosedRoot = false
    private var firstElement: String?
    let options: FeedReaderOptions

    init(_ bytes: [UInt8], options: FeedReaderOptions) {
        tokenizer = MarkupTokenizer(bytes)
        tokenizer.attributeLimit = 256
        self.options = options
        bases = [options.url]
        feed.language = options.language
        buffer.reserveCapacity(4096)
        // Most have so many; growing step by step would move each item, a kilobyte, four times.
        feed.items.reserveCapacity(16)
        stack.reserveCapacity(32)
    }

    consuming func read() throws(FeedError) -> Feed {
        while let token = tokenizer.next() {
            switch token.kind {
            case .startTag: open(token)
            case .endTag: close(token)
            case .text: text(token)
            case .doctype: doctype(token)
            case .comment, .processingInstruction: break
            }
        }
        if !stack.isEmpty || !hasClosedRoot { isMalformed = true }
        while !stack.isEmpty { pop(at: tokenizer.bytes.count) }
        guard hasRoot else {
            let found = firstElement.map { "its root element is <\($0.prefix(40))>" } ?? "it has no element"
            throw FeedError("not a feed: \(found), not <rss>, <rdf:RDF>, <feed> or <channel>")
        }
        feedDraft.finish(into: &feed, url: options.url)
        feed.isMalformed = isMalformed
        return feed
    }

    /// The base of relative references where the reader stands.
    var base: String? { mutating get { bases[stack.last?.base ?? 0] } }

    // MARK: - Tokens

    private mutating func text(_ token: MarkupToken) {
        guard capture == nil else {
            if capture?.hasElements == false { tokenizer.appendText(of: token, to: &buffer) }
            return
        }
        guard let top = stack.last else {
            // White space alone may stand outside the root.
            if !isMalformed { isMalformed = tokenizer.bytes[token.content].contains { $0 > 0x20 && $0 < 0x80 } }
            return
        }
        switch top.context {
        case .person: person.append(tokenizer.text(of: token))
        case .source where top.isOwner, .image where top.isOwner:
            if looseText.utf8.count < 4096 { looseText += tokenizer.text(of: token) }
        default: break
        }
    }

    /// Entities that the document declares in place are put in its text, once, and reading goes on there.
    private mutating func doctype(_ token: MarkupToken) {
        let name = tokenizer.bytes[token.content]
        if String(decoding: name.prefix(200), as: UTF8.self).contains("netscape.com") { isNetscape = true }
        guard !sawEntities, stack.isEmpty else { return }
        sawEntities = true
        let entities = InternalEntities(tokenizer.bytes, subset: token.content)
        guard !entities.isEmpty else { return }
        let rest = entities.substituted(tokenizer.bytes, from: token.source.upperBound)
        tokenizer = MarkupTokenizer(rest)
        tokenizer.attributeLimit = 256
    }

    /// Which part of a person, picture or text input the capture is.
    var partName = ElementName.other

    /// Whether the document type is Netscape's RSS 0.91, which differs from Userland's.
    var isNetscape = false

    // MARK: - Elements

    private mutating func open(_ token: MarkupToken) {
        if stack.count >= Self.maximumDepth {
            isMalformed = true
            pop(at: token.source.lowerBound)
        }
        if capture != nil {
            capture?.hasElements = true
            // Markup that holds elements of these names is read by `InnerMarkup` later on; an item that begins inside a
            // text means that the text's end is missing.
            guard beginsItemInside(token) else {
                if !token.isSelfClosing {
                    stack.append(
                        Open(
                            name: token.name, context: .ignored, base: stack.last?.base ?? 0, declarations: scope.count)
                    )
                }
                return
            }
        }
        var element = enter(token)
        let namespace = scope.namespace(tokenizer.bytes, prefix: token.prefix)
        let name = ElementName.of(tokenizer.bytes, token.localName)
        let beginsItem = (name == .item || name == .entry) && opensItem(namespace)
        if beginsItem, isInItem || capture != nil {
            // Items do not nest: what is still open was never closed.
            isMalformed = true
            scope.close(element.declarations)
            while let last = stack.last, isInItem || capture != nil, last.context != .outside {
                pop(at: token.source.lowerBound)
            }
            // What was popped took the declarations behind it along, this element's own too.
            element = enter(token)
        }
        let parent = stack.last?.context ?? .outside
        stack.append(element)
        let (context, isOwner) =
            beginsItem
            ? beginItem(namespace) : parent == .outside ? outer(namespace, name, token) : child(namespace, name, parent)
        stack[stack.count - 1].context = context
        stack[stack.count - 1].isOwner = isOwner
        if token.isSelfClosing { pop(at: token.source.upperBound) }
    }

    /// Takes in what an element declares.
    private mutating func enter(_ token: MarkupToken) -> Open {
        let mark = scope.count
        var base = stack.last?.base ?? 0
        if tokenizer.attributes.isEmpty {
            return Open(name: token.name, context: .ignored, base: base, declarations: mark)
        }
        let bytes = tokenizer.bytes
        for attribute in tokenizer.attributes where bytes[attribute.name.lowerBound] | 0x20 == UInt8(ascii: "x") {
            if tokenizer.isName(attribute.name, "xml:base") {
                let resolved = URLReference.resolve(tokenizer.value(of: attribute), base: bases[base])
                if resolved.utf8.count <= Self.maximumBase, !resolved.isEmpty {
                    bases.append(resolved)
                    base = bases.count - 1
                }
            } else if tokenizer.isName(attribute.name, "xmlns") {
                let empty = attribute.name.lowerBound..<attribute.name.lowerBound
                scope.declare(prefix: empty, uri: tokenizer.value(of: attribute))
            } else if bytes[attribute.name].starts(with: "xmlns:".utf8) {
                scope.declare(
                    prefix: attribute.name.lowerBound + 6..<attribute.name.upperBound,
                    uri: tokenizer.value(of: attribute))
            }
        }
        return Open(name: token.name, context: .ignored, base: base, declarations: mark)
    }

    mutating func namespace(_ name: Range<Int>) -> FeedNamespace {
        scope.namespace(tokenizer.bytes, prefix: tokenizer.prefix(of: name))
    }

    /// The roots of the formats, and RSS's channel.
    private mutating func outer(
        _ namespace: FeedNamespace, _ name: ElementName, _ token: MarkupToken
    ) -> (Context, isOwner: Bool) {
        if firstElement == nil { firstElement = tokenizer.string(of: token.name) }
        switch name {
        case .rss, .rdf, .feed:
            guard !hasRoot else { return (.ignored, false) }
            beginRoot(namespace, name)
            return (name == .feed ? .feed : .outside, false)
        case .channel:
            if !hasRoot { beginRoot(namespace, .channel) }
            beginChannel()
            return (.feed, false)
        case .image where hasRoot, .textinput where hasRoot:
            // RSS 1.0 has them beside the channel.
            return child(namespace, name, .feed)
        default: return (hasRoot ? .ignored : .outside, false)
        }
    }

    /// Whether an element of the name `item` or `entry` begins an item: not in markup, and not in another vocabulary's
    /// element inside an item.
    private mutating func opensItem(_ namespace: FeedNamespace) -> Bool {
        guard namespace == .rss || namespace == .atom, hasRoot || namespace == .atom else { return false }
        if capture != nil || !isInItem { return true }
        return stack.last?.context == .item
    }

    private mutating func beginItem(_ namespace: FeedNamespace) -> (Context, isOwner: Bool) {
        if !hasRoot { beginRoot(namespace, .feed) }
        isInItem = true
        itemDraft = FeedDraft()
        beginItemAttributes()
        return (.item, true)
    }

    /// Whether a start tag inside a text begins an item, because the text's end tag is missing.
    private mutating func beginsItemInside(_ token: MarkupToken) -> Bool {
        guard let capture, capture.kind != .xhtml, stack.count == capture.depth + 1 else { return false }
        let name = ElementName.of(tokenizer.bytes, token.name)
        return name == .item || name == .entry
    }

    // MARK: - Ends

    private mutating func close(_ token: MarkupToken) {
        let bytes = tokenizer.bytes
        var at = stack.count - 1
        let reach = max(0, stack.count - Self.endTagReach)
        while at >= reach, !NamespaceScope.same(bytes, stack[at].name, token.name) { at -= 1 }
        guard at >= reach, at >= 0 else {
            isMalformed = true
            return
        }
        if at < stack.count - 1 { isMalformed = true }
        while stack.count > at { pop(at: token.source.lowerBound) }
    }

    /// Closes the innermost element, whose content ends at `end`.
    private mutating func pop(at end: Int) {
        guard let open = stack.last else { return }
        let depth = stack.count - 1
        if let done = capture, done.depth >= depth {
            capture = nil
            finish(done, end: max(done.start, end))
            if captureAttribute != nil { captureAttribute = nil }
            if captureSecondAttribute != nil { captureSecondAttribute = nil }
        }
        if open.isOwner { finish(open) }
        stack.removeLast()
        scope.close(open.declarations)
        if bases.count > 1 {
            let inUse = stack.last?.base ?? 0
            if bases.count > inUse + 1 { bases.removeLast(bases.count - inUse - 1) }
        }
        if stack.isEmpty { hasClosedRoot = true }
    }

    /// Takes an item, source, person ... in when its element ends.
    private mutating func finish(_ open: Open) {
        switch open.context {
        case .item:
            isInItem = false
            let item = itemDraft.finishItem(language: itemLanguage, findsImage: options.readsMedia)
            if feed.items.count < Self.maximumItems { feed.items.append(item) }
        case .source: finishSource()
        case .person: finishPerson()
        case .image: finishImage()
        case .textInput: feed.textInput = textInput
        case .outside, .feed, .category, .ignored: break
        }
    }
}
