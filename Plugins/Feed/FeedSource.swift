import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// Polls one feed for as long as the daemon runs.
struct FeedSource: Source {
    let options: FeedOptions
    let context: SourceContext
    let fetcher: PollFetcher

    init(_ options: FeedOptions, _ context: SourceContext, fetcher: PollFetcher = .polite) {
        self.options = options
        self.context = context
        self.fetcher = fetcher
    }

    func run(_ output: any SourceOutput) async throws {
        try await PollLoop(context).run(session(), output)
    }

    func session() throws -> PollSession {
        guard let url = options.url else { throw SourceError.stopped("'url' is no URL") }
        return try PollSession(
            url, options.intervals, options.connection, context, reader: FeedPollReader(options: options),
            fetcher: fetcher)
    }
}
