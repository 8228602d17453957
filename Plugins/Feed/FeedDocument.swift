import WirewatchFeeds
import WirewatchKit
import WirewatchPolling

/// Makes the document of an item: its fields, and its text for the `extract` stage.
enum FeedDocument {
    /// A date further ahead than time zones explain is none.
    static let furthestFuture = Duration.seconds(86_400)

    static func make(_ chosen: FeedSelection.Chosen, feed: Feed, options: FeedOptions, now: Timestamp) -> Document {
        var (article, content) = chosen.item.article(in: feed, received: now)
        article.canonicalURL = chosen.identity.canonicalURL
        if chosen.item.authors.isEmpty { article.authors = feed.authors.map(\.displayName).filter { !$0.isEmpty } }
        article.published = believable(chosen.item.published ?? chosen.item.created, now)
        article.modified = believable(chosen.item.updated, now)
        let identity = options.updates ? "\(chosen.identity.text) \(chosen.identity.content)" : chosen.identity.text
        return Document(identity: identity, article: article, content: content)
    }

    private static func believable(_ date: PublicationDate?, _ now: Timestamp) -> PublicationDate? {
        date.flatMap { $0.timestamp <= now + furthestFuture ? $0 : nil }
    }
}
