import WirewatchEngine
import WirewatchFeeds
import WirewatchKit

/// What some bytes would yield to a source.
enum FetchedContent {
    case feed(Feed)
    case page(FetchedPage)
    case sitemap(Sitemap)

    /// - Parameters:
    ///   - url: where the bytes came from, for relative links.
    ///   - contentType: as the server said it.
    ///   - linkFields: the values of the reply's `Link` fields.
    /// - Throws: ``FeedError`` for what is neither a feed, nor a page, nor a sitemap.
    init(
        _ bytes: [UInt8], url: String?, contentType: String?, language: String?, linkFields: [String] = []
    ) throws(FeedError) {
        let options = FeedReaderOptions(url: url, contentType: contentType, language: language)
        do throws(FeedError) {
            self = .feed(try FeedReader.read(bytes, options: options))
        } catch {
            // A server's word for HTML is not enough: many send everything as text/html.
            if DocumentFormat.detect(bytes, name: "") == .html {
                self = .page(FetchedPage(bytes, url: url, contentType: contentType, linkFields: linkFields))
                return
            }
            let options = SitemapReaderOptions(url: url, contentType: contentType)
            guard let sitemap = try? SitemapReader.read(bytes, options: options) else { throw error }
            self = .sitemap(sitemap)
        }
    }
}

/// A page: the feeds that it names, and the article that is read from it.
struct FetchedPage {
    var feeds: [FeedCandidate]
    var article: Article?
    /// Why there is no article.
    var problem: String?

    init(_ bytes: [UInt8], url: String?, contentType: String?, linkFields: [String]) {
        feeds = FeedDiscovery.feeds(in: bytes, url: url, contentType: contentType, linkFields: linkFields)
        do {
            let charset = contentType.flatMap { ContentType(header: $0).charset }
            article = try Self.article(bytes, url: url, charset: charset)
        } catch {
            problem = "\(error)"
        }
    }

    /// By the `extract` stage with its defaults, as a pipeline begins with it.
    private static func article(_ bytes: [UInt8], url: String?, charset: String?) throws -> Article {
        let content = Document.Content(bytes: bytes, type: ContentType("text/html", charset: charset))
        let result = try PageReader().read(content, url: url, source: "fetch")
        if let failed = result.failed { throw InputError(failed.error) }
        return result.article
    }
}
