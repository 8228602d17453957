import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// Polls one feed for as long as the daemon runs, and takes what its hub pushes.
struct FeedSource: Source {
    let options: FeedOptions
    let context: SourceContext
    let fetcher: PollFetcher

    init(_ options: FeedOptions, _ context: SourceContext, fetcher: PollFetcher = .polite) {
        self.options = options
        self.context = context
        self.fetcher = fetcher
    }

    func run(_ output: any SourceOutput) async throws {
        // Apart, for what sleeps keeps the memory of its function.
        if options.webSub, !context.drain {
            try await runSubscribed(output)
        } else {
            try await PollLoop(context).run(session(), output)
        }
    }

    private func runSubscribed(_ output: any SourceOutput) async throws {
        guard let url = options.url, let endpoint = context.endpoint, let publicURL = endpoint.publicURL else {
            throw SourceError.stopped("'websub' needs 'listen:' with a 'public_url'; add it and restart")
        }
        let subscriber = try WebSubSubscriber(options, url, publicURL: publicURL, context, fetcher)
        let registration: InboundRegistration
        do throws(InboundRouteError) {
            registration = try endpoint.register(
                InboundRoute(
                    WebSubSubscriber.path(of: context.name), includesBelow: true, methods: ["GET", "POST"],
                    maxBodyBytes: min(options.connection.limits.bodyBytes, 64 << 20),
                    handler: { await subscriber.answer($0) }))
        } catch {
            throw SourceError.stopped("\(error)")
        }
        defer { registration.release() }
        do {
            try await watch(subscriber, output)
        } catch {
            // In a task of its own, for this one is cancelled.
            if context.isRemoved() { await Task { await subscriber.unsubscribe() }.value }
            throw error
        }
    }

    private func watch(_ subscriber: WebSubSubscriber, _ output: any SourceOutput) async throws {
        let session = try session(subscriber)
        if subscriber.needsOffer { await session.forgetDocument() }
        let longest = session.schedule.bounds.upperBound
        let loop = PollLoop(context) { due, memory in subscriber.pace(due, memory, longest: longest) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await loop.run(session, output) }
            group.addTask { try await subscriber.run(session, output) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    func session(_ subscriber: WebSubSubscriber? = nil) throws -> PollSession {
        guard let url = options.url else { throw SourceError.stopped("'url' is no URL") }
        var reader = FeedPollReader(options: options)
        var furtherFigures: (@Sendable () -> [(name: String, value: String)])?
        if let subscriber {
            reader.onPoll = { offer, foundNews in subscriber.mailbox.post(.polled(offer, foundNews: foundNews)) }
            furtherFigures = { subscriber.figures }
        }
        return try PollSession(
            url, options.intervals, options.connection, context, reader: reader, fetcher: fetcher,
            furtherFigures: furtherFigures)
    }
}
