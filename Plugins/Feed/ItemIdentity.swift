import WirewatchDigest
import WirewatchFeeds
import WirewatchHTTP

/// What tells an item from the others of its feed, now and at later polls.
struct ItemIdentity: Sendable {
    /// For ``KnownItems``.
    var key: UInt64
    /// The same as text; becomes part of the document's identity.
    var text: String
    /// The canonical URL's, if no other item has it; else 0.
    var urlKey: UInt64
    var canonicalURL: String?
    /// Of title and text without markup: what makes a version.
    var content: String

    var contentKey: UInt32 { UInt32(truncatingIfNeeded: Self.number(content)) }

    /// The identities of all items of a document, in its order.
    ///
    /// An item is its guid; where several share one, guid and URL; and where that does not tell them apart either, or there
    /// is neither, its content.
    static func all(_ items: [FeedItem], feed: Feed, base: HTTPURL) -> [ItemIdentity] {
        let home = feed.link.flatMap { try? base.resolving($0) }
        let hosts = [base.host] + (home.map { [$0.host] } ?? [])
        let urls = items.map { item in item.url.flatMap { CanonicalURL($0, base: base, ownHosts: hosts)?.text } }
        let homeText = home.map { CanonicalURL($0, ownHosts: hosts).text }
        var idUses: [String: Int] = [:]
        var urlUses: [String: Int] = [:]
        var pairUses: [String: Int] = [:]
        for (item, url) in zip(items, urls) {
            if let id = item.id { idUses[id, default: 0] += 1 }
            if let url { urlUses[url, default: 0] += 1 }
            pairUses[pair(item, url), default: 0] += 1
        }
        return zip(items, urls).map { item, url in
            let content = contentDigest(item)
            let isOwnURL = url.map { urlUses[$0] == 1 && $0 != homeText } ?? false
            let text: String
            if let id = item.id, idUses[id] == 1 {
                text = "guid:" + id
            } else if item.id == nil, let url, isOwnURL {
                text = "url:" + url
            } else if item.id != nil, url != nil, pairUses[pair(item, url)] == 1 {
                text = "pair:" + pair(item, url)
            } else {
                text = "content:" + pair(item, url) + " " + content
            }
            return ItemIdentity(
                key: number(SHA256.identifier(text)), text: text,
                urlKey: isOwnURL ? url.map { max(1, number(SHA256.identifier($0))) } ?? 0 : 0, canonicalURL: url,
                content: content)
        }
    }

    private static func pair(_ item: FeedItem, _ url: String?) -> String { "\(item.id ?? "") \(url ?? "")" }

    private static func contentDigest(_ item: FeedItem) -> String {
        SHA256.identifier(item.title, (item.content ?? item.summary)?.line ?? "")
    }

    /// The first 16 of an identifier's hexadecimal digits.
    private static func number(_ identifier: String) -> UInt64 {
        identifier.utf8.prefix(16).reduce(0) { $0 << 4 | UInt64($1 < 0x3A ? $1 &- 0x30 : $1 &- 0x57) }
    }
}
