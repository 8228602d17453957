internal import WirewatchKit
internal import WirewatchMarkup

/// What a page says of its article outside the text: JSON-LD, Open Graph, Twitter, `meta`, `link`, `time`, `rel`.
struct PageMetadata {
    var title: String?
    var subtitle: String?
    var authors: [String] = []
    var published: PublicationDate?
    /// Whether ``published`` is from the address alone.
    var isPublishedGuessed = false
    var modified: PublicationDate?
    var site: String?
    var section: String?
    var language: String?
    var tags: [String] = []
    var canonicalURL: String?
    /// The article's text as JSON-LD gives it, for comparison.
    var body: String?
    /// What the page tells of how it writes dates, and when it was fetched.
    private(set) var dateHints = DateHints()
    var isLive = false
    /// Every title that the page names, to know it again in the text.
    var titles: [String] = []
    /// Where the fields above were read.
    private(set) var origins = FieldOrigins()
    /// What the page says of its own kind.
    private(set) var signs = PageSigns()

    /// - Parameter received: when the page was fetched, if known: what dates such as `2 hours ago` count from.
    init(_ tree: MarkupTree, hints: ElementHints, url: String?, received: Timestamp? = nil) {
        let structured = StructuredData(tree)
        var meta: [String: [String]] = [:]
        var documentTitle: String?
        var headings: [String] = []
        var articleHeading: String?
        var times: [(published: Bool, text: String)] = []
        var relTags: [String] = []
        var topics: [String] = []
        var furnitureEnd = 0
        var bylines: [String] = []
        var names: [String] = []
        var htmlLanguage: String?
        var svgEnd = 0
        for node in tree.indices where tree.nodes[node].kind == .element {
            switch tree.nodes[node].tag {
            case .svg: svgEnd = tree.end(of: node)
            case .nav, .header, .footer: furnitureEnd = max(furnitureEnd, tree.end(of: node))
            case .a where node >= furnitureEnd && topics.count < 40 && Self.leadsToTopic(tree, node):
                if let text = Self.clean(tree.text(of: node)) { topics.append(text) }
            case .html: htmlLanguage = htmlLanguage ?? tree.value(node, "lang")
            case .meta:
                let name =
                    tree.value(node, "property") ?? tree.value(node, "name") ?? tree.value(node, "itemprop")
                    ?? tree.value(node, "http-equiv")
                guard let name, let content = tree.value(node, "content") else { break }
                let clean = TextBlock(CharacterReferences.decode(content)).squeezed
                if !clean.isEmpty { meta[name.lowercased(), default: []].append(clean) }
            case .title where node >= svgEnd:
                if documentTitle == nil { documentTitle = Self.clean(tree.text(of: node)) }
            case .link:
                if let rel = tree.attribute(node, "rel"), tree.equals(rel.value, "canonical"), canonicalURL == nil {
                    canonicalURL = tree.value(node, "href")
                }
            case .h1:
                if let text = Self.clean(tree.text(of: node)) {
                    headings.append(text)
                    if articleHeading == nil, tree.value(node, "itemprop")?.contains("headline") == true {
                        articleHeading = text
                    }
                }
            case .time:
                guard times.count < 50 else { break }
                let text = tree.value(node, "datetime") ?? tree.text(of: node)
                let isPublished =
                    tree.value(node, "itemprop") == "datePublished" || tree.attribute(node, "pubdate") != nil
                    || tree.value(node, "class")?.contains("publish") == true
                times.append((isPublished, text))
            default: break
            }
            if let itemprop = tree.attribute(node, "itemprop"), tree.nodes[node].tag != .meta {
                if tree.equals(itemprop.value, "datepublished") {
                    times.append(
                        (true, tree.value(node, "content") ?? tree.value(node, "datetime") ?? tree.text(of: node)))
                }
            }
            guard
                tree.nodes[node].tag == .a || hints[node] != nil || tree.attribute(node, "itemprop") != nil
            else { continue }
            if let rel = tree.value(node, "rel")?.lowercased() {
                let words = rel.split(separator: " ")
                if words.contains("tag"), relTags.count < 40, let text = Self.clean(tree.text(of: node)) {
                    relTags.append(text)
                }
                if words.contains("author"), bylines.count < 8, let text = Self.clean(tree.text(of: node)) {
                    bylines.append(text)
                }
            }
            if bylines.count < 8, Self.namesAuthor(tree, hints, node), tree.end(of: node) - node < 60,
                let text = Self.clean(tree.text(of: node)), text.utf8.count <= 120
            {
                bylines.append(text)
            }
            if names.isEmpty, hints[node]?.isCredit == true, tree.end(of: node) - node < 30 {
                names = Self.nameTexts(tree, node)
            }
        }
        var origins = FieldOrigins()
        func noted<Value>(_ field: ArticleField, _ origin: FieldOrigin, _ value: Value?) -> Value? {
            if value != nil { origins[field] = origin }
            return value
        }
        func first(_ field: ArticleField, _ names: String...) -> String? {
            for name in names {
                if let value = meta[name]?.first { return noted(field, Self.origin(ofMeta: name), value) }
            }
            return nil
        }
        defer { self.origins = origins }

        signs = PageSigns(
            structured, openGraphType: meta["og:type"]?.first, hasTime: meta["article:published_time"] != nil)
        site =
            first(.site, "og:site_name", "application-name", "twitter:app:name:iphone")
            ?? noted(.site, .jsonLD, structured.site)
        body = structured.body
        // Not every page of live posts says so in JSON-LD.
        isLive = structured.isLive || (url ?? canonicalURL ?? "").lowercased().contains("live")
        language =
            first(.language, "og:locale:language") ?? noted(.language, .lang, htmlLanguage)
            ?? noted(.language, .jsonLD, structured.language)
            ?? first(.language, "og:locale", "content-language", "language", "dc.language")
        section =
            first(.section, "article:section", "og:article:section", "section", "cxenseparse:section")
            ?? noted(.section, .jsonLD, structured.section)
        subtitle = noted(.subtitle, .jsonLD, structured.subtitle)

        // The title: what is shown as headline, confirmed by the others.
        let shared = first(.title, "og:title", "twitter:title", "title", "dc.title", "parsely-title", "sailthru.title")
        let cutDocument = documentTitle.map {
            Self.withoutSite($0, site: site, evidence: headings + [shared, structured.title].compactMap { $0 })
        }
        let cutShared = shared.map {
            Self.withoutSite($0, site: site, evidence: headings + [structured.title].compactMap { $0 })
        }
        titles =
            ([articleHeading, structured.title, shared, cutShared, cutDocument, documentTitle].compactMap { $0 }
                + headings)
        let confirmed = headings.first { heading in
            [structured.title, cutShared, cutDocument, shared, documentTitle].contains {
                $0.map { Self.resembles($0, heading) } ?? false
            }
        }
        // Two statements made for machines, alike to the letter, outweigh one heading.
        let agreed = structured.title.flatMap { title in
            cutShared.map { Self.plain($0) == Self.plain(title) } == true ? title : nil
        }
        let choices: [(String?, FieldOrigin)] = [
            (agreed.flatMap { headings.map(Self.plain).contains(Self.plain($0)) ? nil : $0 }, .jsonLD),
            (confirmed, .heading), (articleHeading, .heading), (structured.title, .jsonLD),
            (cutShared, origins[.title] ?? .meta), (cutDocument, .documentTitle),
            (headings.count == 1 ? headings[0] : nil, .heading), (headings.first, .heading),
        ]
        for (text, origin) in choices {
            guard let text, text.utf8.count > 1 else { continue }
            title = noted(.title, origin, text)
            break
        }

        if site == nil, let title, let documentTitle {
            site = noted(.site, .documentTitle, Self.site(in: documentTitle, after: title))
        }

        // Dates: what machines are told, then what people read.
        let published: [(String?, FieldOrigin)] = [
            (structured.published, .jsonLD),
            (
                first(
                    .published, "article:published_time", "og:published_time", "og:article:published_time",
                    "datepublished", "pubdate",
                    "publishdate", "publish-date", "publish_date", "date.release", "parsely-pub-date", "sailthru.date",
                    "dc.date.issued",
                    "dc.date", "dcterms.created", "dcterms.date", "date", "article.published",
                    "cxenseparse:recs:publishtime",
                    "published_time", "article:published", "og:pubdate", "created", "citation_publication_date",
                    "last-published"), origins[.published] ?? .meta
            ),
            (times.first { $0.published }?.text, .time), (times.first?.text, .time),
        ]
        let modified: [(String?, FieldOrigin)] = [
            (structured.modified, .jsonLD),
            (
                first(
                    .modified, "article:modified_time", "og:updated_time", "og:modified_time", "datemodified",
                    "lastmod",
                    "last-modified",
                    "dcterms.modified", "dc.date.modified"), origins[.modified] ?? .meta
            ),
        ]
        dateHints = DateHints(language: language, now: received)
        if let order = DateReader.order(in: (published + modified).compactMap(\.0) + times.map(\.text)) {
            dateHints.order = order
        }
        self.published =
            published.lazy.compactMap { [dateHints] text, origin in
                noted(.published, origin, text.flatMap { Self.date($0, dateHints) })
            }.first
        if self.published == nil, let url {
            self.published = noted(.published, .url, Self.date(inURL: url))
            isPublishedGuessed = true
        }
        self.modified =
            modified.lazy.compactMap { [dateHints] text, origin in
                noted(.modified, origin, text.flatMap { Self.date($0, dateHints) })
            }.first

        // Authors: people before the site itself.
        let shown = names
        let siteKey = site?.lowercased()
        func isSite(_ name: String) -> Bool { name.lowercased() == siteKey }
        let stated = structured.authors.compactMap(Byline.cleaned)
        names = stated.filter { !isSite($0) }
        origins[.authors] = .jsonLD
        if names.isEmpty {
            for key in [
                "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
                "byline",
                "og:article:author", "cxenseparse:author", "citation_author", "article:author_name",
            ] {
                names = (meta[key] ?? []).filter { !$0.contains("://") }.flatMap(Byline.names).filter { !isSite($0) }
                origins[.authors] = Self.origin(ofMeta: key)
                if !names.isEmpty { break }
            }
        }
        if names.isEmpty {
            for line in bylines {
                names = Byline.names(line).filter { !isSite($0) }
                origins[.authors] = .markup
                if !names.isEmpty { break }
            }
        }
        if names.isEmpty {
            names = shown.filter { !isSite($0) }
            origins[.authors] = .markup
        }
        if names.isEmpty, stated.count == 1 {
            names = stated
            origins[.authors] = .jsonLD
        }
        authors = Self.unique(names)

        // Tags: the first source that has any.
        let listed = ["keywords", "news_keywords", "parsely-tags", "sailthru.tags"]
        var groups: [[String]] = [structured.tags]
        groups += listed.map { key in
            (meta[key] ?? []).flatMap {
                $0.split { $0 == "," || $0 == ";" || $0 == "\u{FF0C}" || $0 == "\u{3001}" }.map(String.init)
            }
        }
        groups.append(
            (meta["article:tag"] ?? meta["og:article:tag"] ?? []).flatMap { $0.split(separator: ",").map(String.init) })
        groups.append(relTags)
        // More of them are a menu.
        if topics.count <= 15 { groups.append(topics.filter { TextBlock($0).words <= 5 }) }
        let noTags = Set(([site].compactMap { $0 } + authors).map { $0.lowercased() })
        let address = (canonicalURL ?? url ?? "").lowercased()
        let cleaned = groups.map { group in
            let tags = group.map { TextBlock($0).squeezed }.filter { tag in
                let key = tag.lowercased()
                let isHost = key.contains(".") && (address.contains("//" + key) || address.contains("." + key + "/"))
                return Self.isTag(tag) && !noTags.contains(key) && !isHost
            }
            // Several of `Subject: Politics` are a system's fields; one may be a title with a colon.
            let fields = tags.filter { $0.contains(": ") }.count
            return Self.unique(fields > 1 ? tags.filter { !$0.contains(": ") } : tags)
        }
        let found = cleaned.firstIndex { !$0.isEmpty }
        tags = found.map { cleaned[$0] } ?? []
        origins[.tags] = found == 0 ? .jsonLD : (found ?? 0) < 5 ? .meta : found == 5 ? .openGraph : .markup
        canonicalURL =
            noted(.canonicalURL, .link, canonicalURL) ?? first(.canonicalURL, "og:url")
            ?? noted(.canonicalURL, .jsonLD, structured.url)
        if let canonical = canonicalURL, !canonical.hasPrefix("http") {
            canonicalURL = Self.absolute(canonical, base: url)
        }
    }

    // MARK: Reading

    private static func origin(ofMeta name: String) -> FieldOrigin {
        if name.hasPrefix("og:") || name.hasPrefix("article:") { return .openGraph }
        return name.hasPrefix("twitter:") ? .twitter : .meta
    }

    private static func clean(_ text: String) -> String? {
        let text = TextBlock(text).squeezed
        return text.isEmpty ? nil : text
    }

    private static func namesAuthor(_ tree: MarkupTree, _ hints: ElementHints, _ node: Int) -> Bool {
        if hints[node]?.isAuthor == true { return true }
        return tree.attribute(node, "itemprop").map { tree.equals($0.value, "author") } ?? false
    }

    /// Whether a link is to a page of a topic, as sites put below their articles.
    private static func leadsToTopic(_ tree: MarkupTree, _ node: Int) -> Bool {
        guard let target = tree.attribute(node, "href"), (8..<200).contains(target.value.count) else { return false }
        var bytes: [UInt8] = []
        tree.append(target.value, to: &bytes)
        return topicPaths.contains { bytes.contains($0) }
    }

    private static let topicPaths: [StaticString] = [
        "/tag/", "/tags/", "/topic/", "/topics/", "/thema/", "/themen/", "/keyword/", "/keywords/",
    ]

    /// The texts of a byline's parts, when each is nothing but a name: `<i>Ann Example</i> <i>Bo Sample</i>`.
    private static func nameTexts(_ tree: MarkupTree, _ node: Int) -> [String] {
        var names: [String] = []
        for index in node..<tree.end(of: node) where tree.nodes[index].kind == .text {
            let text = TextBlock(tree.text(of: index))
            if text.isEmpty || text.letters == 0 { continue }
            let key = TextBlock(text.squeezed)
            if names.isEmpty, Self.leads.contains(String(decoding: key.folded, as: UTF8.self)) { continue }
            guard names.count < 8, Byline.isBareName(key), let name = Byline.cleaned(key.text) else { return [] }
            names.append(name)
        }
        return names
    }

    private static let leads: Set<String> = [
        "by", "by:", "written by", "text by", "author", "author:", "words by", "von",
    ]

    /// Whether a keyword is one for readers, not a machine's code.
    private static func isTag(_ text: String) -> Bool {
        let bytes = text.utf8
        // `category:news`, `region|national`, an identifier.
        guard !bytes.isEmpty, bytes.count <= 100, !bytes.contains(0x3D), !bytes.contains(0x7C) else { return false }
        if let colon = bytes.firstIndex(of: 0x3A), !bytes[colon...].starts(with: ": ".utf8) { return false }
        let digits = bytes.filter { $0 &- 0x30 < 10 || $0 == 0x2D }.count
        return !(bytes.count >= 16 && digits * 3 > bytes.count)
    }

    private static func unique(_ items: [String]) -> [String] {
        var seen: Set<String> = []
        return items.filter { seen.insert($0.lowercased()).inserted }
    }

    /// A date as machines or people write it; of two readings none, unless the hints decide.
    private static func date(_ text: String, _ hints: DateHints) -> PublicationDate? {
        let date =
            DateReader.read(text, hints: hints)
            ?? (DateReader.readings(of: text) == nil ? DateReader.readWhole(text, hints: hints) : nil)
        return date.flatMap { $0.fields.year >= 1990 ? $0 : nil }
    }

    /// `2025/12/03` in a path.
    private static func date(inURL url: String) -> PublicationDate? {
        let parts = url.split { $0 == "/" || $0 == "?" || $0 == "#" }.map(String.init)
        guard parts.count > 4 else { return nil }
        for index in 2..<parts.count - 2 {
            guard parts[index].utf8.count == 4, let year = Int(parts[index]), (1990...2100).contains(year),
                let month = Int(parts[index + 1]), let day = Int(parts[index + 2])
            else { continue }
            let fields = CivilTime(year: year, month: month, day: day)
            if fields.isValid { return PublicationDate(fields, precision: .day) }
        }
        return nil
    }

    /// A path of the page's own host made whole; nil without one.
    private static func absolute(_ path: String, base: String?) -> String? {
        if path.hasPrefix("//") { return "https:" + path }
        guard path.hasPrefix("/"), let base, let scheme = base.utf8.firstRange(of: Array("://".utf8)) else {
            return nil
        }
        let rest = base[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return String(base[..<scheme.upperBound]) + host + path
    }
}
