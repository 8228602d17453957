import WirewatchFeeds
import WirewatchKit
import WirewatchPolling

/// Makes the document of an item: its fields, and its text for the `extract` stage.
enum FeedDocument {
    static func make(_ chosen: FeedSelection.Chosen, feed: Feed, options: FeedOptions, now: Timestamp) -> Document {
        let (items, place) = (chosen.items, chosen.place)
        var document = Document(identity: identity(chosen.identity, isVersion: options.updates))
        document.content = items[place].fill(&document.article, in: feed, received: now)
        document.article.canonicalURL = chosen.identity.canonicalURL
        if items[place].authors.isEmpty {
            document.article.authors = feed.authors.map(\.displayName).filter { !$0.isEmpty }
        }
        document.article.published = (items[place].published ?? items[place].created)?.believable(at: now)
        document.article.modified = items[place].updated?.believable(at: now)
        return document
    }

    /// The item's identity, with that of its content where a changed item is another document.
    private static func identity(_ identity: ItemIdentity, isVersion: Bool) -> String {
        guard isVersion else { return identity.text }
        let (text, content) = (identity.text.utf8, identity.content.utf8)
        // In one piece, of which every byte lies in the room asked for: appending would allocate twice.
        return String(unsafeUninitializedCapacity: text.count + 1 + content.count) { room in
            let (_, end) = room.initialize(from: text)
            room[end] = 0x20
            return room[(end + 1)...].initialize(from: content).index
        }
    }
}
