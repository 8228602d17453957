import WirewatchKit
import WirewatchMarkup

/// What is known of a sitemap besides its bytes.
public struct SitemapReaderOptions: Sendable {
    /// Where it came from; relative URLs, which the protocol does not allow, are resolved with it.
    public var url: String?
    /// The reply's `Content-Type`, with parameters, as sent.
    public var contentType: String?
    /// The most entries to read; default 50,000, the protocol's own limit for a document.
    public var maximumEntries = 50_000

    public init(url: String? = nil, contentType: String? = nil) {
        self.url = url
        self.contentType = contentType
    }
}

/// Reads sitemaps: `<urlset>` and `<sitemapindex>` of sitemaps.org 0.9 with news and images, lists of one URL a line, and
/// feeds that stand in for a sitemap.
///
/// XML is read tolerantly, whatever its namespaces and prefixes: a broken sitemap yields what can be told of it, and
/// ``Sitemap/isMalformed`` says so. Compressed ones are to be decompressed before. Time is linear in the input; entries and
/// what is kept of each are bounded. Any thread.
public enum SitemapReader {
    /// - Throws: ``SitemapError`` when the bytes are no sitemap at all.
    public static func read(
        _ bytes: [UInt8], options: SitemapReaderOptions = SitemapReaderOptions()
    ) throws(SitemapError) -> Sitemap {
        if FeedReader.looksLikeJSON(bytes) { return try feed(bytes, options) }
        let text = FeedEncoding.decode(bytes, contentType: options.contentType)
        guard let first = text.bytes.first(where: { $0 > 0x20 }) else { throw SitemapError("it is empty") }
        guard first == UInt8(ascii: "<") else { return try TextSitemap.read(text.bytes, options) }
        var reader = XMLSitemapReader(text.bytes, options)
        guard var sitemap = try reader.read() else { return try feed(bytes, options) }
        if text.isDamaged { sitemap.isMalformed = true }
        return sitemap
    }

    /// A feed's items as entries.
    private static func feed(_ bytes: [UInt8], _ options: SitemapReaderOptions) throws(SitemapError) -> Sitemap {
        let feed: Feed
        do throws(FeedError) {
            feed = try FeedReader.read(
                bytes, options: FeedReaderOptions(url: options.url, contentType: options.contentType))
        } catch {
            throw SitemapError("neither a sitemap nor a feed: \(error)")
        }
        var sitemap = Sitemap(kind: .feed)
        sitemap.isMalformed = feed.isMalformed
        for item in feed.items {
            guard let url = item.url, URLReference.isWeb(url) else { continue }
            guard sitemap.entries.count < options.maximumEntries else {
                sitemap.isTruncated = true
                break
            }
            var entry = SitemapEntry(url: url)
            entry.modified = item.updated
            var news = SitemapNews()
            news.publication = feed.title.isEmpty ? nil : feed.title
            news.language = item.language ?? feed.language
            news.published = item.published ?? item.created
            news.title = item.title
            news.keywords = item.tags.prefix(SitemapDraft.maximumTags).map(\.name)
            entry.news = news
            sitemap.entries.append(entry)
        }
        return sitemap
    }
}

/// A sitemap of one URL a line.
enum TextSitemap {
    static func read(_ bytes: [UInt8], _ options: SitemapReaderOptions) throws(SitemapError) -> Sitemap {
        var sitemap = Sitemap(kind: .text)
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end &+= 1 }
            let line = start..<end
            start = end &+ 1
            guard let url = SitemapDraft.url(bytes, line, base: nil) else {
                if bytes[line].contains(where: { $0 > 0x20 }) { sitemap.isMalformed = true }
                // A text of another kind is told by its beginning.
                if sitemap.entries.isEmpty, start > 16_384 { break }
                continue
            }
            guard sitemap.entries.count < options.maximumEntries else {
                sitemap.isTruncated = true
                break
            }
            sitemap.entries.append(SitemapEntry(url: url))
        }
        guard !sitemap.entries.isEmpty else {
            throw SitemapError("not a sitemap: neither XML nor a list of http or https URLs, one a line")
        }
        return sitemap
    }
}
