import WirewatchMarkup

/// What feeds' addresses look like.
enum FeedAddress {
    /// At the root of a site, the commonest first.
    static let usualPaths = [
        "feed", "feed/", "rss", "rss/", "rss.xml", "atom.xml", "index.xml", "feed.xml", "feed.atom", "feed.json",
        "index.rdf", "blog/feed/",
    ]
    /// In the folder of a page.
    static let besidePage = ["feed", "feed/", "rss.xml", "atom.xml", "index.xml", "feed.xml"]

    /// The address that a reference means: http or https, or relative where nothing tells more; nil for another scheme.
    /// `feed:` stands for http (an old habit of feed readers).
    static func absolute(_ reference: String, base: String?) -> String? {
        var text = URLReference.resolve(reference, base: base)
        if URLReference.scheme(text) == "feed" {
            text = URLReference.resolve(String(text.dropFirst(5)), base: nil)
            if text.hasPrefix("//") { text = "http:" + text }
        }
        if let mark = text.firstIndex(of: "#") {
            text = URLReference.resolve(String(text[..<mark]), base: nil)
        }
        guard !text.isEmpty else { return nil }
        switch URLReference.scheme(text) {
        case nil: return text
        case "http", "https":
            // A scheme alone is no address.
            return URLReference.split(text).authority.map { !$0.isEmpty } == true ? text : nil
        default: return nil
        }
    }

    private static let words: Set<String> = [
        "feed", "feeds", "rss", "rss2", "atom", "rdf", "feed.xml", "rss.xml", "atom.xml", "index.xml", "index.rdf",
        "feed.json", "rss.php", "feed.php", "feed.rss", "feed.atom", "index.rss", "index.atom", "news.xml", "blog.xml",
        "posts.xml", "all.xml", "default.xml", "rss.aspx", "feed.aspx", "rss20.xml", "rss2.xml", "atom10.xml",
    ]

    /// Whether an address looks like a feed's.
    static func looksLikeFeed(_ url: String) -> Bool {
        let (_, authority, path, query) = URLReference.split(url.lowercased())
        let segments = path.split(separator: "/")
        let last = segments.last.map(String.init) ?? ""
        if words.contains(last) || [".rss", ".atom", ".rdf"].contains(where: last.hasSuffix) { return true }
        // `/feed/news`, `/feeds/posts/default`, `/rss/all.xml`
        if segments.dropLast().contains(where: { ["feed", "feeds", "rss", "atom"].contains($0) }),
            ![".html", ".htm", ".png", ".jpg", ".svg"].contains(where: last.hasSuffix)
        {
            return true
        }
        if let authority, ["feeds.", "feed.", "rss."].contains(where: authority.hasPrefix), !last.isEmpty {
            return true
        }
        return query.dropFirst().split(separator: "&").contains { parameter in
            ["feed=", "format=feed", "format=rss", "format=atom", "type=rss", "type=atom", "output=rss", "alt=rss"]
                .contains(where: parameter.hasPrefix)
        }
    }

    /// Whether a page's `<a>` seems to lead to a feed of its own.
    static func isLikely(_ link: PageLinks.Link, base: String?) -> Bool {
        guard link.href.utf8.first(where: { $0 > 0x20 }) != UInt8(ascii: "#"),
            let url = absolute(link.href, base: base)
        else { return false }
        // The buttons of feed readers carry the feed's address in theirs.
        let rest = url.dropFirst(8).lowercased()
        if ["http:", "https:", "http%3a", "https%3a"].contains(where: rest.contains) { return false }
        let type = FeedLinkType.read(link.type)
        if case .feed = type { return true }
        if FeedLinkType(rel: link.rel, type: link.type) != .none { return true }
        if looksLikeFeed(url) { return true }
        switch PlainText.collapsed(link.title ?? "").lowercased() {
        case "rss", "atom", "rss feed", "atom feed", "xml feed", "json feed", "rss 2.0", "atom 1.0", "feed (rss)",
            "feed (atom)":
            return true
        default: return false
        }
    }
}
