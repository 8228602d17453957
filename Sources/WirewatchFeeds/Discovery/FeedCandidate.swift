import WirewatchMarkup

/// An address at which a feed is said, or thought, to be.
public struct FeedCandidate: Sendable, Hashable {
    /// What led to it, the most trustworthy first.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// The `Link` field of a reply.
        case header
        /// A `<link>` of the page.
        case link
        /// An `<a>` of the page that looks like a link to a feed.
        case anchor
        /// The rule by which a well-known site makes its feeds' addresses.
        case provider
        /// A path at which many sites have their feed.
        case guess
    }

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case rss, atom, rdf, json
    }

    /// Absolute where the page's address is known.
    public var url: String
    /// What the page calls it; the URL where it says nothing.
    public var title: String
    /// As the page says; nil when it does not.
    public var kind: Kind?
    /// BCP 47, as the page says.
    public var language: String?
    public var origin: Origin

    public init(url: String, title: String? = nil, kind: Kind? = nil, language: String? = nil, origin: Origin) {
        self.url = url
        self.title = title.map(PlainText.collapsed).flatMap { $0.isEmpty ? nil : $0 } ?? url
        self.kind = kind
        self.language = language.flatMap { $0.isEmpty ? nil : $0 }
        self.origin = origin
    }

    /// Whether it holds readers' comments rather than articles, by its address: what WordPress names beside each feed.
    public var isComments: Bool {
        let path = URLReference.split(url).path.lowercased()
        return path.contains("/comments/feed") || path.hasSuffix("/comments.xml") || path.hasSuffix("/comments.rss")
            || path.contains("/comments/default")
    }
}
