public import WirewatchKit

/// A sink that delivers alerts to somebody: the durable queue, grouping, retries and dead letters around a transport.
///
/// ``Sink/write(_:)`` only notes alerts; the checkpoint makes them durable in the engine's one transaction; after the commit
/// a task of its own delivers them, and what came of it goes into a later checkpoint. A crash at any instant loses nothing:
/// what was not committed is raised again with the same ids, and what may or may not have arrived is sent again with the
/// same idempotency key.
public final class DeliverySink: Sink {
    private let book: DeliveryBook
    private let runner: DeliveryRunner
    private let context: SinkContext
    private var state: (any StateAccess)?

    public init(_ options: DeliveryOptions, _ context: SinkContext, transport: any AlertTransport) {
        self.context = context
        book = DeliveryBook(options, name: context.name, log: context.log)
        runner = DeliveryRunner(
            transport, DeliveryRunner.Settings(concurrency: options.concurrency, policy: options.policy), context)
        let runner = runner
        book.withdraw = { runner.remove($0) }
    }

    deinit { runner.setMode(.closed) }

    public var accepts: Set<RecordKind> { [.alerts] }

    public func open(_ state: any StateAccess) throws {
        self.state = state
        let queue = try book.load(state)
        if !queue.isEmpty || book.waitingInGroups > 0 {
            context.log.info(
                """
                sink '\(context.name)': \(queue.count) notices of an earlier run are delivered, and \
                \(book.waitingInGroups) alerts wait in groups
                """)
        }
        runner.add(queue)
    }

    public func write(_ records: [Record]) throws {
        takeOutcomes()
        if let reason = book.fullReason { throw SinkError.blocked(reason) }
        isUrgent = false
        let now = context.clock.now()
        for case .alert(let alert) in records { book.take(alert, at: now) }
    }

    public func checkpoint(_ state: any StateAccess) throws {
        takeOutcomes()
        isUrgent = false
        book.save(to: state)
    }

    public func committed() { runner.add(book.takeCommitted()) }

    public var wantsCheckpoint: Bool { runner.hasOutcomes || (isUrgent && book.hasChanges) }

    /// Whether changes came of something else than a write, which brings its own checkpoint.
    private var isUrgent = false

    public func tick(_ now: Timestamp) throws {
        book.flush(at: now)
        isUrgent = true
    }

    public func settle(_ ending: SinkEnding) -> Bool {
        isUrgent = true
        switch ending {
        case .replaced: runner.setMode(.ending)
        case .drained: book.flush(at: context.clock.now(), all: true)
        case .stopped: break
        }
        return runner.isSettled(at: context.clock.now()) && !book.hasUncommitted && !runner.hasOutcomes
    }

    public func close() throws {
        runner.setMode(.closed)
        let queued = book.queue.values.count { !$0.progress.isDelivered }
        let waiting = book.waitingInGroups
        guard queued + waiting > 0 else { return }
        context.log.notice(
            "sink '\(context.name)': \(queued) notices and \(waiting) alerts in groups stay queued for the next start")
    }

    public func perform(_ request: SinkRequest) throws -> String {
        takeOutcomes()
        isUrgent = true
        switch request {
        case .list: return list()
        case .requeue(let id):
            guard let state else { throw OptionError("it is not open") }
            let count = try book.requeue(id: id, from: state, at: context.clock.now())
            return try said(count, id, "to be delivered again")
        case .discard(let id): return try said(book.discard(id: id), id, "discarded")
        }
    }

    public var status: [(name: String, value: String)] {
        let figures = runner.figures
        let undelivered = book.queue.values.filter { !$0.progress.isDelivered }
        var status: [(name: String, value: String)] = []
        func add(_ name: String, _ count: Int) { status.append((name, String(count))) }
        add("queued", undelivered.count)
        add("in_groups", book.waitingInGroups)
        add("delivered", figures.delivered)
        add("attempts", figures.attempts)
        add("failed_attempts", figures.failures)
        add("resent", figures.resent)
        add("firing", book.queue.count - undelivered.count)
        add("dead", book.dead.count)
        add("repeats_held_back", book.counts.repeats)
        add("held", book.counts.held)
        add("not_wanted", book.counts.filtered)
        add("evicted", book.counts.evicted)
        add("forgotten", book.counts.forgotten)
        if let oldest = undelivered.map(\.notice.created).min() { status.append(("oldest", oldest.rfc3339)) }
        if let due = book.nextNotice { status.append(("next_notice", due.rfc3339)) }
        if !undelivered.isEmpty, let next = runner.nextAttempt { status.append(("next_attempt", next.rfc3339)) }
        if let time = figures.lastDelivery { status.append(("last_delivery", time.rfc3339)) }
        if let error = figures.lastError { status.append(("last_error", "\(error.time.rfc3339): \(error.text)")) }
        return status
    }

    /// Whether there is nothing to do before the clock moves on.
    var isIdle: Bool { runner.isSettled(at: context.clock.now(), undeliveredOnly: false) }

    // MARK: Private

    private func takeOutcomes() {
        let now = context.clock.now()
        for outcome in runner.takeOutcomes() { book.apply(outcome, at: now) }
    }

    private func list() -> String {
        guard !book.dead.isEmpty else { return "no dead letters" }
        return book.dead.sorted { $0.key < $1.key }.map { _, letter in
            "\(letter.id)  \(letter.time.rfc3339)  rule \(letter.rule)"
                + (letter.count > 1 ? " and \(letter.count - 1) more alerts" : "")
                + ", \(letter.attempts) attempts: \(letter.reason)"
        }.joined(separator: "\n")
    }

    private func said(_ count: Int, _ id: String?, _ done: String) throws -> String {
        if count == 0 {
            throw OptionError(id.map { "there is no dead letter \($0)" } ?? "there are no dead letters")
        }
        return "\(count) dead letter\(count == 1 ? "" : "s") \(done)"
    }
}
