/// The vocabularies that feeds mix.
enum FeedNamespace: Sendable {
    /// RSS without a namespace, and RSS 0.90 and 1.0.
    case rss
    case atom, rdf, dublinCore, contentModule, media, itunes, xhtml, xml, other

    /// By the name's URI; compared without case and without the marks that publishers get wrong.
    init(uri: String) {
        let uri = uri.lowercased()
        func has(_ part: String) -> Bool { uri.contains(part) }
        if uri.isEmpty || has("purl.org/rss/1.0") && !has("modules") || has("my.netscape.com/rdf/simple/0.9")
            || has("backend.userland.com/rss") || has("channel.netscape.com/rdf/simple")
        {
            self = .rss
        } else if has("w3.org/2005/atom") || has("purl.org/atom") {
            self = .atom
        } else if has("22-rdf-syntax-ns") {
            self = .rdf
        } else if has("purl.org/dc/") {
            self = .dublinCore
        } else if has("rss/1.0/modules/content") {
            self = .contentModule
        } else if has("search.yahoo.com/mrss") {
            self = .media
        } else if has("itunes.com/dtds/podcast") || has("itunes.com/dtds/podcast-1.0") {
            self = .itunes
        } else if has("1999/xhtml") {
            self = .xhtml
        } else if has("xml/1998/namespace") {
            self = .xml
        } else {
            self = .other
        }
    }

    /// By the customary prefix, for feeds that use one without declaring it.
    init(customaryPrefix prefix: String) {
        switch prefix.lowercased() {
        case "", "rss": self = .rss
        case "atom", "a10", "atom03", "atom10": self = .atom
        case "rdf": self = .rdf
        case "dc", "dcterms": self = .dublinCore
        case "content": self = .contentModule
        case "media": self = .media
        case "itunes": self = .itunes
        case "xhtml", "html": self = .xhtml
        case "xml": self = .xml
        default: self = .other
        }
    }
}

/// What an element says of the feed or the item that it stands in.
enum FeedField: Sendable {
    case title, link, id, summary, content, published, updated, author, tag, keywords, language

    /// - Parameter name: the local name in lower case.
    init?(_ namespace: FeedNamespace, _ name: String, inItem: Bool) {
        switch namespace {
        case .rss, .atom:
            switch name {
            case "title": self = .title
            case "link": self = .link
            case "guid", "id": self = .id
            case "description", "summary", "subtitle", "tagline", "abstract": self = .summary
            case "content", "body", "fulltext": self = .content
            case "pubdate", "published", "issued", "created": self = .published
            case "updated", "modified", "lastbuilddate": self = .updated
            case "author", "managingeditor", "creator": self = .author
            case "category": self = .tag
            case "language": self = .language
            default: return nil
            }
        case .dublinCore:
            switch name {
            case "title": self = .title
            case "creator", "author": self = .author
            case "date", "created", "issued", "available": self = .published
            case "modified": self = .updated
            case "subject": self = .tag
            case "description", "abstract": self = .summary
            case "identifier" where inItem: self = .id
            case "language": self = .language
            default: return nil
            }
        case .contentModule:
            guard name == "encoded" else { return nil }
            self = .content
        case .xhtml:
            guard name == "body" || name == "div" else { return nil }
            self = .content
        case .itunes:
            switch name {
            case "author": self = .author
            case "summary", "subtitle": self = .summary
            case "keywords": self = .keywords
            default: return nil
            }
        case .media:
            switch name {
            case "title": self = .title
            case "description", "text": self = .summary
            case "keywords": self = .keywords
            case "category": self = .tag
            default: return nil
            }
        case .rdf, .xml, .other: return nil
        }
    }

    /// How much an element of this vocabulary counts against another for the same field; the higher wins.
    static func weight(_ namespace: FeedNamespace, _ name: String) -> Int {
        switch namespace {
        case .rss, .atom: name == "subtitle" || name == "created" || name == "issued" ? 5 : 6
        case .contentModule: 7
        case .xhtml: 4
        case .dublinCore: 3
        case .itunes: 2
        case .media: 1
        case .rdf, .xml, .other: 0
        }
    }
}
