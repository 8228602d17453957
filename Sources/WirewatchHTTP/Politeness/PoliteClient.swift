public import WirewatchKit

/// Fetches as a guest does: few requests to a host at once and some time between them, pages only where robots.txt lets us.
///
/// One for the whole process (``shared``), so that a host meets one guest however many sources there are. Safe to use from
/// any task.
public final class PoliteClient: Sendable {
    /// The client of all sources of this process; its thread starts with the first request.
    public static let shared = PoliteClient(HTTPClient(HTTPClientOptions(version: wirewatchVersion)))

    public let client: HTTPClient
    private let hosts: HostLimiter
    /// Hosts that a request allows to be private are our own: as few at once, without the time between.
    private let ownHosts: HostLimiter
    private let pages: HostLimiter
    private let robots: RobotsCache

    /// - Parameters:
    ///   - delay: between the starts of two requests to a host; default half a second.
    ///   - clock: for robots.txt and delays.
    public init(_ client: HTTPClient, delay: Duration = .milliseconds(500), clock: any WirewatchClock = SystemClock()) {
        self.client = client
        let concurrency = client.options.maxConnectionsPerHost
        hosts = HostLimiter(concurrency: concurrency, minimumDelay: delay)
        ownHosts = HostLimiter(concurrency: concurrency)
        pages = HostLimiter(concurrency: 1)
        robots = RobotsCache(clock: clock)
    }

    /// Fetches what is meant for programs: a feed, a sitemap. robots.txt is for crawlers of pages (RFC 9309, 1).
    public nonisolated(nonsending) func fetch(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let limiter = request.allowsPrivateAddresses ? ownHosts : hosts
        let client = client
        do {
            return try await limiter.withPermit(host: request.url.hostKey) { try await client.fetch(request) }
        } catch let error as HTTPError {
            throw error
        } catch {
            throw Self.cancelled(request)
        }
    }

    /// The robots.txt of the site that a request goes to, with its proxy and limits; asked for once a day at most.
    ///
    /// A site whose robots.txt cannot be had allows nothing, or everything, as RFC 9309 (2.3.1) says.
    public func robots(for request: HTTPRequest) async -> RobotsTXT {
        await robots.rules(for: request) { [self] request in try await fetch(request) }
    }

    /// Fetches a page if the site's robots.txt allows it, with the time between pages that it asks for.
    /// - Parameter agent: the name that robots.txt knows us by; default `wirewatch`.
    /// - Throws: ``PageRefusal`` when robots.txt forbids, ``HTTPError`` when the fetch fails.
    public nonisolated(nonsending) func fetchPage(_ request: HTTPRequest, agent: String = "wirewatch") async throws -> HTTPResponse {
        let rules = await robots(for: request)
        guard rules.allows(request.url, agent: agent) else {
            throw PageRefusal(url: request.url.redacted, agent: agent)
        }
        let delay = rules.crawlDelay(agent: agent)
        let client = client
        do {
            let limiter = request.allowsPrivateAddresses ? ownHosts : hosts
            return try await pages.withPermit(host: request.url.hostKey, delay: delay) {
                try await limiter.withPermit(host: request.url.hostKey) { try await client.fetch(request) }
            }
        } catch is CancellationError {
            throw Self.cancelled(request)
        }
    }

    private static func cancelled(_ request: HTTPRequest) -> HTTPError {
        HTTPError(
            .cancelled, url: request.url.redacted, detail: "cancelled while waiting for the host's turn", remedy: "")
    }
}

/// A page that the site's robots.txt does not let us fetch.
public struct PageRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    public var url: String
    public var agent: String

    public var description: String { "\(url): robots.txt does not allow it to '\(agent)'" }
}
