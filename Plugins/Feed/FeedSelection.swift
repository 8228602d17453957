import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// Which items of a feed are to be yielded, oldest first, and what is known afterwards. Pure.
struct FeedSelection: Sendable {
    struct Chosen: Sendable {
        var item: FeedItem
        var identity: ItemIdentity
        /// Seen before with another title or text.
        var isUpdate: Bool
    }

    let chosen: [Chosen]
    let known: KnownItems
    /// Items that changed but were yielded too often to be yielded again.
    let restless: Int

    /// - Parameters:
    ///   - known: nil at the first poll.
    ///   - document: this document's number.
    ///   - base: where the feed came from.
    init(_ feed: Feed, known before: KnownItems?, document: UInt32, base: HTTPURL, options: FeedOptions, now: Timestamp)
    {
        let items = Array(feed.items.prefix(options.maxItems))
        let identities = Self.identities(items, feed: feed, base: base)
        let candidates = zip(items, identities).map { item, identity in
            ItemSelection.Candidate(identity, date: (item.published ?? item.updated)?.timestamp)
        }
        let selection = ItemSelection(
            candidates, known: before, document: document, first: options.first, updates: options.updates, now: now)
        chosen = selection.chosen.map {
            Chosen(item: items[$0.place], identity: identities[$0.place], isUpdate: $0.isUpdate)
        }
        known = selection.known
        restless = selection.restless
    }

    private static func identities(_ items: [FeedItem], feed: Feed, base: HTTPURL) -> [ItemIdentity] {
        let home = feed.link.flatMap { try? base.resolving($0) }
        let hosts = [base.host] + (home.map { [$0.host] } ?? [])
        let traits = items.map { item in
            ItemIdentity.Traits(
                id: item.id, canonicalURL: item.url.flatMap { CanonicalURL($0, base: base, ownHosts: hosts)?.text },
                content: ItemIdentity.digest(title: item.title, text: (item.content ?? item.summary)?.lineUTF8 ?? []))
        }
        return ItemIdentity.all(traits, home: home.map { CanonicalURL($0, ownHosts: hosts).text })
    }
}
