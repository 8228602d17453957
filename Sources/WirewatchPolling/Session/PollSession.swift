import WirewatchDigest
public import WirewatchHTTP
public import WirewatchKit

/// The polls of a source that watches one URL: what it remembers, and what each poll does.
///
/// Keeps ``PollMemory/key`` and ``KnownItems/key`` in the source's state.
public actor PollSession: PollingSession {
    public nonisolated let schedule: PollSchedule
    public private(set) var memory: PollMemory
    private let url: HTTPURL
    private let connection: ConnectionOptions
    private let context: SourceContext
    private let reader: any PollReader
    private let fetcher: PollFetcher
    /// What is known of items, as it is stored; nil before the first document was read. Kept in this form because it is
    /// small.
    private var known: [UInt8]?
    private var account: PollAccount

    /// - Throws: what reading the state throws.
    public init(
        _ url: HTTPURL, _ intervals: IntervalOptions, _ connection: ConnectionOptions, _ context: SourceContext,
        reader: any PollReader, fetcher: PollFetcher = .polite
    ) throws {
        self.url = url
        self.connection = connection
        self.context = context
        self.reader = reader
        self.fetcher = fetcher
        schedule = intervals.schedule(
            name: context.name, subject: reader.subject, followsToOtherOrigins: !connection.carriesSecrets(to: url))
        memory = try PollMemory(url: url, context.state)
        known = try context.state.value(KnownItems.key)
        account = PollAccount(context, url: url, subject: reader.subject)
    }

    /// Items are handed over oldest first; the state that says they are done goes with the last one, so that a crash before
    /// brings them all again, and the engine drops those that it has.
    public func poll(_ output: any SourceOutput) async throws -> String? {
        // Apart from the poll itself, whose memory (12 KB and the reply) those that wait need not have.
        let turn = try await fetcher.turns.take(host: target.hostKey)
        return try await poll(output, turn)
    }

    private func poll(_ output: any SourceOutput, _ turn: HostTurns.Turn) async throws -> String? {
        defer { turn.end() }
        let request = request(now: context.clock.now())
        let (outcome, findings) = try await ask(request)
        let now = context.clock.now()
        let movedBefore = memory.movedTo
        let stop = schedule.note(outcome, in: &memory, now: now)
        account.tell(memory, movedBefore: movedBefore, isEnd: stop != nil, now: now)
        var changes: [StateChange] = []
        if let findings, findings.known != known {
            known = findings.known
            changes.append(StateChange(key: KnownItems.key, value: findings.known))
        }
        changes.append(StateChange(key: PollMemory.key, value: memory.encoded))
        guard let items = findings?.items, !items.isEmpty else {
            try await output.advance(changes)
            return stop
        }
        // Pages take their time, a robots.txt may ask for minutes, and other polls need not wait for them.
        if items.contains(where: \.needsPage) { turn.end() }
        for (place, item) in items.enumerated() {
            var document = item.document(context.clock.now())
            if case .fetch(let link) = item.page { await takePage(link, base: request.url, into: &document) }
            try Task.checkCancellation()
            if place == items.count - 1 { document.cursor = changes }
            try await output.emit(document)
        }
        return stop
    }

    public func report(next: Timestamp?) { account.report(memory, schedule, next: next) }

    // MARK: Request and reply

    private var target: HTTPURL { memory.movedTo.flatMap { try? HTTPURL($0) } ?? url }

    private func request(now: Timestamp) -> HTTPRequest {
        var request = connection.request(target, accept: reader.accept)
        request.validators = schedule.validators(memory, now: now)
        return request
    }

    private func ask(_ request: HTTPRequest) async throws -> (PollSchedule.Outcome, PollFindings?) {
        do {
            let response =
                reader.obeysRobots
                ? try await fetcher.page(request, connection.agent) : try await fetcher.document(request)
            return read(response, to: request)
        } catch let error as HTTPError {
            if error.kind == .cancelled { throw CancellationError() }
            return (PollSchedule.Outcome(error), nil)
        } catch let error as PageRefusal {
            return (.failed("\(error); the site does not want it polled", isUnreachable: false), nil)
        }
    }

    private func read(_ response: HTTPResponse, to request: HTTPRequest) -> (PollSchedule.Outcome, PollFindings?) {
        let now = context.clock.now()
        let reply = PollSchedule.Reply(
            response, to: request, configured: url, validators: memory.validators, now: now)
        if response.status == 304 { return (.unmodified(reply), nil) }
        guard reply.hasContent else { return (.refused(reply), nil) }
        let digest = SHA256.identifier(of: response.body)
        if digest == memory.bodyDigest, known != nil { return (.content(reply, arrivals: 0, hints: nil), nil) }
        do {
            let situation = PollSituation(known: known, document: memory.documents, now: now)
            let findings = try reader.read(response, situation)
            if !findings.items.isEmpty { memory.documents &+= 1 }
            memory.bodyDigest = digest
            for (name, number) in findings.counts { account.count(name, number) }
            memory.items += findings.items.count - findings.arrivals
            return (.content(reply, arrivals: findings.arrivals, hints: findings.hints), findings)
        } catch {
            return (.failed(reader.explanation(error, of: response), isUnreachable: false), nil)
        }
    }

    /// Replaces the item's text by its page, if that can be had.
    private func takePage(_ link: String?, base: HTTPURL, into document: inout Document) async {
        guard let link, let target = try? base.resolving(link) else {
            account.count("page_no_url")
            return
        }
        do {
            try await ArticlePage.fetch(target, linkedFrom: url.origin, by: connection, fetcher).put(into: &document)
        } catch {
            account.countPage(error, at: target)
        }
    }
}

extension PollMemory {
    /// What the state holds of a source. When it is about another URL, what counts documents stays, for a feed that moved
    /// keeps its items.
    public init(url: HTTPURL, _ state: any StateReader) throws {
        self.init(url: url.text)
        guard let stored = try state.value(Self.key).map({ PollMemory(encoded: $0) }) else { return }
        if stored.url == url.text { self = stored } else { documents = stored.documents }
    }
}
