import WirewatchConfig
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
        guard let plugin = Wirewatch.plugins.first(where: { $0.kind == .stage && $0.name == "extract" }) else {
            throw InputError("there is no stage 'extract'")
        }
        let place = SourceLocation(file: "(command line)", line: 1, column: 1)
        let value = OptionValue(.map([]), at: place)
        let reader = OptionReader(value, specs: plugin.specs, diagnostics: OptionReader.Diagnostics())
        let stage = Component(
            name: plugin.name, plugin: plugin, options: try plugin.readOptions(reader), value: value, location: place)
        let pipeline = try InlinePipeline(
            configuration: Configuration(file: "", stateDirectory: "", pipeline: [stage]), clock: SystemClock(),
            log: .standardError())
        var article = Article()
        article.url = url
        let content = Document.Content(bytes: bytes, type: ContentType("text/html", charset: charset))
        let result = pipeline.process(Document(identity: "page", article: article, content: content), source: "fetch")
        if let failed = result.failed { throw InputError(failed.error) }
        return result.article
    }
}
