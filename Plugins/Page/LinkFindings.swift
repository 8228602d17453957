import WirewatchHTTP
import WirewatchPolling

/// What a page's links come to: which are to be read, and what is known afterwards. Pure.
struct LinkFindings: Sendable {
    struct Article: Sendable, Equatable {
        var url: String
        var address: String
        var text: String
    }

    /// The lowest on the page first: lists have the newest on top.
    private(set) var articles: [Article] = []
    private(set) var known: KnownItems
    /// New articles beyond the limit.
    private(set) var leftOut = 0
    /// Links that can be articles at all.
    private(set) var links = 0

    /// - Parameters:
    ///   - known: nil at the first poll.
    ///   - document: this page's number among those with news.
    init(
        _ candidates: [LinkCandidate], filter: LinkFilter, known before: KnownItems?, document: UInt32, first: Int,
        limit: Int
    ) {
        known = before ?? KnownItems()
        let limit = before == nil ? min(first, limit) : limit
        for link in candidates where filter.isEligible(link) {
            links += 1
            let key = ItemIdentity.key(of: link.address)
            let old = known.find(key: key, url: key)
            // All links are known from now on: what stands on the page at each poll is no news, whatever the options.
            var entry = old?.entry ?? KnownItems.Entry(url: 0, content: 0, seen: document, versions: 0)
            entry.seen = document
            known[old?.key ?? key] = entry
            guard old == nil, filter.takes(link) else { continue }
            if articles.count < limit {
                articles.append(Article(url: link.url.text, address: link.address, text: link.text))
            } else if before != nil {
                leftOut += 1
            }
        }
        articles.reverse()
        known.prune(document: document, items: links)
    }
}
