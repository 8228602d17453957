import WirewatchHTTP
import WirewatchKit

/// Polls one feed for as long as the daemon runs.
struct FeedPollingSource: Source {
    let options: FeedOptions
    let context: SourceContext
    let fetcher: FeedFetcher

    init(_ options: FeedOptions, _ context: SourceContext, fetcher: FeedFetcher = .polite) {
        self.options = options
        self.context = context
        self.fetcher = fetcher
    }

    func run(_ output: any SourceOutput) async throws {
        guard let url = options.url else { throw SourceError.stopped("'url' is no URL") }
        let session = try FeedSession(url, options, context, fetcher)
        let memory = await session.memory
        if let gone = memory.gone, !session.schedule.mayPoll(memory, now: context.clock.now()) {
            throw SourceError.stopped(
                "the server said 410 Gone at \(gone.rfc3339); remove the source, give its new URL, or restart a day later"
            )
        }
        if context.drain {
            try await drain(session, output)
            return
        }
        var due = await session.firstPoll(now: context.clock.now())
        while true {
            await session.report(next: due)
            try await context.clock.sleep(until: due)
            if let reason = try await poll(session, output) {
                await session.report(next: nil)
                throw SourceError.stopped(reason)
            }
            due = await session.due(now: context.clock.now())
        }
    }

    /// Polls in a task of its own, which takes its memory with it when it ends: this one sleeps nearly always, and there may
    /// be ten thousand.
    private func poll(_ session: FeedSession, _ output: any SourceOutput) async throws -> String? {
        try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask { try await session.poll(output) }
            return try await group.next() ?? nil
        }
    }

    /// One poll, unless it would be impolite.
    private func drain(_ session: FeedSession, _ output: any SourceOutput) async throws {
        let now = context.clock.now()
        let memory = await session.memory
        guard session.schedule.mayPoll(memory, now: now) else {
            let time = memory.notBefore ?? now
            context.log.notice(
                "not polled: the server, the feed or a failure asks to wait",
                metadata: ["source": "\(context.name)", "until": "\(time.rfc3339)"])
            return
        }
        if let reason = try await session.poll(output) { throw SourceError.stopped(reason) }
        if let failure = await session.memory.failure { throw SourceError.retry(after: .seconds(60), failure) }
    }
}

/// How a source reaches the network; tests put in another.
struct FeedFetcher: Sendable {
    var feed: @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse
    /// A page, as far as robots.txt allows.
    var page: @Sendable (HTTPRequest, _ agent: String) async throws -> HTTPResponse

    static let polite = FeedFetcher(
        feed: { request throws(HTTPError) in try await PoliteClient.shared.fetch(request) },
        page: { try await PoliteClient.shared.fetchPage($0, agent: $1) })
}
