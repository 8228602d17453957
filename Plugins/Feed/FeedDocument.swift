import WirewatchFeeds
import WirewatchKit
import WirewatchPolling

/// Makes the document of an item: its fields, and its text for the `extract` stage.
enum FeedDocument {
    /// - Parameter place: the item's among those of the selection.
    static func make(
        _ place: Int, of selection: FeedSelection, feed: Feed, options: FeedOptions, now: Timestamp
    ) -> Document {
        let items = selection.items
        var article = Article()
        let content = items.fill(&article, from: place, in: feed, received: now)
        let candidates = selection.candidates
        article.canonicalURL = candidates[place].identity.canonicalURL
        if items[place].authors.isEmpty {
            article.authors = feed.authors.map(\.displayName).filter { !$0.isEmpty }
        }
        article.published = (items[place].published ?? items[place].created)?.believable(at: now)
        article.modified = items[place].updated?.believable(at: now)
        return Document(
            identity: identity(
                candidates[place].identity.text, candidates[place].identity.content, isVersion: options.updates),
            article: article, content: content)
    }

    /// The item's identity, with that of its content where a changed item is another document.
    private static func identity(_ text: String, _ content: String, isVersion: Bool) -> String {
        guard isVersion else { return text }
        let (text, content) = (text.utf8, content.utf8)
        // In one piece, of which every byte lies in the room asked for: appending would allocate twice.
        return String(unsafeUninitializedCapacity: text.count + 1 + content.count) { room in
            let (_, end) = room.initialize(from: text)
            room[end] = 0x20
            return room[(end + 1)...].initialize(from: content).index
        }
    }
}
