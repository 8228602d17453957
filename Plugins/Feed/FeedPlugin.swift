public import WirewatchKit

extension Plugin {
    /// The `feed` source: the items of a feed on the web.
    public static let feed = Plugin.source(
        "feed", summary: "Polls a feed (RSS, Atom, RDF, JSON Feed) politely, and yields each item once."
    ) { (options: FeedOptions, context) in
        FeedSource(options, context)
    }
}
