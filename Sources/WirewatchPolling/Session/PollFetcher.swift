public import WirewatchHTTP

/// How sources reach the network; tests put in another.
public struct PollFetcher: Sendable {
    /// Runs where it is called from, as all does that lies between a poll and its reply: a change of place at each step would
    /// cost more than the steps.
    public typealias Fetch = nonisolated(nonsending) @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse
    public typealias PageFetch =
        nonisolated(nonsending) @Sendable (HTTPRequest, _ agent: String) async throws -> HTTPResponse

    /// What is meant for programs: a feed, a sitemap.
    public var document: Fetch
    /// A page, as far as robots.txt allows; throws ``PageRefusal`` where it does not.
    public var page: PageFetch

    /// Whoever polls takes a turn first, so that no more polls are at work than keep all connections busy, and few replies
    /// are in memory, however many sources there are.
    public var turns: HostTurns

    /// Whoever reads a reply takes one of these until its items are handed over: of what is read, many times the size of the
    /// reply, only so much is in memory.
    public var readings: HostTurns

    public init(
        turns: HostTurns = HostTurns(), readings: HostTurns = HostTurns(total: 4, perHost: 4),
        document: @escaping Fetch,
        page: @escaping PageFetch
    ) {
        self.turns = turns
        self.readings = readings
        self.document = document
        self.page = page
    }

    /// Where sources that poll by ``polite`` are to run: nearly all polls bring nothing new, and then all there is to do is
    /// done by the thread that got the reply.
    public static var executor: any TaskExecutor { PoliteClient.shared.client.executor }

    /// By the client that all sources of the process share.
    public static let polite = PollFetcher(
        turns: HostTurns(
            // Some wait for a connection that becomes free, while others read what came.
            total: PoliteClient.shared.client.options.maxConnections * 3 / 2,
            perHost: PoliteClient.shared.client.options.maxConnectionsPerHost),
        document: { request throws(HTTPError) in try await PoliteClient.shared.fetch(request) },
        page: { try await PoliteClient.shared.fetchPage($0, agent: $1) })
}
