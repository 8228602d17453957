import WirewatchMarkup

extension OPML {
    /// Reads OPML 1.0, 1.1 and 2.0 as feed readers write it: attributes in any case, missing or doubled, wrong or no
    /// charset, undeclared entities, unclosed elements, a feed's address in `url` or `text`.
    ///
    /// Time is linear in the input, whatever its depth. Document types and external entities are never followed. Any thread.
    ///
    /// - Parameter contentType: the reply's `Content-Type`, for its charset.
    /// - Throws: ``OPMLError`` when there is neither an `opml` nor an `outline` element.
    public init(reading bytes: [UInt8], contentType: String? = nil) throws(OPMLError) {
        var reader = OPMLReader(FeedEncoding.decode(bytes, contentType: contentType).bytes)
        self = try reader.read()
    }
}

/// One pass over the tokens, with the open outlines on a stack.
private struct OPMLReader {
    private var tokenizer: MarkupTokenizer
    private var list = OPML()
    /// The folders that are open, as far as they are told apart.
    private var folders: [String] = []
    /// For each open outline whether it is one of ``folders``.
    private var open: [Bool] = []
    private var isKnown = false
    private var isTitle = false
    private var title: [UInt8] = []
    private var isInHead = false

    init(_ bytes: [UInt8]) { tokenizer = MarkupTokenizer(bytes) }

    mutating func read() throws(OPMLError) -> OPML {
        while let token = tokenizer.next() {
            switch token.kind {
            case .startTag: start(token)
            case .endTag: end(token)
            case .text where isTitle && title.count < 4096: tokenizer.appendText(of: token, to: &title)
            default: break
            }
        }
        guard isKnown else { throw OPMLError("not OPML: there is no 'opml' and no 'outline' element in it") }
        list.title = PlainText.line(String(decoding: title, as: UTF8.self))
        return list
    }

    private mutating func start(_ token: MarkupToken) {
        switch name(token) {
        case "outline":
            isKnown = true
            outline(isOpen: !token.isSelfClosing)
        case "opml": isKnown = true
        case "head": isInHead = !token.isSelfClosing
        case "title" where isInHead: isTitle = !token.isSelfClosing && title.isEmpty
        default: break
        }
    }

    private mutating func end(_ token: MarkupToken) {
        switch name(token) {
        case "outline": if open.popLast() == true { folders.removeLast() }
        case "head":
            isInHead = false
            isTitle = false
        case "title": isTitle = false
        default: break
        }
    }

    private func name(_ token: MarkupToken) -> String {
        guard token.name.count <= 16 else { return "" }
        return tokenizer.string(of: tokenizer.localName(of: token.name)).lowercased()
    }

    // MARK: Outlines

    private mutating func outline(isOpen: Bool) {
        let attributes = attributes()
        let label = PlainText.line(attributes["title"] ?? attributes["text"] ?? "")
        let type = attributes["type"]?.lowercased() ?? ""
        var isFolder = false
        if let url = feedURL(attributes, type: type) {
            add(url, label: label, attributes)
        } else if let url = attributes["url"], Self.isInclude(type: type, url) {
            list.includes.append(Self.address(url))
        } else {
            isFolder = isOpen && !label.isEmpty && folders.count < OPMLFeed.maxFolders
        }
        guard isOpen else { return }
        open.append(isFolder)
        if isFolder { folders.append(label) }
    }

    private mutating func add(_ url: String, label: String, _ attributes: [String: String]) {
        guard list.feeds.count < OPML.maxFeeds else {
            list.isTruncated = true
            return
        }
        var feed = OPMLFeed(url: url, title: label == url ? "" : label, folders: folders)
        feed.page = attributes["htmlurl"].map(Self.address)
        feed.description = attributes["description"].map(PlainText.line)
        feed.language = attributes["language"]
        // Lists without folders may name them: `/News/Robots,/Daily` (OPML 2.0, category).
        if folders.isEmpty, let first = attributes["category"]?.split(separator: ",").first {
            let names = first.split(separator: "/").map { PlainText.line(String($0)) }
            feed.folders = Array(names.filter { !$0.isEmpty }.prefix(OPMLFeed.maxFolders))
        }
        list.feeds.append(feed)
    }

    /// The address that an outline gives its feed, wherever it stands; nil for an outline that is no feed.
    private func feedURL(_ attributes: [String: String], type: String) -> String? {
        if let url = attributes["xmlurl"].map(Self.address), !url.isEmpty { return url }
        guard ["rss", "atom", "feed", "rss1", "rdf", "json", "jsonfeed"].contains(type) else { return nil }
        for name in ["feedurl", "url", "text", "title"] {
            if let url = attributes[name], URLReference.isWeb(Self.address(url)) { return Self.address(url) }
        }
        return nil
    }

    private static func isInclude(type: String, _ url: String) -> Bool {
        if type == "include" { return true }
        let path = URLReference.split(address(url)).path.lowercased()
        return type == "link" && (path.hasSuffix(".opml") || path.hasSuffix(".opml.xml"))
    }

    /// Without white space, `feed:`, entities that were written twice, and what neither an address nor XML can hold.
    private static func address(_ text: String) -> String {
        let scalars = text.unicodeScalars.filter { !OPML.isUnwritable($0) }
        let clean = String(String.UnicodeScalarView(scalars)).replacing("&amp;", with: "&")
        return FeedAddress.absolute(clean, base: nil) ?? URLReference.resolve(clean, base: nil)
    }

    /// The attributes that matter, names in lower case; of two with one name the first that is not empty.
    private func attributes() -> [String: String] {
        var found: [String: String] = [:]
        for attribute in tokenizer.attributes where attribute.name.count <= 16 {
            let name = tokenizer.string(of: tokenizer.localName(of: attribute.name)).lowercased()
            switch name {
            case "xmlurl", "htmlurl", "url", "feedurl", "text", "title", "type", "description", "language", "category":
                guard found[name] == nil else { continue }
                let value = tokenizer.value(of: attribute)
                if !value.utf8.allSatisfy({ $0 <= 0x20 }) { found[name] = value }
            default: break
            }
        }
        return found
    }
}
