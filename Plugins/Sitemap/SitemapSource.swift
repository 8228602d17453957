import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// Polls the sitemaps of one site for as long as the daemon runs.
struct SitemapSource: Source {
    let options: SitemapOptions
    let context: SourceContext
    let fetcher: PollFetcher

    init(_ options: SitemapOptions, _ context: SourceContext, fetcher: PollFetcher = .polite) {
        self.options = options
        self.context = context
        self.fetcher = fetcher
    }

    func run(_ output: any SourceOutput) async throws {
        try await PollLoop(context).run(session(), output)
    }

    func session() throws -> SitemapSession {
        guard let url = options.url else { throw SourceError.stopped("'url' is no URL") }
        return try SitemapSession(url, options, context, fetcher)
    }
}
