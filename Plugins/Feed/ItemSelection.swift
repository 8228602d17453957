import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit

/// Which items of a document are to be yielded, oldest first, and what is known afterwards. Pure.
struct ItemSelection: Sendable {
    struct Chosen: Sendable {
        var item: FeedItem
        var identity: ItemIdentity
        /// Seen before with another title or text.
        var isUpdate: Bool
    }

    var chosen: [Chosen] = []
    var known: KnownItems
    /// Items that changed but were yielded too often to be yielded again.
    var restless = 0

    /// - Parameters:
    ///   - known: nil at the first poll.
    ///   - document: this document's number.
    ///   - base: where the feed came from.
    init(_ feed: Feed, known before: KnownItems?, document: UInt32, base: HTTPURL, options: FeedOptions, now: Timestamp)
    {
        known = before ?? KnownItems()
        let items = Array(feed.items.prefix(options.maxItems))
        let identities = ItemIdentity.all(items, feed: feed, base: base)
        let order = Self.oldestFirst(items, now: now)
        let wanted = before == nil ? Self.first(order, items, options.first, now) : nil
        var inDocument: Set<UInt64> = []
        for place in order {
            let identity = identities[place]
            guard inDocument.insert(identity.key).inserted else { continue }
            let old = known.find(key: identity.key, url: identity.urlKey)
            var entry = KnownItems.Entry(
                url: identity.urlKey, content: identity.contentKey, seen: document, versions: old?.entry.versions ?? 0)
            let isNew = old == nil
            let isUpdate = old.map { $0.entry.content != identity.contentKey } ?? false
            if isNew ? wanted?.contains(place) ?? true : isUpdate && options.updates {
                if entry.versions < KnownItems.mostVersions {
                    entry.versions += 1
                    chosen.append(Chosen(item: items[place], identity: identity, isUpdate: isUpdate))
                } else {
                    restless += 1
                }
            }
            // Under its new key alone, if it changed its identifier.
            if let old, old.key != identity.key { known[old.key] = nil }
            known[identity.key] = entry
        }
        known.prune(document: document, items: inDocument.count)
    }

    // MARK: Order

    /// The places of the items from the oldest to the newest.
    ///
    /// Feeds list the newest first, mostly; their dates say whether this one does. An item without a date, or with one in the
    /// future, comes right after its older neighbour.
    static func oldestFirst(_ items: [FeedItem], now: Timestamp) -> [Int] {
        let dates = items.map { date($0, now: now) }
        let dated = dates.compactMap { $0 }
        let falling = zip(dated, dated.dropFirst()).count { $0 > $1 }
        let rising = zip(dated, dated.dropFirst()).count { $0 < $1 }
        let places = rising > falling ? Array(items.indices) : items.indices.reversed()
        var last = Timestamp(milliseconds: .min)
        let times = places.enumerated().map { rank, place in
            last = dates[place] ?? last
            return (time: last, rank: rank, place: place)
        }
        return times.sorted { ($0.time, $0.rank) < ($1.time, $1.rank) }.map(\.place)
    }

    /// When an item came out, as far as it is to be believed.
    private static func date(_ item: FeedItem, now: Timestamp) -> Timestamp? {
        guard let date = (item.published ?? item.updated)?.timestamp, date <= now + .seconds(3600) else { return nil }
        return date
    }

    /// What the first poll takes.
    private static func first(
        _ order: [Int], _ items: [FeedItem], _ first: FeedOptions.First, _ now: Timestamp
    ) -> Set<Int> {
        switch first {
        case .newest(let count): return Set(order.suffix(count))
        case .notOlder(let age):
            let newest = Set(order.suffix(20))
            return Set(
                order.filter { place in date(items[place], now: now).map { $0 >= now - age } ?? newest.contains(place) }
            )
        }
    }
}
