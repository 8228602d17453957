public import WirewatchKit

/// Which items of a document are to be yielded, oldest first, and what is known afterwards. Pure.
public struct ItemSelection: Sendable {
    /// An item of the document.
    public struct Candidate: Sendable {
        public var identity: ItemIdentity
        /// When it came out, or changed, by its own account.
        public var date: Timestamp?

        public init(_ identity: ItemIdentity, date: Timestamp?) {
            self.identity = identity
            self.date = date
        }
    }

    /// An item to be yielded.
    public struct Chosen: Sendable {
        /// Its place in the document.
        public var place: Int
        /// Seen before with another title or text.
        public var isUpdate: Bool
    }

    public private(set) var chosen: [Chosen] = []
    public private(set) var known: KnownItems
    /// Items that changed but were yielded too often to be yielded again.
    public private(set) var restless = 0

    /// A date further ahead than clocks go wrong is not believed.
    private static let furthestFuture = Duration.seconds(3600)
    /// Of items without a date, what is taken when the user asks for an age.
    private static let undated = 20

    /// - Parameters:
    ///   - candidates: in the document's order.
    ///   - known: nil at the first poll.
    ///   - document: this document's number.
    ///   - updates: whether a changed item is yielded again.
    public init(
        _ candidates: [Candidate], known before: KnownItems?, document: UInt32, first: FirstItems, updates: Bool,
        now: Timestamp
    ) {
        known = before ?? KnownItems()
        if before == nil { known.reserve(candidates.count) }
        let latest = now + Self.furthestFuture
        let dates = candidates.map { $0.date.flatMap { $0 <= latest ? $0 : nil } }
        let order = Self.oldestFirst(dates)
        let wanted = before == nil ? Self.first(order, dates, first, now) : nil
        chosen.reserveCapacity(wanted?.count ?? 0)
        var inDocument = Set<UInt64>(minimumCapacity: candidates.count)
        for place in order {
            // By place, for a copy of an identity costs three references.
            let key = candidates[place].identity.key
            guard inDocument.insert(key).inserted else { continue }
            let urlKey = candidates[place].identity.urlKey
            let contentKey = ItemIdentity.contentKey(candidates[place].identity.content)
            let old = known.find(key: key, url: urlKey)
            var entry = KnownItems.Entry(
                url: urlKey, content: contentKey, seen: document, versions: old?.entry.versions ?? 0)
            let isNew = old == nil
            let isUpdate = old.map { $0.entry.content != contentKey } ?? false
            if isNew ? wanted?.contains(place) ?? true : isUpdate && updates {
                if entry.versions < KnownItems.mostVersions {
                    entry.versions += 1
                    chosen.append(Chosen(place: place, isUpdate: isUpdate))
                } else {
                    restless += 1
                }
            }
            // Under its new key alone, if it changed its identifier.
            if let old, old.key != key { known[old.key] = nil }
            known[key] = entry
        }
        known.prune(document: document, items: inDocument.count)
    }

    // MARK: Order

    /// The places of items from the oldest to the newest.
    ///
    /// Documents list the newest first, mostly; their dates say whether this one does. An item without a date comes right
    /// after its older neighbour.
    static func oldestFirst(_ dates: [Timestamp?]) -> [Int] {
        let dated = dates.compactMap { $0 }
        let falling = zip(dated, dated.dropFirst()).count { $0 > $1 }
        let rising = zip(dated, dated.dropFirst()).count { $0 < $1 }
        let places = rising > falling ? Array(dates.indices) : dates.indices.reversed()
        var last = Timestamp(milliseconds: .min)
        let times = places.enumerated().map { rank, place in
            last = dates[place] ?? last
            return (time: last, rank: rank, place: place)
        }
        return times.sorted { ($0.time, $0.rank) < ($1.time, $1.rank) }.map(\.place)
    }

    /// What the first poll takes.
    private static func first(
        _ order: [Int], _ dates: [Timestamp?], _ first: FirstItems, _ now: Timestamp
    ) -> Set<Int> {
        switch first {
        case .newest(let count): return Set(order.suffix(count))
        case .notOlder(let age):
            let newest = Set(order.suffix(undated))
            return Set(order.filter { place in dates[place].map { $0 >= now - age } ?? newest.contains(place) })
        }
    }
}
