internal import WirewatchMarkup

/// What a page's JSON-LD says of the article (schema.org `NewsArticle` and its kin, also within `@graph`).
struct StructuredData {
    var title: String?
    var subtitle: String?
    var authors: [String] = []
    var published: String?
    var modified: String?
    var site: String?
    var section: String?
    var language: String?
    var tags: [String] = []
    var url: String?
    var body: String?
    var found = false
    /// Every type that is named, and whether and how much of the article is for all.
    var types: Set<String> = []
    var isForFree: Bool?
    var words: Int?
    /// Whether the page is one of posts that belong together as they come in.
    var isLive = false

    /// Reads the scripts of type `application/ld+json` in a tree; the first article counts, later ones fill gaps.
    init(_ tree: MarkupTree) {
        for node in tree.indices where tree.nodes[node].tag == .script {
            guard let type = tree.attribute(node, "type"), tree.equals(type.value, "application/ld+json"),
                let text = tree.firstChild(of: node), let value = LooseJSON(Array(tree.text(of: text).utf8))
            else { continue }
            read(value, depth: 0)
        }
    }

    private mutating func read(_ value: LooseJSON, depth: Int) {
        guard depth < 6 else { return }
        for element in value.elements {
            if let graph = element["@graph"] { read(graph, depth: depth + 1) }
            if let entity = element["mainEntity"] ?? element["mainEntityOfPage"] { read(entity, depth: depth + 1) }
            let types = (element["@type"]?.elements ?? []).compactMap(\.string)
            self.types.formUnion(types)
            if types.contains("LiveBlogPosting") { isLive = true }
            if types.contains(where: Self.isArticle) { take(element) }
        }
    }

    private static func isArticle(_ type: String) -> Bool {
        type.hasSuffix("Article") || type.hasSuffix("BlogPosting") || type == "Report" || type == "Review"
            || type == "LiveBlogPosting"
    }

    private mutating func take(_ article: LooseJSON) {
        found = true
        isForFree = isForFree ?? flag(article["isAccessibleForFree"])
        if words == nil, case .number(let text)? = article["wordCount"] { words = Int(text) }
        title = title ?? text(article["headline"]) ?? text(article["name"])
        subtitle = subtitle ?? text(article["alternativeHeadline"])
        published = published ?? text(article["datePublished"]) ?? text(article["dateCreated"])
        modified = modified ?? text(article["dateModified"])
        language = language ?? text(article["inLanguage"])
        section = section ?? text(article["articleSection"])
        body = body ?? text(article["articleBody"])
        url = url ?? text(article["url"])
        if site == nil { site = name(article["publisher"]) }
        if authors.isEmpty {
            for author in (article["author"]?.elements ?? []) + (article["creator"]?.elements ?? []) {
                if let people = author["name"]?.elements {
                    authors += people.compactMap(text)
                } else if let name = author.string {
                    authors.append(plain(name))
                }
            }
        }
        if tags.isEmpty {
            for keyword in article["keywords"]?.elements ?? [] {
                guard let list = text(keyword) ?? name(keyword) else { continue }
                tags += list.split { $0 == "," || $0 == ";" || $0 == "\u{FF0C}" }.map { plain(String($0)) }
            }
        }
    }

    /// `true`, `"True"`, `"http://schema.org/True"`.
    private func flag(_ value: LooseJSON?) -> Bool? {
        if case .bool(let flag)? = value { return flag }
        guard let text = text(value)?.lowercased() else { return nil }
        return text.hasSuffix("true") ? true : text.hasSuffix("false") ? false : nil
    }

    private func name(_ value: LooseJSON?) -> String? {
        for element in value?.elements ?? [] {
            if let name = text(element["name"]) ?? text(element) { return name }
        }
        return nil
    }

    private func text(_ value: LooseJSON?) -> String? {
        guard let text = value?.elements.first?.string else { return nil }
        let clean = plain(text)
        return clean.isEmpty ? nil : clean
    }

    /// References decoded, for many pages escape twice; white space squeezed.
    private func plain(_ text: String) -> String { TextBlock(CharacterReferences.decode(text)).squeezed }
}
