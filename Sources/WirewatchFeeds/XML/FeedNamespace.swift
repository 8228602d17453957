/// The vocabularies that feeds mix.
enum FeedNamespace: UInt8 {
    /// RSS without a namespace, and RSS 0.90 and 1.0.
    case rss
    case atom, rdf, dublinCore, dublinCoreTerms, contentModule, media, itunes, xhtml, xml, syndication, slash, geo
    case feedburner, threading, admin, wellFormedWeb, creativeCommons, other

    /// What a namespace's URI holds, in lower case, in the order of search. Parts, since publishers get the scheme, the
    /// host's `www` and the last mark wrong.
    private static let parts: [(part: [UInt8], namespace: FeedNamespace, isOld: Bool)] = texts.map { text, namespace in
        (Array(text.utf8), namespace, text.contains("netscape.com") || text == "purl.org/atom")
    }

    private static let texts: [(String, FeedNamespace)] = [
        ("w3.org/2005/atom", .atom), ("purl.org/atom", .atom), ("22-rdf-syntax-ns", .rdf),
        ("purl.org/dc/terms", .dublinCoreTerms),
        ("purl.org/dc/", .dublinCore), ("rss/1.0/modules/dcterms", .dublinCoreTerms),
        ("rss/1.0/modules/dc", .dublinCore),
        ("rss/1.0/modules/content", .contentModule), ("search.yahoo.com/mrss", .media),
        ("itunes.com/dtds/podcast", .itunes),
        ("1999/xhtml", .xhtml), ("xml/1998/namespace", .xml),
        ("rss/1.0/modules/syndication", .syndication), ("rss/1.0/modules/slash", .slash), ("georss.org/georss", .geo),
        ("w3.org/2003/01/geo", .geo), ("opengis.net/gml", .geo), ("feedburner", .feedburner),
        ("syndication/thread/1.0", .threading), ("webns.net/mvcb", .admin), ("wellformedweb.org", .wellFormedWeb),
        ("creativecommonsrssmodule", .creativeCommons), ("web.resource.org/cc", .creativeCommons),
        ("rss/1.0/modules/", .other), ("purl.org/rss/1.0", .rss), ("purl.org/net/rss1.1", .rss),
        ("my.netscape.com/rdf/simple/0.9", .rss),
        ("channel.netscape.com/rdf/simple", .rss), ("my.netscape.com/publish/formats/rss", .rss),
        ("purl.org/rss/2.0", .rss), ("backend.userland.com", .rss), ("blogs.law.harvard.edu/tech/rss", .rss),
        ("cyber.law.harvard.edu/rss", .rss),
    ]

    /// By the name's URI, and whether that is the URI of a vocabulary's first version (RSS 0.90, Atom 0.3).
    static func of(uri: String) -> (FeedNamespace, isOld: Bool) {
        if let found = customary[uri] { return found }
        return byParts(uri)
    }

    /// What nearly all feeds declare, for the search among all parts takes as long as the reading of an item.
    private static let customary: [String: (FeedNamespace, isOld: Bool)] = Dictionary(
        uniqueKeysWithValues: [
            "http://www.w3.org/2005/Atom", "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/",
            "http://purl.org/rss/1.0/modules/content/", "http://purl.org/rss/1.0/modules/syndication/",
            "http://purl.org/rss/1.0/modules/slash/", "http://purl.org/rss/1.0/",
            "http://wellformedweb.org/CommentAPI/",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://search.yahoo.com/mrss/",
            "http://www.itunes.com/dtds/podcast-1.0.dtd", "http://www.georss.org/georss",
            "http://www.w3.org/2003/01/geo/wgs84_pos#", "http://www.w3.org/1999/xhtml",
            "http://purl.org/syndication/thread/1.0", "http://rssnamespace.org/feedburner/ext/1.0",
            "http://webns.net/mvcb/", "http://backend.userland.com/creativeCommonsRssModule",
        ].map { ($0, byParts($0)) })

    private static func byParts(_ uri: String) -> (FeedNamespace, isOld: Bool) {
        let uri = uri.utf8.prefix(200).map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        if uri.isEmpty { return (.rss, false) }
        let found = parts.first { contains(uri, $0.part) }
        return (found?.namespace ?? .other, found?.isOld ?? false)
    }

    private static let prefixes: [String: FeedNamespace] = [
        "": .rss, "rss": .rss, "atom": .atom, "a10": .atom, "atom03": .atom, "atom10": .atom, "rdf": .rdf,
        "dc": .dublinCore, "dcterms": .dublinCoreTerms, "content": .contentModule, "media": .media, "itunes": .itunes,
        "xhtml": .xhtml, "html": .xhtml, "xml": .xml, "sy": .syndication, "slash": .slash, "georss": .geo, "geo": .geo,
        "gml": .geo, "feedburner": .feedburner, "thr": .threading, "admin": .admin, "wfw": .wellFormedWeb,
        "cc": .creativeCommons, "creativecommons": .creativeCommons,
    ]

    /// By the customary prefix, for feeds that use one without declaring it.
    init(customaryPrefix prefix: String) { self = Self.prefixes[prefix.lowercased()] ?? .other }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard text.count >= part.count else { return false }
        for start in 0...text.count - part.count where text[start] == part[0] {
            if text[start..<start + part.count].elementsEqual(part) { return true }
        }
        return false
    }
}
