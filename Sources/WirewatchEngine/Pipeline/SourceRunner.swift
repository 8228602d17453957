import WirewatchConfig
import WirewatchKit

/// Runs one source in a task of its own, and runs it again when it fails. A timed source has a task only while it is awake.
final class SourceRunner: Sendable {
    enum State: Sendable, Equatable {
        case running
        /// It failed and runs again at this time.
        case waiting(until: Timestamp, reason: String)
        /// It said that nothing more will come, or in drain mode: all was yielded.
        case ended
        /// It cannot go on until the configuration changes.
        case stopped(reason: String)
    }

    let component: Component
    let counters = Counters()
    let report: SourceReport
    private let life = Lock(Life())
    private let environment: SourceEnvironment

    private struct Life {
        var state = State.running
        /// Only while it runs: a task that has ended keeps its memory (some 20 KB) for as long as somebody holds it.
        var task: Task<Void, Never>?
        /// A timed source, from its start to its end or failure.
        var timed: (any TimedSource)?
        /// Its place in the timetable while it waits there.
        var ticket: UInt64?
        var isStopping = false
        var isRemoved = false
        /// When it was made, in monotonic milliseconds, and how long to wait if it fails.
        var begun: Int64 = 0
        var delay = Duration.seconds(1)
    }

    init(_ component: Component, environment: SourceEnvironment) {
        self.component = component
        self.environment = environment
        report = SourceReport { [counters] in counters.fail($0.reason, at: $0.time) }
    }

    var current: State { life.withLock { $0.state } }

    /// Whether it is a timed source that waits for its time.
    var isResting: Bool { life.withLock { $0.ticket != nil } }

    /// Does nothing once it is to stop.
    func start() { life.withLock { start(&$0) } }

    private func start(_ life: inout Life) {
        guard !life.isStopping, life.task == nil else { return }
        // Detached, for the copy of the starter's task-local values would cost each another kilobyte.
        life.task = Task.detached(executorPreference: component.plugin.executor?()) { [self] in
            let next = await run()
            // Waits for the lock if it ends before the task is there.
            self.life.withLock { life in
                life.task = nil
                if let next, !life.isStopping { life.ticket = environment.timetable.add(self, at: next) }
            }
        }
    }

    /// The time that a timed source waited for has come.
    func wake() {
        life.withLock { life in
            life.ticket = nil
            start(&life)
        }
    }

    /// Cancels the source and waits for its end.
    ///
    /// - Parameter isRemoved: whether it is no longer in the configuration.
    func stop(isRemoved: Bool = false) async {
        let work = life.withLock { life in
            life.isRemoved = isRemoved
            life.isStopping = true
            if let ticket = life.ticket { environment.timetable.remove(ticket) }
            life.ticket = nil
            if life.task == nil, case .running = life.state {
                life.timed = nil
                life.state = .ended
            }
            return life.task
        }
        work?.cancel()
        await work?.value
    }

    /// Runs to the end in the task that calls, in a run that drains: ``stop(isRemoved:)`` does not wait for that.
    nonisolated(nonsending) func drain() async {
        guard !life.withLock({ $0.isStopping }) else { return }
        _ = await run()
    }

    /// In small pieces, for many of these wait nearly always, and what waits keeps the memory of its function.
    ///
    /// - Returns: when a timed source is to be woken again.
    private nonisolated(nonsending) func run() async -> Timestamp? {
        while !Task.isCancelled {
            set(.running)
            do {
                if let next = try await runSource() { return next }
                break
            } catch {
                guard let wait = pause(after: error) else { return nil }
                try? await Task.sleep(for: wait)
            }
        }
        set(.ended)
        return nil
    }

    private nonisolated(nonsending) func runSource() async throws -> Timestamp? {
        if let timed = life.withLock({ $0.timed }) { return try await wake(timed) }
        guard let source = try makeSource() else { return nil }
        let begun = monotonicMilliseconds()
        life.withLock { $0.begun = begun }
        if let timed = source as? any TimedSource {
            life.withLock { $0.timed = timed }
            return try await wake(timed)
        }
        // Whatever way it ends, nothing more comes in by its routes.
        defer { environment.router?.release(owner: component.name) }
        try await source.run(output)
        return nil
    }

    private nonisolated(nonsending) func wake(_ source: any TimedSource) async throws -> Timestamp? {
        let next: Timestamp?
        do {
            next = try await source.wake(output)
        } catch {
            life.withLock { $0.timed = nil }
            throw error
        }
        // In a run that drains there is no later.
        if next == nil || environment.drain { life.withLock { $0.timed = nil } }
        return environment.drain ? nil : next
    }

    private func makeSource() throws -> (any Source)? {
        guard case .source(let make) = component.plugin.factory else { return nil }
        var context = SourceContext(
            name: component.name, drain: environment.drain, clock: environment.clock, log: environment.log,
            state: environment.state.reader(ofSource: component.name), report: report,
            endpoint: environment.router?.endpoint(of: component.name))
        context.isRemoved = { [life] in life.withLock { $0.isRemoved } }
        return try make(component.options, context)
    }

    /// Takes note of why the source ended; how long to wait before it runs again, nil when it does not.
    private func pause(after error: any Error) -> Duration? {
        let log = environment.log
        let now = environment.clock.now()
        var wait = life.withLock { life in
            // A source that ran well for a while starts over with short delays.
            if monotonicMilliseconds() - life.begun > 60_000 { life.delay = .seconds(1) }
            defer { life.delay = min(life.delay * 2, .seconds(300)) }
            return life.delay
        }
        var reason = String(describing: error)
        switch error {
        case is CancellationError:
            set(.ended)
            return nil
        case SourceError.stopped(let why):
            counters.fail(why, at: now)
            log.error("source '\(component.name)' stays off until the configuration changes: \(why)")
            set(.stopped(reason: why))
            return nil
        case SourceError.retry(let after, let why): (wait, reason) = (after, why)
        default: break
        }
        counters.fail(reason, at: now)
        if environment.drain {
            log.error("source '\(component.name)' failed: \(reason)")
            set(.stopped(reason: reason))
            return nil
        }
        log.warning("source '\(component.name)' failed, again in \(HumanUnits.text(wait)): \(reason)")
        set(.waiting(until: now + wait, reason: reason))
        return wait
    }

    private func set(_ new: State) { life.withLock { $0.state = new } }

    var output: Output { Output(source: component.name, counters: counters, environment: environment) }

    /// What the source puts its documents into.
    struct Output: SourceOutput {
        let source: String
        let counters: Counters
        let environment: SourceEnvironment
        /// What stands in the place of one that was taken.
        private static let noDocument = Document(identity: "")

        func emit(_ document: Document) async throws {
            let size = document.byteCount
            counters.add(received: 1, bytes: size)
            try await send(.document(document), document.cursor, size)
            counters.add(emitted: 1)
        }

        func emit(_ documents: consuming [Document]) async throws {
            let now = environment.clock.now()
            var bytes = 0
            var intakes: [Intake] = []
            intakes.reserveCapacity(documents.count)
            for place in documents.indices {
                // Taken out, for each is to be held by its intake alone.
                var document = Self.noDocument
                swap(&document, &documents[place])
                let (size, cursor) = (document.byteCount, document.cursor)
                bytes += size
                intakes.append(
                    Intake(
                        source: source, received: now, item: .document(consume document), cursor: cursor,
                        byteCount: size))
            }
            counters.add(received: intakes.count, bytes: bytes)
            var sent = 0
            while sent < intakes.count {
                let count = try await environment.queue.send(&intakes, from: sent)
                counters.add(emitted: count)
                sent += count
            }
        }

        func reject(
            identity: String, url: String?, reason: String, excerpt: String, cursor: [StateChange]
        ) async throws {
            counters.add(received: 1)
            counters.fail(reason, at: environment.clock.now())
            let item = IntakeItem.rejection(identity: identity, url: url, reason: reason, excerpt: excerpt)
            try await send(item, cursor, excerpt.utf8.count + 256)
        }

        nonisolated(nonsending) func advance(_ changes: [StateChange]) async throws {
            try await send(.cursor, changes, 256)
        }

        func deliver(_ documents: [Document]) async throws -> [DeliveryReceipt] {
            guard !documents.isEmpty else { return [] }
            let delivery = Delivery(count: documents.count)
            for (index, document) in documents.enumerated() {
                let size = document.byteCount
                counters.add(received: 1, bytes: size)
                let ticket = DeliveryTicket(delivery, index)
                try await send(.document(document), document.cursor, size, ticket)
                counters.add(emitted: 1)
            }
            let duplicates = try await delivery.wait()
            return zip(documents.indices, documents).map { index, document in
                DeliveryReceipt(
                    id: Article.identifier(source: source, identity: document.identity),
                    isDuplicate: duplicates.contains(index))
            }
        }

        func waitUntilDurable() async throws {
            let delivery = Delivery(count: 1)
            try await send(.cursor, [], 256, DeliveryTicket(delivery, 0))
            _ = try await delivery.wait()
        }

        private nonisolated(nonsending) func send(
            _ item: IntakeItem, _ cursor: [StateChange], _ size: Int, _ ticket: DeliveryTicket? = nil
        ) async throws {
            try await environment.queue.send(
                Intake(
                    source: source, received: environment.clock.now(), item: item, cursor: cursor, byteCount: size,
                    ticket: ticket))
        }
    }
}

/// What all sources of a daemon share.
final class SourceEnvironment: Sendable {
    let queue: IntakeQueue
    let state: CommittedState
    let clock: any WirewatchClock
    let log: Logger
    let drain: Bool
    let router: InboundRouter?
    let timetable: Timetable

    init(
        queue: IntakeQueue, state: CommittedState, clock: any WirewatchClock, log: Logger, drain: Bool,
        router: InboundRouter?, timetable: Timetable
    ) {
        self.queue = queue
        self.state = state
        self.clock = clock
        self.log = log
        self.drain = drain
        self.router = router
        self.timetable = timetable
    }
}
