import WirewatchKit
import WirewatchMarkup

/// Walks the tokens of an XML feed once, with a stack of what is open; never recursive.
struct XMLFeedReader {
    /// What an open element's children mean.
    enum Context { case outside, feed, item, person, ignored }

    struct Open {
        /// As written, in the source.
        var name: Range<Int>
        var context: Context
        var isItem = false
        /// For relative references inside.
        var base: String?
        /// How many namespace declarations were in force outside.
        var declarations: Int
    }

    struct Declaration {
        var prefix: String
        var namespace: FeedNamespace
    }

    /// How far up an end tag looks for its start tag; keeps hostile nesting linear.
    private static let endTagReach = 64
    /// Namespace declarations beyond this many at once are read over.
    private static let maxDeclarations = 256
    /// Bytes.
    private static let maxBase = 4096

    var tokenizer: MarkupTokenizer
    var feed = Feed(format: .rss)
    var draft = FeedDraft()
    var capture: TextCapture?
    var person: PersonDraft?
    /// The item being read; nil outside items.
    var item: FeedDraft?
    private var stack: [Open] = []
    private var declarations: [Declaration] = []
    private let url: String?
    private var hasRoot = false
    private var firstElement: String?

    init(_ bytes: [UInt8], url: String?) {
        tokenizer = MarkupTokenizer(bytes, mode: .xml)
        self.url = url
    }

    mutating func read() throws(FeedError) -> Feed {
        while let token = tokenizer.next() {
            switch token.kind {
            case .startTag: open(token)
            case .endTag: close(token)
            case .text:
                if capture != nil {
                    capture?.append(token, tokenizer)
                } else if person != nil, stack.last?.context == .person {
                    person?.append(tokenizer.text(of: token))
                }
            case .comment, .doctype, .processingInstruction: break
            }
        }
        while !stack.isEmpty { pop() }
        guard hasRoot else {
            let found = firstElement.map { "its root element is <\($0.prefix(40))>" } ?? "it has no element"
            throw FeedError("not a feed: \(found), not <rss>, <rdf:RDF> or <feed>")
        }
        draft.finish(into: &feed, url: url)
        return feed
    }

    var base: String? { stack.last?.base ?? url }

    // MARK: - Elements

    private mutating func open(_ token: MarkupToken) {
        let mark = declarations.count
        var base = stack.last?.base
        for attribute in tokenizer.attributes { declare(attribute, &base) }
        let (namespace, local) = resolve(token.name)
        var element = Open(name: token.name, context: .ignored, base: base, declarations: mark)
        defer { if token.isSelfClosing { pop() } }

        if isItem(namespace, local), hasRoot, opensItem {
            // Items do not nest: what is still open was never closed.
            while item != nil || capture != nil { pop() }
            // What was popped took the declarations behind it along, this element's own too.
            element.declarations = declarations.count
            element.base = stack.last?.base
            for attribute in tokenizer.attributes { declare(attribute, &element.base) }
            var draft = FeedDraft()
            draft.item.id = tokenizer.attributes.first { isLocal($0.name, "about") }.map { tokenizer.value(of: $0) }
            item = draft
            element.context = .item
            element.isItem = true
            stack.append(element)
            return
        }
        if capture != nil {
            capture?.appendTag(tokenizer, local, token, isEnd: false)
            stack.append(element)
            return
        }
        let parent = stack.last?.context ?? .outside
        if !hasRoot || parent == .outside { element.context = root(namespace, local) }
        if hasRoot, parent == .feed || parent == .item || parent == .person {
            element.context = child(namespace, local, parent)
        }
        stack.append(element)
    }

    /// The roots of the formats, and RSS's channel.
    private mutating func root(_ namespace: FeedNamespace, _ local: String) -> Context {
        if firstElement == nil { firstElement = local }
        switch local {
        case "rss" where !hasRoot: feed.format = .rss
        case "rdf" where !hasRoot: feed.format = .rdf
        case "feed" where !hasRoot:
            feed.format = .atom
            hasRoot = true
            return .feed
        case "channel":
            hasRoot = true
            feed.language = tokenizer.value("xml:lang")
            return .feed
        default: return hasRoot ? .ignored : .outside
        }
        hasRoot = true
        return .outside
    }

    /// Whether an item may begin here: not in markup, and not in another vocabulary's element inside an item.
    private var opensItem: Bool {
        if let capture { return capture.kind != .xhtml }
        return item == nil || stack.last?.context == .item
    }

    private func isItem(_ namespace: FeedNamespace, _ local: String) -> Bool {
        (namespace == .rss || namespace == .atom) && (local == "item" || local == "entry")
    }

    /// What an element inside a feed, an item or a person is; starts to collect its text where it is wanted.
    private mutating func child(_ namespace: FeedNamespace, _ local: String, _ parent: Context) -> Context {
        if parent == .person {
            guard let part = PersonDraft.Part(local) else { return .ignored }
            capture = TextCapture(.person(part), weight: 0, kind: .plain, depth: stack.count)
            return .ignored
        }
        let isPlain = namespace == .rss || namespace == .atom
        switch local {
        case "image", "textinput", "source", "contributor", "cloud", "items", "skipdays", "skiphours":
            return .ignored
        case "group" where namespace == .media: return parent
        case "content" where namespace == .media, "enclosure" where isPlain:
            addEnclosure("url")
            return parent
        case "link" where isPlain:
            if tokenizer.attribute("href") != nil {
                addLink()
                return .ignored
            }
        case "author" where isPlain:
            person = PersonDraft()
            return .person
        case "category":
            let attribute = namespace == .itunes ? tokenizer.value("text") : tokenizer.value("term")
            if let tag = attribute {
                let label = namespace == .itunes ? nil : tokenizer.value("label")
                edit { $0.addTag(label ?? tag) }
                return .ignored
            }
        case "content" where isPlain:
            if let source = tokenizer.value("src") {
                let url = URLReference.resolve(source, base: base)
                edit { $0.setURL(url, weight: 1) }
                return .ignored
            }
        default: break
        }
        guard let field = FeedField(namespace, local, inItem: item != nil) else { return .ignored }
        capture = TextCapture(
            .field(field), weight: FeedField.weight(namespace, local), kind: kind(namespace, field), depth: stack.count)
        if field == .id { capture?.isPermanentLink = tokenizer.value("isPermaLink")?.lowercased() != "false" }
        return .ignored
    }

    /// How an element's text is meant, by Atom's `type` and the format's custom.
    private func kind(_ namespace: FeedNamespace, _ field: FeedField) -> TextCapture.Kind {
        if namespace == .xhtml { return .xhtml }
        guard namespace == .atom else { return .either }
        let isEscaped = tokenizer.value("mode")?.lowercased() == "escaped"
        guard let type = tokenizer.value("type")?.lowercased() else { return isEscaped ? .html : .plain }
        switch type {
        case "text", "text/plain": return .plain
        case "xhtml", "application/xhtml+xml": return isEscaped ? .html : .xhtml
        case "html", "text/html":
            return tokenizer.value("mode")?.lowercased() == "xml" ? .xhtml : .html
        default: return type.hasPrefix("text/") ? .plain : type.hasSuffix("xml") ? .xhtml : .binary
        }
    }

    private mutating func addLink() {
        let href = URLReference.resolve(tokenizer.value("href") ?? "", base: base)
        guard !href.isEmpty else { return }
        let type = tokenizer.value("type")?.lowercased()
        switch tokenizer.value("rel")?.lowercased() ?? "alternate" {
        case "alternate", "":
            let isPage = type == nil || type == "text/html" || type == "application/xhtml+xml"
            edit { $0.setURL(href, weight: isPage ? 6 : 5) }
        case "enclosure": addEnclosure("href")
        case "self" where item != nil: edit { $0.setURL(href, weight: 1) }
        default: break
        }
    }

    private mutating func addEnclosure(_ attribute: StaticString) {
        guard let text = tokenizer.value(attribute), !text.isEmpty else { return }
        let length = tokenizer.value("length") ?? tokenizer.value("fileSize")
        let enclosure = FeedItem.Enclosure(
            url: URLReference.resolve(text, base: base), type: tokenizer.value("type"),
            length: length.flatMap { Int($0) })
        item?.add(enclosure)
    }

    /// Changes the item being read, or else the feed.
    mutating func edit(_ change: (inout FeedDraft) -> Void) {
        if item != nil { change(&item!) } else { change(&draft) }
    }

    // MARK: - Ends

    private mutating func close(_ token: MarkupToken) {
        let reach = max(0, stack.count - Self.endTagReach)
        guard let at = stack.indices[reach...].last(where: { sameName(stack[$0].name, token.name) }) else { return }
        if let depth = capture?.depth, at > depth {
            let local = resolve(token.name).local
            capture?.appendTag(tokenizer, local, token, isEnd: true)
        }
        while stack.count > at { pop() }
    }

    private mutating func pop() {
        let open = stack.removeLast()
        let depth = stack.count
        if let done = capture, done.depth >= depth {
            capture = nil
            finish(done)
        }
        if open.context == .person, let done = person {
            person = nil
            edit { $0.addAuthor(done.name, weight: 6) }
        }
        if open.isItem, var done = item {
            item = nil
            feed.items.append(done.finishItem(base: open.base ?? url))
        }
        declarations.removeLast(max(0, declarations.count - open.declarations))
    }

    private mutating func finish(_ capture: TextCapture) {
        guard capture.kind != .binary else { return }
        let text = capture.text
        switch capture.target {
        case .person(let part): person?.set(part, text)
        case .field(let field):
            let base = base
            edit { $0.set(field, text, capture, base: base) }
        }
    }

    // MARK: - Names

    private mutating func declare(_ attribute: MarkupAttribute, _ base: inout String?) {
        let bytes = tokenizer.bytes
        guard bytes[attribute.name.lowerBound] == UInt8(ascii: "x") else { return }
        if tokenizer.isName(attribute.name, "xml:base") {
            let resolved = URLReference.resolve(tokenizer.value(of: attribute), base: base ?? url)
            // Bases that grow with the depth would make the whole quadratic.
            if resolved.utf8.count <= Self.maxBase { base = resolved }
        } else if tokenizer.isName(attribute.name, "xmlns") || bytes[attribute.name].starts(with: "xmlns:".utf8) {
            guard declarations.count < Self.maxDeclarations else { return }
            let prefix = String(decoding: bytes[attribute.name].dropFirst(6), as: UTF8.self)
            declarations.append(
                Declaration(prefix: prefix, namespace: FeedNamespace(uri: tokenizer.value(of: attribute))))
        }
    }

    private func resolve(_ name: Range<Int>) -> (FeedNamespace, local: String) {
        let prefix = String(decoding: tokenizer.bytes[tokenizer.prefix(of: name)], as: UTF8.self)
        let local = String(decoding: tokenizer.bytes[tokenizer.localName(of: name)], as: UTF8.self).lowercased()
        guard let declared = declarations.last(where: { $0.prefix == prefix })?.namespace else {
            return (FeedNamespace(customaryPrefix: prefix), local)
        }
        // A default namespace of the publisher's own is a mistake that hides the whole feed.
        if declared == .other, prefix.isEmpty { return (.rss, local) }
        return (declared, local)
    }

    private func isLocal(_ name: Range<Int>, _ wanted: StaticString) -> Bool {
        tokenizer.isName(tokenizer.localName(of: name), wanted)
    }

    private func sameName(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
        a.count == b.count && tokenizer.bytes[a].elementsEqual(tokenizer.bytes[b])
    }
}
