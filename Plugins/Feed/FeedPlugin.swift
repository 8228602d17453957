public import WirewatchKit
import WirewatchPolling

extension Plugin {
    /// The `feed` source: the items of a feed on the web.
    public static let feed = Plugin.source(
        "feed", summary: "Polls a feed (RSS, Atom, RDF, JSON Feed) politely, and yields each item once.",
        executor: { PollFetcher.executor }, make: makeFeed)
}

@Sendable private func makeFeed(_ options: FeedOptions, _ context: SourceContext) -> any Source {
    let source = FeedSource(options, context)
    // What is pushed has more to do than to poll.
    return options.webSub && !context.drain ? source : PolledSource(context) { try source.session() }
}
