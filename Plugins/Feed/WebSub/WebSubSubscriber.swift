import Synchronization
import WirewatchDigest
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// Keeps one feed's subscription at its hub: asks for it, renews it, follows the feed to another hub, and takes in what is
/// pushed.
final class WebSubSubscriber: Sendable {
    private struct State {
        var memory: WebSubMemory
        var offer: WebSubOffer?
        /// Nil before a poll of this run has read the feed.
        var hasPolled = false
        /// Set while a request waits for the hub to ask back.
        var pendingSince: Timestamp?
        /// What the hub is to confirm when it asks about an end.
        var isUnsubscribing = false
        /// Whether pushes bring what polls would: until a poll finds what none had brought, or a signature is wrong.
        var isTrusted = true

        func word(at now: Timestamp) -> String {
            if memory.isLive(at: now) { return "subscribed" }
            if pendingSince != nil { return "asked" }
            if memory.failure != nil { return "failed" }
            return hasPolled && offer == nil ? "no hub" : "waiting"
        }
    }

    let mailbox = WebSubMailbox()
    private let options: FeedOptions
    private let url: HTTPURL
    private let publicURL: String
    private let context: SourceContext
    private let fetcher: PollFetcher
    private let state: Mutex<State>

    init(
        _ options: FeedOptions, _ url: HTTPURL, publicURL: String, _ context: SourceContext, _ fetcher: PollFetcher
    ) throws {
        self.options = options
        self.url = url
        self.publicURL = publicURL
        self.context = context
        self.fetcher = fetcher
        var memory = WebSubMemory(encoded: try context.state.value(WebSubMemory.key) ?? [])
        let now = context.clock.now()
        if memory.isLive(at: now) {
            // The hub may have given us up while we were away. Spread, for many sources start at once.
            let spread = Duration.seconds(30) + Duration.seconds(270) * Backoff.share(seed: Backoff.seed(context.name))
            memory.nextRequest = min(memory.nextRequest ?? now + spread, now + spread)
        }
        state = Mutex(State(memory: memory))
    }

    /// The path below which hubs reach us.
    static func path(of source: String) -> String { "/websub/\(source)" }

    /// Whether the whole feed must be read to know its hub.
    var needsOffer: Bool { state.withLock { $0.memory.hub.isEmpty } }

    /// The next poll: put off to the longest interval while pushes can be relied upon, never longer.
    func pace(_ due: Timestamp, _ memory: PollMemory, longest: Duration) -> Timestamp {
        let now = context.clock.now()
        let isReliable = state.withLock { $0.isTrusted && $0.memory.isLive(at: now) }
        guard isReliable, let last = memory.lastPoll else { return due }
        return max(due, min(last, now) + longest)
    }

    /// For `wirewatch status`.
    var figures: [(name: String, value: String)] {
        let now = context.clock.now()
        return state.withLock { state in
            let memory = state.memory
            var figures: [(name: String, value: String)] = []
            figures.append(("websub", state.word(at: now)))
            if let until = memory.until, memory.isLive(at: now) { figures.append(("websub_until", until.rfc3339)) }
            if !memory.hub.isEmpty { figures.append(("websub_hub", memory.hub)) }
            figures.append(("websub_pushes", String(memory.pushes)))
            figures.append(("websub_rejected", String(memory.rejected)))
            if let failure = memory.failure { figures.append(("websub_failure", failure)) }
            return figures
        }
    }

    // MARK: The task

    /// Sees to the subscription until cancelled.
    func run(_ session: PollSession, _ output: any SourceOutput) async throws {
        while true {
            while let event = mailbox.take() { try await take(event, session, output) }
            try Task.checkCancellation()
            let now = context.clock.now()
            if let request = nextRequest(now: now) {
                try await output.advance([stored])
                let failure = await request.send(options.connection, linkedFrom: url.origin, fetcher)
                try Task.checkCancellation()
                note(failure, of: request)
                try await output.advance([stored])
                await session.refreshReport()
                continue
            }
            let due = nextDuty(now: now)
            await withTaskGroup { group in
                group.addTask { [mailbox] in await mailbox.wait() }
                if let due { group.addTask { [context] in try? await context.clock.sleep(until: due) } }
                await group.next()
                group.cancelAll()
            }
        }
    }

    private func take(_ event: WebSubMailbox.Event, _ session: PollSession, _ output: any SourceOutput) async throws {
        switch event {
        case .polled(let offer, let foundNews):
            let now = context.clock.now()
            state.withLock { state in
                state.offer = offer
                state.hasPolled = true
                if foundNews, state.memory.isLive(at: now) { state.isTrusted = false }
            }
        case .pushed(let response):
            do {
                let count = try await session.push(response, output)
                state.withLock { state in
                    state.memory.pushes += 1
                    state.isTrusted = state.isTrusted || count > 0
                }
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                state.withLock { $0.memory.rejected += 1 }
                context.report.fail("a push of the hub cannot be read: \(error)", at: context.clock.now())
            }
            try await output.advance([stored])
        case .changed: try await output.advance([stored])
        }
        await session.refreshReport()
    }

    private var stored: StateChange {
        StateChange(key: WebSubMemory.key, value: state.withLock { $0.memory.encoded })
    }

    /// The request that is due now, noted as made.
    private func nextRequest(now: Timestamp) -> WebSubRequest? {
        state.withLock { state in
            // Before the first poll the old subscription is renewed; afterwards the feed's word counts.
            let hubs = state.offer?.hubs ?? (state.hasPolled || state.memory.hub.isEmpty ? [] : [state.memory.hub])
            let topic = state.offer?.topic ?? state.memory.topic
            guard !hubs.isEmpty else {
                // The feed has left its hub.
                if state.hasPolled, !state.memory.hub.isEmpty { state.memory = Self.fresh(keeping: state.memory) }
                return nil
            }
            if topic != state.memory.topic || !hubs.contains(state.memory.hub) {
                state.memory = Self.fresh(keeping: state.memory)
                state.pendingSince = nil
            }
            if let since = state.pendingSince {
                guard now - since >= WebSubMemory.verificationTime else { return nil }
                state.pendingSince = nil
                Self.fail(&state.memory, "the hub did not verify the subscription", now: now, seed: seed)
            }
            if let next = state.memory.nextRequest, next > now { return nil }
            // Another hub after each failure, if the feed names several; none learns another's secret.
            let chosen = state.memory.isLive(at: now) ? state.memory.hub : hubs[state.memory.failures % hubs.count]
            if chosen != state.memory.hub {
                (state.memory.hub, state.memory.token, state.memory.secret) = (chosen, "", "")
            }
            state.memory.topic = topic
            if state.memory.token.isEmpty { state.memory.token = Secret.random(bytes: 32) }
            if state.memory.secret.isEmpty { state.memory.secret = Secret.random(bytes: 32) }
            state.pendingSince = now
            return request("subscribe", state.memory)
        }
    }

    private func request(_ mode: String, _ memory: WebSubMemory) -> WebSubRequest {
        WebSubRequest(
            mode: mode, hub: memory.hub, topic: memory.topic,
            callback: publicURL + Self.path(of: context.name) + "/" + memory.token, secret: memory.secret,
            lease: WebSubMemory.wantedLease)
    }

    private func note(_ failure: String?, of request: WebSubRequest) {
        guard var failure else { return }
        // What a hub says is shown to others, and may repeat what it was told.
        failure = failure.replacing(request.secret, with: "...").replacing(request.callback, with: "(callback)")
        let now = context.clock.now()
        state.withLock { state in
            state.pendingSince = nil
            Self.fail(&state.memory, failure, now: now, seed: seed)
        }
        context.report.fail("WebSub hub \(request.hub): \(failure)", at: now)
    }

    private var seed: UInt64 { Backoff.seed(context.name) }

    private static func fail(_ memory: inout WebSubMemory, _ reason: String, now: Timestamp, seed: UInt64) {
        memory.failures += 1
        memory.failure = reason
        let backoff = Backoff(base: .seconds(300), limit: .seconds(86_400), jitter: 0.3)
        memory.nextRequest = now + backoff.delay(failures: memory.failures, seed: seed)
    }

    /// Nothing subscribed; only the figures stay.
    private static func fresh(keeping old: WebSubMemory) -> WebSubMemory {
        var memory = WebSubMemory(encoded: [])
        (memory.pushes, memory.rejected) = (old.pushes, old.rejected)
        return memory
    }

    private func nextDuty(now: Timestamp) -> Timestamp? {
        state.withLock { state in
            if let since = state.pendingSince { return since + WebSubMemory.verificationTime }
            guard state.offer != nil || !state.hasPolled, !state.memory.hub.isEmpty else { return nil }
            return state.memory.nextRequest
        }
    }

    // MARK: The hub's requests

    /// Answers a request below our path.
    func answer(_ request: InboundRequest) async -> InboundReply {
        let prefix = Self.path(of: context.name) + "/"
        let token = String(request.path.dropFirst(prefix.count))
        let memory = state.withLock { $0.memory }
        guard request.path.hasPrefix(prefix), !memory.token.isEmpty, Secret.equal(token, expected: memory.token) else {
            return Self.notFound
        }
        return request.method == "POST" ? receive(request, memory) : verify(request)
    }

    /// The hub asks whether we meant it (WebSub, 5.3), or denies (5.2).
    private func verify(_ request: InboundRequest) -> InboundReply {
        let now = context.clock.now()
        let isKnown: Bool = state.withLock { state in
            guard request.parameter("hub.topic") == state.memory.topic else { return false }
            switch request.parameter("hub.mode") {
            case "subscribe":
                guard !state.isUnsubscribing, request.parameter("hub.challenge") != nil else { return false }
                let seconds = request.parameter("hub.lease_seconds").flatMap { Int64($0) }
                let given = seconds.map { Duration.seconds(min(max($0, 0), 1 << 40)) } ?? WebSubMemory.wantedLease
                let lease = min(max(given, WebSubMemory.leases.lowerBound), WebSubMemory.leases.upperBound)
                state.memory.lease = lease
                state.memory.until = now + lease
                state.memory.nextRequest = WebSubMemory.renewal(lease, from: now)
                state.memory.failures = 0
                state.memory.failure = nil
                state.pendingSince = nil
                state.isTrusted = true
                return true
            case "unsubscribe":
                guard state.isUnsubscribing, request.parameter("hub.challenge") != nil else { return false }
                state.memory.until = nil
                return true
            case "denied":
                let reason = request.parameter("hub.reason").map { ": \($0.prefix(200))" } ?? ""
                state.pendingSince = nil
                state.memory.until = nil
                Self.fail(&state.memory, "the hub denies the subscription" + reason, now: now, seed: seed)
                // It has decided; only a while later may it decide otherwise.
                state.memory.nextRequest = now + .seconds(86_400)
                return true
            default: return false
            }
        }
        guard isKnown else { return Self.notFound }
        mailbox.post(.changed)
        return InboundReply(
            contentType: "text/plain; charset=utf-8", body: Array((request.parameter("hub.challenge") ?? "").utf8),
            headers: [("X-Content-Type-Options", "nosniff")])
    }

    /// The hub sends content (WebSub, 7). A wrong signature is answered like a right one (8), and the content ignored.
    private func receive(_ request: InboundRequest, _ memory: WebSubMemory) -> InboundReply {
        let accepted = InboundReply(status: 202)
        guard let signature = request.header("X-Hub-Signature"),
            HMAC.verifies(signature, of: request.body, key: Array(memory.secret.utf8))
        else {
            state.withLock { state in
                state.memory.rejected += 1
                state.isTrusted = false
            }
            mailbox.post(.changed)
            return accepted
        }
        let headers = request.headers.filter { ["content-type", "content-language"].contains($0.name.lowercased()) }
        guard let topic = try? HTTPURL(memory.topic) else { return accepted }
        let response = HTTPResponse(
            url: topic, headers: HTTPHeaders(headers), body: request.body, received: context.clock.now())
        if mailbox.post(.pushed(response)) { return accepted }
        return .problem(
            503, "Service Unavailable", "earlier pushes are still being taken in; send it again later",
            retryAfter: .seconds(30))
    }

    private static var notFound: InboundReply {
        .problem(404, "Not Found", "there is no such subscription here")
    }

    // MARK: The end

    /// Tells the hub that we want no more, and waits a little for it to ask back. In vain is no matter: it will find nobody.
    func unsubscribe() async {
        let now = context.clock.now()
        let request: WebSubRequest? = state.withLock { state in
            guard state.memory.isLive(at: now) else { return nil }
            state.isUnsubscribing = true
            return self.request("unsubscribe", state.memory)
        }
        guard let request else { return }
        var connection = options.connection
        connection.limits.total = min(connection.limits.total, .seconds(5))
        guard await request.send(connection, linkedFrom: url.origin, fetcher) == nil else { return }
        let end = ContinuousClock.now + .seconds(3)
        while state.withLock({ $0.memory.until != nil }), ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
