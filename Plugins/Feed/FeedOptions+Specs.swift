import WirewatchKit

extension FeedOptions {
    private static let intervals: ClosedRange<Duration> = .seconds(1) ... .seconds(30 * 86_400)

    static let authGroup = OptionGroup(
        "auth", "Who we are to the server. Sent to the host of `url` alone, never after a redirect to another."
    ) {
        [
            OptionSpec("user", .string(), example: "analyst", "The user of basic authentication."),
            OptionSpec(
                "password", .string(), example: "\"${FEED_PASSWORD}\"", "The password of basic authentication."),
            OptionSpec("bearer", .string(), example: "\"${FEED_TOKEN}\"", "The token of bearer authentication."),
        ]
    }

    static let certificateGroup = OptionGroup(
        "client_certificate", "A certificate that we show to the host of `url`, and whom to trust."
    ) {
        [
            OptionSpec("certificate", .path, example: "client.pem", "The PEM file with the certificate and its chain."),
            OptionSpec("key", .path, example: "client.key", "The PEM file of its key, if that is another one."),
            OptionSpec("key_password", .string(), example: "\"${KEY_PASSWORD}\"", "The password of the key."),
            OptionSpec(
                "authorities", .path, example: "ca.pem", "A PEM file of authorities to trust in place of the system's."),
        ]
    }

    static let specs: [OptionSpec] = [
        OptionSpec(
            "url", .string(), required: true, example: "https://example.org/robotics/feed/",
            "The feed: RSS, RDF, Atom or JSON Feed, over http or https."),
        OptionSpec(
            "every", .duration(intervals), default: "15m",
            """
            How often to poll until the feed's own rhythm is known, and for ever with `adaptive: false`. At least 1m unless \
            `allow_private_addresses` is set. What server and feed ask for (Cache-Control, Retry-After, ttl, skipHours, \
            sy:updatePeriod ...) makes the wait longer.
            """),
        OptionSpec(
            "adaptive", .bool, default: "true",
            "Whether the interval is learnt from how often new items come, so that about every second poll finds one."),
        OptionSpec(
            "min_every", .duration(intervals), example: "5m",
            "The shortest learnt interval. Without it a quarter of `every`, but at least 1m."),
        OptionSpec(
            "max_every", .duration(intervals), example: "1h",
            """
            The longest learnt interval, and the most that a feed's `ttl` and `sy:updatePeriod` can ask for. Without it \
            eight times `every`. What the server says over HTTP can ask for up to a day.
            """),
        OptionSpec(
            "first", .string(), default: "20", example: "2d",
            """
            What a new source takes of what is there already: so many of the newest items, or those not older than an \
            age. The others are known from then on, and taken only if they change.
            """),
        OptionSpec(
            "updates", .bool, default: "true",
            """
            Whether an item whose title or text changes is yielded again, as a new version. A date that changes alone is \
            no change.
            """),
        OptionSpec(
            "full_text", .bool, default: "false",
            """
            Whether the page of each new item is fetched for its text, where the site's robots.txt allows it. When that \
            fails, the item's own text is used, and `wirewatch status` counts the reason.
            """),
        OptionSpec(
            "max_items", .integer(1...100_000), default: "2000",
            "The most items of one document to look at, from its beginning."),
        OptionSpec(
            "contact", .string(), example: "https://example.org/about-our-reader",
            "A page or mail address of whoever runs this daemon; goes out in the User-Agent, so that publishers can ask."
        ),
        OptionSpec(
            "user_agent", .string(), example: "examplebot/2.1 (+https://example.org/bot)",
            "The whole User-Agent, in place of wirewatch's own. Its first word is the name that robots.txt knows us by."
        ),
        OptionSpec(
            "headers", .map(of: .string(allowsEmpty: true), keyName: "name"), example: "{Accept-Language: en}",
            "Further header fields of each request. They are not sent to another host after a redirect."),
        OptionSpec(
            "auth", .object(authGroup), example: "{bearer: \"${FEED_TOKEN}\"}",
            "Credentials for the server; best by `!secret`."),
        OptionSpec(
            "proxy", .string(), example: "http://proxy.example.org:3128",
            "The proxy for all requests: http, https, socks5 or socks5h. The environment's `http_proxy` is ignored."),
        OptionSpec(
            "client_certificate", .object(certificateGroup), example: "{certificate: client.pem, key: client.key}",
            "A client certificate, and authorities to trust."),
        OptionSpec(
            "timeout", .duration(.seconds(1)...(.seconds(3600))), default: "60s",
            "The longest time for one request with its redirects."),
        OptionSpec(
            "max_size", .size(1024...(1 << 30)), default: "16MiB",
            "The largest reply, after decompression; a larger one is a failed poll."),
        OptionSpec(
            "allow_private_addresses", .bool, default: "false",
            """
            Whether the feed and its pages may be at loopback, private, link-local and other special addresses. Without \
            it a feed cannot make the daemon fetch from inside your network.
            """),
    ]
}
