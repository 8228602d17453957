import WirewatchHTTP
public import WirewatchKit

/// How often a source polls: `every`, `adaptive`, `min_every` and `max_every`.
public struct IntervalOptions: Sendable {
    public var every = Duration.seconds(900)
    /// Of the learnt interval; without `min_every` a quarter of ``every``.
    public var minEvery = Duration.seconds(225)
    /// Without `max_every` eight times ``every``.
    public var maxEvery = Duration.seconds(7200)
    public var adaptive = true

    /// Reads the options of ``specs(of:asks:every:)``, and reports bounds that contradict each other.
    /// - Parameter allowsPrivateAddresses: less than a minute is for own servers.
    public init(_ options: OptionReader, allowsPrivateAddresses: Bool) {
        adaptive = options.bool("adaptive")
        every = options.duration("every") ?? every
        // Whoever may ask private addresses asks own servers, which set their own measure.
        let least = allowsPrivateAddresses ? Duration.seconds(1) : .seconds(60)
        minEvery = options.duration("min_every") ?? min(every, max(every / 4, least))
        maxEvery = options.duration("max_every") ?? min(every * 8, max(every, .seconds(30 * 86_400)))
        for (name, value) in [("every", every), ("min_every", minEvery)]
        where value < least && options.raw(name) != nil {
            options.report(
                """
                '\(name)' is \(HumanUnits.text(value)), less than a minute: publishers block such readers; only with \
                'allow_private_addresses: true', for servers of your own, can it be less
                """, at: options.location(name))
        }
        if minEvery > every {
            options.report("'min_every' is longer than 'every'", at: options.location("min_every"))
        }
        if maxEvery < every {
            options.report("'max_every' is shorter than 'every'", at: options.location("max_every"))
        }
    }

    /// The schedule of a source.
    /// - Parameters:
    ///   - name: the source's, from which chance comes.
    ///   - subject: what is polled, for messages: `feed`.
    public func schedule(name: String, subject: String, followsToOtherOrigins: Bool) -> PollSchedule {
        PollSchedule(
            every: every, bounds: minEvery...max(minEvery, maxEvery), adaptive: adaptive, seed: Backoff.seed(name),
            followsToOtherOrigins: followsToOtherOrigins, subject: subject)
    }

    // MARK: Specs

    private static let range: ClosedRange<Duration> = .seconds(1) ... .seconds(30 * 86_400)

    /// - Parameters:
    ///   - subject: what is polled: `feed`.
    ///   - asks: what of server and document can make the wait longer, in brackets of a sentence.
    ///   - limit: what of the document's own words `max_every` bounds, as `a feed's ttl`; nil when it has none.
    ///   - every: the default.
    public static func specs(
        of subject: String, asks: String = "Cache-Control, Retry-After ...", limit: String? = nil,
        every: String = "15m"
    ) -> [OptionSpec] {
        let alsoBounds = limit.map { ", and the most that \($0) can ask for" } ?? ""
        let asking = limit == nil ? "server asks" : "server and \(subject) ask"
        return [
            OptionSpec(
                "every", .duration(range), default: every,
                """
                How often to poll until the \(subject)'s own rhythm is known, and for ever with `adaptive: false`. At \
                least 1m unless `allow_private_addresses` is set. What \(asking) for (\(asks)) makes the wait longer.
                """),
            OptionSpec(
                "adaptive", .bool, default: "true",
                "Whether the interval is learnt from how often new items come, so that about every second poll finds one."
            ),
            OptionSpec(
                "min_every", .duration(range), example: "5m",
                "The shortest learnt interval. Without it a quarter of `every`, but at least 1m."),
            OptionSpec(
                "max_every", .duration(range), example: "1h",
                """
                The longest learnt interval\(alsoBounds). Without it eight times `every`. What the server says over \
                HTTP can ask for up to a day.
                """),
        ]
    }
}
