import WirewatchMarkup

/// Walks the tokens of a sitemap of XML once, with a short stack of what is open.
///
/// Elements are known by their local names and the place where they stand: namespaces are wrong too often to go by.
struct XMLSitemapReader {
    private struct Open {
        var name: Range<Int>
        /// `.other` for what is not ours, whose content is not read. In an index `sitemap` counts as `url`.
        var element: SitemapElement
    }

    /// Elements open at once; deeper ones are read as if they stood side by side.
    private static let maximumDepth = 32
    /// Of a text; what is longer is cut.
    private static let maximumText = 16_384

    private var tokenizer: MarkupTokenizer
    private var sitemap: Sitemap?
    private var stack: [Open] = []
    private var draft: SitemapDraft?
    /// The decoded text of the innermost element, while that is one of ours.
    private var buffer: [UInt8] = []
    private var firstElement: String?
    private var isFeed = false
    private var isMalformed = false
    private var hasClosedRoot = false
    private let options: SitemapReaderOptions

    init(_ bytes: [UInt8], _ options: SitemapReaderOptions) {
        tokenizer = MarkupTokenizer(bytes)
        tokenizer.attributeLimit = 64
        self.options = options
        buffer.reserveCapacity(1024)
        stack.reserveCapacity(Self.maximumDepth)
    }

    /// Nil for a feed.
    mutating func read() throws(SitemapError) -> Sitemap? {
        while let token = tokenizer.next() {
            switch token.kind {
            case .startTag: open(token)
            case .endTag: close(token)
            case .text:
                if let top = stack.last, Self.hasText(top.element), buffer.count < Self.maximumText {
                    tokenizer.appendText(of: token, to: &buffer)
                }
            case .comment, .doctype, .processingInstruction: break
            }
            if isFeed { return nil }
            if sitemap?.isTruncated == true { break }
        }
        if sitemap?.isTruncated != true {
            if !stack.isEmpty || !hasClosedRoot { isMalformed = true }
            while !stack.isEmpty { pop() }
            finishEntry()
        }
        guard var sitemap else { throw notASitemap() }
        sitemap.isMalformed = isMalformed
        return sitemap
    }

    private func notASitemap() -> SitemapError {
        let found = firstElement.map { "its root element is <\($0.prefix(40))>" } ?? "it has no element"
        let advice =
            firstElement?.lowercased() == "html"
            ? ": it is a web page; the site's robots.txt may name its sitemaps" : ""
        return SitemapError("not a sitemap: \(found), not <urlset> or <sitemapindex>\(advice)")
    }

    // MARK: Elements

    private mutating func open(_ token: MarkupToken) {
        if stack.count >= Self.maximumDepth {
            isMalformed = true
            pop()
        }
        let found = SitemapElement.of(tokenizer.bytes, tokenizer.localName(of: token.name))
        if firstElement == nil { firstElement = tokenizer.string(of: token.name) }
        let element: SitemapElement
        switch found {
        case .urlset, .sitemapindex:
            element = found
            if sitemap == nil { sitemap = Sitemap(kind: found == .urlset ? .urls : .index) }
        case .url, .sitemap:
            // In another vocabulary's element inside an entry it is that vocabulary's.
            let isForeign = draft != nil && stack.last?.element == .other
            element = isForeign ? .other : beginEntry(found)
        case .rss, .feed, .rdf, .channel:
            isFeed = sitemap == nil && stack.isEmpty
            if isFeed { return }
            element = .other
        default: element = child(found)
        }
        buffer.removeAll(keepingCapacity: true)
        stack.append(Open(name: token.name, element: element))
        if token.isSelfClosing { pop() }
    }

    /// What an element of an entry is there; `.other` when it has no meaning in that place.
    private mutating func child(_ found: SitemapElement) -> SitemapElement {
        // An element that holds text holds no others: its end tag is missing.
        if let top = stack.last, Self.hasText(top.element), found != .other {
            isMalformed = true
            pop()
        }
        guard draft != nil, let parent = stack.last?.element else { return .other }
        switch (parent, found) {
        case (.url, .loc), (.url, .lastmod): return found
        case (.url, .news):
            draft?.beginNews()
            return found
        case (.url, .image):
            draft?.beginImage()
            return found
        case (.news, .publication), (.news, .publicationDate), (.news, .title), (.news, .keywords),
            (.news, .stockTickers):
            return found
        case (.publication, .name), (.publication, .language): return found
        case (.image, .loc), (.image, .caption), (.image, .title): return found
        default: return .other
        }
    }

    /// An entry begins, and whatever is open of another ends.
    private mutating func beginEntry(_ found: SitemapElement) -> SitemapElement {
        if draft != nil {
            isMalformed = true
            while let top = stack.last, top.element != .urlset, top.element != .sitemapindex { pop() }
            finishEntry()
        }
        // Fragments without a root, and entries in a root of another name, are read too.
        if sitemap == nil {
            sitemap = Sitemap(kind: found == .sitemap ? .index : .urls)
            isMalformed = true
        }
        draft = SitemapDraft()
        return .url
    }

    private mutating func close(_ token: MarkupToken) {
        let bytes = tokenizer.bytes
        var at = stack.count - 1
        while at >= 0, !bytes[stack[at].name].elementsEqual(bytes[token.name]) { at -= 1 }
        guard at >= 0 else {
            isMalformed = true
            return
        }
        if at < stack.count - 1 { isMalformed = true }
        while stack.count > at { pop() }
    }

    private mutating func pop() {
        guard let top = stack.popLast() else { return }
        switch top.element {
        case .url: finishEntry()
        case .urlset, .sitemapindex: hasClosedRoot = true
        default:
            if Self.hasText(top.element), let parent = stack.last?.element {
                draft?.take(top.element, in: parent, buffer, base: options.url)
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func finishEntry() {
        guard let draft else { return }
        self.draft = nil
        guard let entry = draft.finished() else {
            isMalformed = true
            return
        }
        if let count = sitemap?.entries.count, count >= options.maximumEntries {
            sitemap?.isTruncated = true
        } else {
            sitemap?.entries.append(entry)
        }
    }

    private static func hasText(_ element: SitemapElement) -> Bool {
        switch element {
        case .loc, .lastmod, .name, .language, .publicationDate, .title, .keywords, .stockTickers, .caption: true
        default: false
        }
    }
}
