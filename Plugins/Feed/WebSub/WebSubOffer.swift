import WirewatchFeeds
import WirewatchHTTP

/// What a polled feed says of being pushed: its hubs, and the name under which they know it.
struct WebSubOffer: Sendable, Equatable {
    /// In the publisher's order; any will do.
    var hubs: [String]
    var topic: String

    /// By the reply's Link fields, which win, and the feed's own links (WebSub, 4). Nil when it names no hub. Without a
    /// link to itself the feed is known by the URL that it came from.
    init?(_ response: HTTPResponse, _ feed: Feed) {
        let links = LinkHeader.links(response.headers)
        func absolute(_ text: String) -> String? { (try? response.url.resolving(text))?.text }
        func named(_ relation: String) -> [String] {
            links.filter { $0.relations.contains(relation) }.compactMap { absolute($0.target) }
        }
        let named = (hubs: named("hub"), own: named("self"))
        var seen: Set<String> = []
        hubs = (named.hubs.isEmpty ? feed.hubs.compactMap(absolute) : named.hubs).filter { seen.insert($0).inserted }
        topic = named.own.first ?? feed.selfLink.flatMap(absolute) ?? response.url.text
        if hubs.isEmpty { return nil }
        hubs = Array(hubs.prefix(8))
    }
}
