import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// Watches one page for as long as the daemon runs.
struct PageSource: Source {
    let options: PageOptions
    let context: SourceContext
    let fetcher: PollFetcher

    init(_ options: PageOptions, _ context: SourceContext, fetcher: PollFetcher = .polite) {
        self.options = options
        self.context = context
        self.fetcher = fetcher
    }

    func run(_ output: any SourceOutput) async throws {
        switch options.watch {
        case .links: try await PollLoop(context).run(linksSession(), output)
        case .text: try await PollLoop(context).run(textSession(), output)
        }
    }

    func linksSession() throws -> LinksSession { try LinksSession(url(), options, context, fetcher) }

    func textSession() throws -> PollSession {
        let url = try url()
        return try PollSession(
            url, options.intervals, options.connection, context,
            reader: TextPageReader(url: url, options: options), fetcher: fetcher)
    }

    private func url() throws -> HTTPURL {
        guard let url = options.url else { throw SourceError.stopped("'url' is no URL") }
        return url
    }
}
