import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// Which items of a feed are to be yielded, oldest first, and what is known afterwards. Pure.
struct FeedSelection: Sendable {
    /// The feed's, those chosen among them: looked at by place, for a copy of one costs thirty references.
    let items: [FeedItem]
    /// What tells each of the items from the others.
    let candidates: [ItemSelection.Candidate]
    let chosen: [ItemSelection.Chosen]
    let known: KnownItems
    /// Items that changed but were yielded too often to be yielded again.
    let restless: Int

    /// - Parameters:
    ///   - known: nil at the first poll.
    ///   - document: this document's number.
    ///   - base: where the feed came from.
    init(_ feed: Feed, known before: KnownItems?, document: UInt32, base: HTTPURL, options: FeedOptions, now: Timestamp)
    {
        let places = 0..<min(feed.items.count, options.maxItems)
        let identities = Self.identities(feed, places, base: base)
        let candidates = places.map { place in
            ItemSelection.Candidate(
                identities[place], date: (feed.items[place].published ?? feed.items[place].updated)?.timestamp)
        }
        let selection = ItemSelection(
            candidates, known: before, document: document, first: options.first, updates: options.updates, now: now)
        items = feed.items
        self.candidates = candidates
        chosen = selection.chosen
        known = selection.known
        restless = selection.restless
    }

    private static func identities(_ feed: Feed, _ places: Range<Int>, base: HTTPURL) -> [ItemIdentity] {
        let home = feed.link.flatMap { try? base.resolving($0) }
        let hosts = [base.host] + (home.map { [$0.host] } ?? [])
        let items = feed.items
        var line: [UInt8] = []
        let traits = places.map { place in
            line.removeAll(keepingCapacity: true)
            (items[place].content ?? items[place].summary)?.appendLine(to: &line)
            return ItemIdentity.Traits(
                id: items[place].id,
                canonicalURL: items[place].url.flatMap { url in
                    // The base is counted and copied for each that asks for it.
                    (CanonicalURL(canonical: url) ?? CanonicalURL(url, base: base, ownHosts: hosts))?.text
                },
                content: ItemIdentity.digest(title: items[place].title, text: line))
        }
        return ItemIdentity.all(traits, home: home.map { CanonicalURL($0, ownHosts: hosts).text })
    }
}
