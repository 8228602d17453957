import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// Makes documents of the replies of a feed's server.
struct FeedPollReader: PollReader {
    let options: FeedOptions
    /// Told of each polled feed: what it says of being pushed, and whether it brought news.
    var onPoll: (@Sendable (WebSubOffer?, _ foundNews: Bool) -> Void)?

    init(options: FeedOptions) { self.options = options }

    let subject = "feed"
    let accept = """
        application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, \
        application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5
        """

    func read(_ response: HTTPResponse, _ situation: PollSituation) throws -> PollFindings {
        let feed = try FeedReader.read(
            response.body,
            options: FeedReaderOptions(
                url: response.url.text, contentType: response.headers["content-type"],
                language: response.headers["content-language"], readsMedia: false))
        let before = situation.known.flatMap { KnownItems(encoded: $0) }
        let selection = FeedSelection(
            feed, known: before, document: situation.document, base: response.url, options: options,
            now: situation.now)
        let chosen = options.fullText ? selection.chosen : selection.chosen.filter { Self.hasText($0.items[$0.place]) }
        let source = Source(feed, options)
        let items = chosen.map { item in
            PollItem(page: options.fullText ? .fetch(item.items[item.place].url) : .none) { now in
                FeedDocument.make(item, feed: source.feed, options: source.options, now: now)
            }
        }
        if !situation.isPushed { onPoll?(WebSubOffer(response, feed), before != nil && !items.isEmpty) }
        return PollFindings(
            items: items, arrivals: before == nil ? 0 : items.count, known: selection.known.encoded,
            hints: PollHints(feed.schedule), counts: ["restless_items": selection.restless])
    }

    /// What the documents of one feed have in common, held once for all.
    private final class Source: Sendable {
        let feed: Feed
        let options: FeedOptions

        init(_ feed: Feed, _ options: FeedOptions) {
            // Each item holds what it needs of these.
            var feed = feed
            feed.items = []
            self.feed = feed
            self.options = options
        }
    }

    private static func hasText(_ item: FeedItem) -> Bool {
        !item.title.isEmpty || !((item.content ?? item.summary)?.utf8.isEmpty ?? true)
    }
}
