import WirewatchKit
import WirewatchMarkup

/// Finds the feeds of a page: those that it names, else those that it links to, else where feeds usually are.
///
/// Follows the autodiscovery of RSS and Atom (https://www.rssboard.org/rss-autodiscovery) and `Link` fields (RFC 8288).
/// Nothing is fetched. Any bytes are a page; time is linear. Any thread.
public enum FeedDiscovery {
    /// More than this many of a page are left out.
    public static let limit = 500

    /// The feeds that a page names, in its order; where it names none, those that it seems to link to.
    ///
    /// - Parameters:
    ///   - url: the page's address, which relative references are resolved with.
    ///   - contentType: the reply's `Content-Type`, for its charset.
    ///   - linkFields: the values of the reply's `Link` fields.
    public static func feeds(
        in page: [UInt8], url: String?, contentType: String? = nil, linkFields: [String] = []
    ) -> [FeedCandidate] {
        let charset = contentType.flatMap { ContentType(header: $0).charset }
        let links = PageLinks(Charset.decode(page, contentTypeCharset: charset))
        let base = links.base.map { URLReference.resolve($0, base: url) } ?? url
        var found = CandidateList(limit: limit)
        for link in linkFields.flatMap(LinkField.links) {
            found.add(link.href, base: url, title: link.title, link.isFeed, language: link.language, .header)
        }
        for link in links.links {
            found.add(link.href, base: base, title: link.title, link.isFeed, language: link.language, .link)
        }
        if !found.list.isEmpty { return found.list }
        for link in links.anchors where FeedAddress.isLikely(link, base: base) {
            found.add(
                link.href, base: base, title: link.title, FeedLinkType.named(FeedLinkType.read(link.type)),
                language: link.language, .anchor)
        }
        return found.list
    }

    /// Where a page's feed may be though it names none: by the rules of well-known sites first, then at usual paths, beside
    /// the page and at the root of its site. Empty for what is no http or https URL.
    public static func guesses(for url: String) -> [FeedCandidate] {
        let parts = URLReference.split(url)
        guard let scheme = parts.scheme, scheme == "http" || scheme == "https", let host = parts.authority else {
            return []
        }
        var found = CandidateList(limit: limit)
        for candidate in FeedProviders.candidates(for: url) { found.add(candidate) }
        let root = "\(scheme)://\(host)/"
        // A path of a file is replaced, one of a folder goes on.
        let last = parts.path.split(separator: "/").last ?? ""
        var folder = root + parts.path.split(separator: "/").map { $0 + "/" }.joined()
        if last.contains(".") { folder = root + parts.path.split(separator: "/").dropLast().map { $0 + "/" }.joined() }
        if folder != root {
            for path in FeedAddress.besidePage { found.add(FeedCandidate(url: folder + path, origin: .guess)) }
        }
        for path in FeedAddress.usualPaths { found.add(FeedCandidate(url: root + path, origin: .guess)) }
        return found.list
    }

    /// The feeds of a page by the rule of its site alone (YouTube, GitHub, Mastodon ...); empty for other sites.
    public static func providerFeeds(for url: String) -> [FeedCandidate] { FeedProviders.candidates(for: url) }
}

/// Candidates in the order found, each address once.
struct CandidateList {
    private(set) var list: [FeedCandidate] = []
    private var seen: Set<String> = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    mutating func add(_ candidate: FeedCandidate) {
        guard list.count < limit, seen.insert(candidate.url).inserted else { return }
        list.append(candidate)
    }

    mutating func add(
        _ href: String, base: String?, title: String?, _ type: FeedLinkType, language: String?,
        _ origin: FeedCandidate.Origin
    ) {
        guard !href.utf8.allSatisfy({ $0 <= 0x20 }), let url = FeedAddress.absolute(href, base: base) else { return }
        let kind: FeedCandidate.Kind?
        switch type {
        case .none: return
        case .feed(let named): kind = named
        case .perhaps(let named):
            guard FeedAddress.looksLikeFeed(url) else { return }
            kind = named
        case .json:
            // WordPress names the article itself as JSON.
            guard !url.lowercased().contains("/wp-json") else { return }
            kind = .json
        }
        add(FeedCandidate(url: url, title: title, kind: kind, language: language, origin: origin))
    }
}
