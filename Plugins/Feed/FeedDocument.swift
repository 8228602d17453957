import WirewatchFeeds
import WirewatchKit
import WirewatchPolling

/// Makes the document of an item: its fields, and its text for the `extract` stage.
enum FeedDocument {
    static func make(_ chosen: FeedSelection.Chosen, feed: Feed, options: FeedOptions, now: Timestamp) -> Document {
        var identity = chosen.identity.text
        if options.updates {
            identity.reserveCapacity(identity.utf8.count + 1 + chosen.identity.content.utf8.count)
            identity += " "
            identity += chosen.identity.content
        }
        var document = Document(identity: identity)
        document.content = chosen.item.fill(&document.article, in: feed, received: now)
        document.article.canonicalURL = chosen.identity.canonicalURL
        if chosen.item.authors.isEmpty {
            document.article.authors = feed.authors.map(\.displayName).filter { !$0.isEmpty }
        }
        document.article.published = (chosen.item.published ?? chosen.item.created)?.believable(at: now)
        document.article.modified = chosen.item.updated?.believable(at: now)
        return document
    }
}
