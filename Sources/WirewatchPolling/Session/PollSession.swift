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
    /// small, and taken from the state when a document comes: most polls bring none.
    private var known: [UInt8]?
    private var isKnownLoaded = false
    private var account: PollAccount
    private let gate = AsyncGate()
    private let furtherFigures: (@Sendable () -> [(name: String, value: String)])?
    private var next: Timestamp?

    /// - Parameter furtherFigures: what else is to be shown in `wirewatch status`.
    /// - Throws: what reading the state throws.
    public init(
        _ url: HTTPURL, _ intervals: IntervalOptions, _ connection: ConnectionOptions, _ context: SourceContext,
        reader: any PollReader, fetcher: PollFetcher = .polite,
        furtherFigures: (@Sendable () -> [(name: String, value: String)])? = nil
    ) throws {
        self.furtherFigures = furtherFigures
        self.url = url
        self.connection = connection
        self.context = context
        self.reader = reader
        self.fetcher = fetcher
        schedule = intervals.schedule(
            name: context.name, subject: reader.subject, followsToOtherOrigins: !connection.carriesSecrets(to: url))
        memory = try PollMemory(url: url, context.state)
        account = PollAccount(context, subject: reader.subject)
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
        let answer = try await ask(request)
        guard Self.hasDocument(answer) else { return try await take(answer, to: request, output, [turn]) }
        let reading = try await fetcher.readings.take(host: "")
        defer { reading.end() }
        return try await take(answer, to: request, output, [turn, reading])
    }

    private func take(
        _ answer: Result<HTTPResponse, NoReply>, to request: HTTPRequest, _ output: any SourceOutput,
        _ turns: [HostTurns.Turn]
    ) async throws -> String? {
        // What is known is read, added to and stored by one document at a time.
        if !gate.enterNow() { await gate.enter() }
        defer { gate.leave() }
        let outcome: PollSchedule.Outcome
        var findings: PollFindings?
        switch answer {
        case .failure(let failure): outcome = failure.outcome
        case .success(let response):
            let reply = PollSchedule.Reply(
                response, to: request, configured: url, validators: memory.validators, now: context.clock.now())
            if response.status == 304 {
                outcome = .unmodified(reply)
            } else if reply.hasContent {
                (outcome, findings) = try await take(response, reply)
            } else {
                outcome = .refused(reply)
            }
        }
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
        try await yield(findings?.items ?? [], changes, base: request.url, turns, output)
        return stop
    }

    /// Takes in a document that was pushed to us, as if it had been polled: the same items are known, none comes twice.
    /// When and how to poll stays as it is.
    /// - Returns: how many items were yielded.
    /// - Throws: what the reader throws of a document that it cannot read.
    public func push(_ response: HTTPResponse, _ output: any SourceOutput) async throws -> Int {
        if !gate.enterNow() { await gate.enter() }
        defer { gate.leave() }
        try loadKnown()
        let now = context.clock.now()
        let situation = PollSituation(known: known, document: memory.documents, now: now, isPushed: true)
        let findings = try await read(response, situation)
        for (name, number) in findings.counts { account.count(name, number) }
        guard findings.known != known || !findings.items.isEmpty else { return 0 }
        if !findings.items.isEmpty {
            memory.documents &+= 1
            memory.items += findings.items.count
            memory.lastArrival = now
        }
        known = findings.known
        let changes = [
            StateChange(key: KnownItems.key, value: findings.known),
            StateChange(key: PollMemory.key, value: memory.encoded),
        ]
        try await yield(findings.items, changes, base: response.url, [], output)
        return findings.items.count
    }

    /// Makes the next poll read the whole document, even if it has not changed.
    public func forgetDocument() {
        memory.validators = Validators()
        memory.bodyDigest = nil
    }

    private func yield(
        _ items: [PollItem], _ changes: [StateChange], base: HTTPURL, _ turns: [HostTurns.Turn],
        _ output: any SourceOutput
    ) async throws {
        if items.isEmpty { return try await output.advance(changes) }
        guard items.contains(where: \.needsPage) else { return try await yieldAtOnce(items, changes, output) }
        // Pages take their time, a robots.txt may ask for minutes, and other polls need not wait for them.
        for turn in turns { turn.end() }
        for (place, item) in items.enumerated() {
            var document = item.document(context.clock.now())
            if case .fetch(let link) = item.page { await takePage(link, base: base, into: &document) }
            try Task.checkCancellation()
            if place == items.count - 1 { document.cursor = changes }
            try await output.emit(document)
        }
    }

    /// Documents handed over together; no more of one poll wait for room in the queue.
    private static let atOnce = 32

    private func yieldAtOnce(
        _ items: [PollItem], _ changes: [StateChange], _ output: any SourceOutput
    ) async throws {
        for start in stride(from: 0, to: items.count, by: Self.atOnce) {
            try Task.checkCancellation()
            let end = min(start + Self.atOnce, items.count)
            let now = context.clock.now()
            var documents = items[start..<end].map { $0.document(now) }
            if end == items.count { documents[documents.count - 1].cursor = changes }
            try await output.emit(consume documents)
        }
    }

    public func report(next: Timestamp?) {
        self.next = next
        refreshReport()
    }

    /// Shows the state of things anew, after something other than a poll.
    public func refreshReport() {
        account.report(memory, schedule, next: next, more: furtherFigures?() ?? [])
    }

    // MARK: Request and reply

    private var target: HTTPURL { memory.movedTo.flatMap { try? HTTPURL($0) } ?? url }

    private func request(now: Timestamp) -> HTTPRequest {
        var request = connection.request(target, accept: reader.accept)
        request.validators = schedule.validators(memory, now: now)
        return request
    }

    private struct NoReply: Error {
        var outcome: PollSchedule.Outcome
    }

    private func ask(_ request: HTTPRequest) async throws -> Result<HTTPResponse, NoReply> {
        do {
            return .success(
                reader.obeysRobots
                    ? try await fetcher.page(request, connection.agent) : try await fetcher.document(request))
        } catch let error as HTTPError {
            if error.kind == .cancelled { throw CancellationError() }
            return .failure(NoReply(outcome: PollSchedule.Outcome(error)))
        } catch let error as PageRefusal {
            let reason = "\(error); the site does not want it polled"
            return .failure(NoReply(outcome: .failed(reason, isUnreachable: false)))
        }
    }

    /// Whether there is something to be read.
    private static func hasDocument(_ answer: Result<HTTPResponse, NoReply>) -> Bool {
        guard case .success(let response) = answer else { return false }
        return response.status != 304
    }

    private func loadKnown() throws {
        guard !isKnownLoaded else { return }
        known = try context.state.value(KnownItems.key)
        isKnownLoaded = true
    }

    /// What is new in a reply with content.
    /// - Throws: what reading the state throws.
    private func take(
        _ response: HTTPResponse, _ reply: PollSchedule.Reply
    ) async throws -> (PollSchedule.Outcome, PollFindings?) {
        try loadKnown()
        let digest = ContentDigest.text(of: response.body)
        if digest == memory.bodyDigest, known != nil { return (.content(reply, arrivals: 0, hints: nil), nil) }
        do {
            let situation = PollSituation(known: known, document: memory.documents, now: context.clock.now())
            let findings = try await read(response, situation)
            if !findings.items.isEmpty { memory.documents &+= 1 }
            memory.bodyDigest = digest
            for (name, number) in findings.counts { account.count(name, number) }
            memory.items += findings.items.count - findings.arrivals
            return (.content(reply, arrivals: findings.arrivals, hints: findings.hints), findings)
        } catch {
            return (.failed(reader.explanation(error, of: response), isUnreachable: false), nil)
        }
    }

    /// Bytes of a reply that are read within a millisecond.
    private static let shortReply = 128 << 10

    /// Where the reply came in, which costs the least, unless it is a long one: for that transfers are not to wait.
    private func read(_ response: HTTPResponse, _ situation: PollSituation) async throws -> PollFindings {
        if response.body.count <= Self.shortReply { return try reader.read(response, situation) }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await Self.read(response, situation, by: reader)
        }
    }

    /// Apart from the actor, of which the work in hand is done by the thread that began with it.
    @concurrent
    private static func read(
        _ response: HTTPResponse, _ situation: PollSituation, by reader: any PollReader
    ) async throws -> PollFindings {
        try reader.read(response, situation)
    }

    /// Puts the item's page beside its text, if that can be had.
    private func takePage(_ link: String?, base: HTTPURL, into document: inout Document) async {
        guard let link, let target = try? base.resolving(link) else {
            account.count("page_no_url")
            return
        }
        do {
            let page = try await ArticlePage.fetch(target, linkedFrom: url.origin, by: connection, fetcher)
            page.put(into: &document, keepingItem: true)
        } catch {
            account.countPage(error, at: target)
        }
    }
}

extension PollMemory {
    /// What the state holds of a source. When it is about another URL, what counts documents stays, for a feed that moved
    /// keeps its items.
    public init(url: HTTPURL, _ state: any StateReader) throws {
        let address = url.text
        guard let stored = try state.value(Self.key).map({ PollMemory(encoded: $0) }) else {
            self.init(url: address)
            return
        }
        if stored.url == address {
            self = stored
        } else {
            self.init(url: address)
            documents = stored.documents
        }
    }
}
