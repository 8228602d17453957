import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// What the user may set of the `feed` source. A class, for several hold the options of each of ten thousand sources.
final class FeedOptions: PluginOptions {
    let url: HTTPURL?
    let intervals: IntervalOptions
    let first: FirstItems
    let updates: Bool
    let fullText: Bool
    let maxItems: Int
    let webSub: Bool
    let connection: ConnectionOptions

    init(_ options: OptionReader) throws {
        connection = ConnectionOptions(options)
        url = ConnectionOptions.url(options)
        intervals = IntervalOptions(options, allowsPrivateAddresses: connection.allowsPrivateAddresses)
        first = FirstItems(options) ?? .newest(20)
        updates = options.bool("updates")
        fullText = options.bool("full_text")
        maxItems = options.integer("max_items") ?? 2000
        webSub = options.bool("websub")
        if webSub { checkSurroundings(options) }
    }

    private func checkSurroundings(_ options: OptionReader) {
        let place = options.location("websub")
        switch options.scope.listener {
        case .unknown: break
        case .absent:
            options.report(
                """
                'websub' needs the daemon's HTTP endpoint and where hubs reach it; add 'listen: {public_url: \
                https://wirewatch.example.org}' at the top level
                """, at: place)
        case .at(_, nil):
            options.report(
                """
                'websub' needs 'public_url' in 'listen', where hubs reach the daemon, such as \
                https://wirewatch.example.org
                """, at: place)
        case .at: break
        }
        guard !options.owner.isEmpty else { return }
        let path = WebSubSubscriber.path(of: options.owner)
        if let fault = options.scope.claim(path, includesBelow: true, owner: options.owner) {
            options.report("the callback '\(path)' cannot be served: \(fault)", at: place)
        }
    }

    static let specs: [OptionSpec] =
        [
            OptionSpec(
                "url", .string(), required: true, example: "https://example.org/robotics/feed/",
                "The feed: RSS, RDF, Atom or JSON Feed, over http or https.")
        ]
        + IntervalOptions.specs(
            of: "feed", asks: "Cache-Control, Retry-After, ttl, skipHours, sy:updatePeriod ...",
            limit: "a feed's `ttl` and `sy:updatePeriod`") + [
            FirstItems.spec(),
            OptionSpec(
                "updates", .bool, default: "true",
                """
                Whether an item whose title or text changes is yielded again, as a new version. A date that changes alone \
                is no change.
                """),
            OptionSpec(
                "full_text", .bool, default: "false",
                """
                Whether the page of each new item is fetched for its text, where the site's robots.txt allows it. The \
                `extract` stage keeps the better of the item's text and the page's. When the page cannot be had, the \
                item's own text is used, and `wirewatch status` counts the reason.
                """),
            OptionSpec(
                "max_items", .integer(1...100_000), default: "2000",
                "The most items of one document to look at, from its beginning."),
            OptionSpec(
                "websub", .bool, default: "false",
                """
                Whether to subscribe at the hub that the feed names (W3C WebSub), which then pushes new items within seconds. \
                Needs `listen.public_url`. While the hub pushes, the feed is polled every `max_every` to be safe.
                """),
        ] + ConnectionOptions.specs(of: "feed")
}
