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
        var feed = try FeedReader.read(
            response.body,
            options: FeedReaderOptions(
                url: response.url.text, contentType: response.headers["content-type"],
                language: response.headers["content-language"], readsMedia: false))
        let before = situation.known.flatMap { KnownItems(encoded: $0) }
        let selection = FeedSelection(
            feed, known: before, document: situation.document, base: response.url, options: options,
            now: situation.now)
        // They are the selection's.
        feed.items = []
        let hints = PollHints(feed.schedule)
        let tells = situation.isPushed ? nil : onPoll
        let offer = tells == nil ? nil : WebSubOffer(response, feed)
        let source = Source(feed, selection, options)
        var items: [PollItem] = []
        items.reserveCapacity(selection.chosen.count)
        for place in selection.chosen.lazy.map(\.place) where options.fullText || Self.hasText(selection.items[place]) {
            let page: PollItem.Page = options.fullText ? .fetch(selection.items[place].url) : .none
            items.append(PollItem(page: page) { now in source.document(place, now) })
        }
        tells?(offer, before != nil && !items.isEmpty)
        return PollFindings(
            items: items, arrivals: before == nil ? 0 : items.count, known: selection.known.encoded,
            hints: hints, counts: ["restless_items": selection.restless])
    }

    /// What the documents of one feed have in common, held once for all.
    private final class Source: Sendable {
        let feed: Feed
        let selection: FeedSelection
        let options: FeedOptions

        init(_ feed: consuming Feed, _ selection: FeedSelection, _ options: FeedOptions) {
            self.feed = feed
            self.selection = selection
            self.options = options
        }

        func document(_ place: Int, _ now: Timestamp) -> Document {
            FeedDocument.make(place, of: selection, feed: feed, options: options, now: now)
        }
    }

    private static func hasText(_ item: FeedItem) -> Bool {
        !item.title.isEmpty || !((item.content ?? item.summary)?.utf8.isEmpty ?? true)
    }
}
