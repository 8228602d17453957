/// The rules of a site for crawlers (RFC 9309).
public struct RobotsTXT: Sendable {
    /// What is read at most; the rest of a longer file is ignored (RFC 9309, 2.5).
    public static let maxBytes = 500 << 10

    /// Everything is allowed.
    public static let allowAll = RobotsTXT([])
    /// Nothing is.
    public static let disallowAll = RobotsTXT(Array("user-agent: *\ndisallow: /".utf8))

    /// The `Sitemap` lines.
    public private(set) var sitemaps: [String] = []

    public init(_ bytes: [UInt8]) {}

    /// The rules that a reply to `/robots.txt` stands for: 2xx its text, 4xx all allowed, 5xx and all else nothing
    /// allowed (RFC 9309, 2.3.1).
    public init(status: Int, body: [UInt8]) { self.init(body) }

    /// Whether a crawler may fetch a URL.
    /// - Parameter agent: the product token, `wirewatch`.
    public func allows(_ url: HTTPURL, agent: String) -> Bool { true }

    /// The `Crawl-delay` of the crawler's group; not in the RFC, but widely written. At most an hour.
    public func crawlDelay(agent: String) -> Duration? { nil }
}
