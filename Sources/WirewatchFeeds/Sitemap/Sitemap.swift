public import WirewatchKit

/// A sitemap: the URLs of a site, or of further sitemaps (sitemaps.org 0.9).
public struct Sitemap: Sendable, Equatable {
    /// What a document lists, and in which form.
    public enum Kind: String, Sendable, Hashable {
        /// `<urlset>`: pages.
        case urls
        /// `<sitemapindex>`: further sitemaps.
        case index
        /// One URL a line: pages.
        case text
        /// RSS, Atom or another feed in place of a sitemap: its items' pages.
        case feed
    }

    public var kind: Kind
    /// In the document's order, each with an absolute URL; a URL that is listed twice is here twice.
    public var entries: [SitemapEntry] = []
    /// Whether the document broke rules that could be read over: its end is missing, an entry has no URL.
    public var isMalformed = false
    /// Whether there are more entries than were asked for.
    public var isTruncated = false

    public init(kind: Kind) { self.kind = kind }
}

/// A URL of a sitemap, with what is said of it.
///
/// `changefreq` and `priority` are not read: publishers do not mean them. Neither are alternates in other languages, which
/// have entries of their own.
public struct SitemapEntry: Sendable, Equatable {
    /// Absolute; http and https alone.
    public var url: String
    /// `lastmod`: when the page, or something in the sitemap that is listed, changed.
    public var modified: PublicationDate?
    public var news: SitemapNews?
    public var images: [SitemapImage] = []

    public init(url: String) { self.url = url }

    /// When the page came out or changed: the news date, else `lastmod`.
    public var date: PublicationDate? { news?.published ?? modified }
}

/// What a news sitemap says of an article (Google's `sitemap-news/0.9`); of a feed's item the same.
public struct SitemapNews: Sendable, Equatable {
    /// The publication's name.
    public var publication: String?
    /// As written: `en`, `zh-cn`.
    public var language: String?
    public var published: PublicationDate?
    /// One line; empty when there is none.
    public var title = ""
    public var keywords: [String] = []
    /// As written: `NASDAQ:AMAT`.
    public var stockTickers: [String] = []

    public init() {}
}

/// A picture of a page (Google's `sitemap-image/1.1`).
public struct SitemapImage: Sendable, Equatable {
    /// Empty when it was left out.
    public var url = ""
    /// One line.
    public var caption: String?
    /// One line.
    public var title: String?

    public init() {}
}

/// Why bytes are no sitemap.
public struct SitemapError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
