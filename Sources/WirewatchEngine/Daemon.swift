import Glibc
public import WirewatchConfig
public import WirewatchKit

/// How a daemon is run.
public struct DaemonOptions: Sendable {
    /// Process what is there and end, as for `run --once`.
    public var drain: Bool
    public var clock: any WirewatchClock
    public var log: Logger
    /// Sinks beside those configured, such as the terminal's.
    public var extraSinks: [Component]
    /// Where sources are reached over HTTP; nil without a listener.
    public var router: InboundRouter?
    /// Called once, on any thread, when the daemon cannot go on (a damaged state file, say): it is to be stopped.
    public var onFailure: @Sendable (EngineError) -> Void

    public init(
        drain: Bool = false, clock: any WirewatchClock = SystemClock(), log: Logger,
        extraSinks: [Component] = [], router: InboundRouter? = nil,
        onFailure: @escaping @Sendable (EngineError) -> Void = { _ in }
    ) {
        self.drain = drain
        self.clock = clock
        self.log = log
        self.extraSinks = extraSinks
        self.router = router
        self.onFailure = onFailure
    }
}

/// The running pipeline: sources, the queue, workers, the committer with its stages and sinks.
///
/// ## Lifecycle
/// init (locks the state folder), ``start()``, any number of ``reload(_:)`` and ``reopen()``, then
/// ``waitUntilDrained()`` or ``stop(timeout:)``. All methods may be called from any task; ``start()`` blocks shortly.
public final class Daemon: Sendable {
    let options: DaemonOptions
    let clock: any WirewatchClock
    let log: Logger
    let stateDirectory: String
    let queue: IntakeQueue
    let plan: WorkerPlan
    let search = TermSearch()
    let mailbox: CommitterMailbox
    let pulse = CommitterPulse()
    let running: Monitor<Running>
    let workerCount: Int
    let started: Timestamp
    private let lock: StateLock

    /// What changes while the daemon runs; guarded by the monitor.
    struct Running {
        var configuration: Configuration
        var sources: [SourceRunner] = []
        /// Of a run that drains: each runs one source after the other.
        var drainers: [Task<Void, Never>] = []
        var workers: [Worker] = []
        var stageCounters: [(component: Component, counters: Counters)] = []
        var sinkReports: [SinkReport] = []
        var committer: EngineThread?
        var environment: SourceEnvironment?
        var isReady = false
        var isStopping = false
        /// Set when the committer's thread has ended: whether everything was committed.
        var outcome: Bool?
        var failure: String?
        var reloads = 0
    }

    /// Takes the state folder for this process.
    ///
    /// - Throws: ``EngineError`` when the folder cannot be made or another daemon holds it.
    public init(configuration: Configuration, options: DaemonOptions) throws {
        self.options = options
        clock = options.clock
        log = options.log
        started = options.clock.now()
        stateDirectory = configuration.stateDirectory
        lock = try StateLock(directory: configuration.stateDirectory)
        let engine = configuration.engine
        workerCount = engine.workers ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))
        queue = IntakeQueue(maxItems: engine.queueArticles, maxBytes: engine.queueBytes)
        mailbox = CommitterMailbox(workers: workerCount)
        plan = WorkerPlan([])
        running = Monitor(Running(configuration: configuration))
    }

    /// Opens the state and the sinks, then starts the workers and the sources.
    ///
    /// - Throws: what kept it from starting; nothing runs then.
    public func start() throws {
        let configuration = running.withLock { $0.configuration }
        let split = try StagePlan(configuration.pipeline, clock: clock, log: log, search: search, reusing: [])
        plan.replace(with: split.workerStages)
        let committed = try startCommitter(configuration, split)
        let environment = SourceEnvironment(
            queue: queue, state: committed, clock: clock, log: log, drain: options.drain, router: options.router,
            timetable: Timetable(clock: clock))
        options.router?.expect(configuration.servedPaths)
        let workers = try (1...workerCount).map {
            try Worker(
                number: $0, queue: queue, batchSize: configuration.engine.batch, plan: plan, mailbox: mailbox,
                clock: clock)
        }
        let sources = configuration.sources.map { SourceRunner($0, environment: environment) }
        running.update { running in
            running.environment = environment
            running.workers = workers
            running.sources = sources
            running.stageCounters = split.counters
            running.isReady = true
        }
        if options.drain { drain(sources) } else { for source in sources { source.start() } }
    }

    /// How many sources a run that drains has at work at once: enough to keep all connections busy, and not the memory of
    /// thousands that wait for theirs.
    private static let drainedAtOnce = 104

    /// Runs each source once, in few tasks: one of its own would cost as much as a source that has nothing new. Those that
    /// run at the same place share theirs.
    private func drain(_ sources: [SourceRunner]) {
        let places = Dictionary(grouping: sources) { $0.component.plugin.executor.map { ObjectIdentifier($0()) } }
        running.withLock { running in
            for sources in places.values {
                let waiting = Lock(sources[...])
                running.drainers += sources.prefix(Self.drainedAtOnce).map { first in
                    Task.detached(executorPreference: first.component.plugin.executor?()) {
                        while let next = waiting.withLock({ $0.popFirst() }) { await next.drain() }
                    }
                }
            }
        }
    }

    /// For `run --once`: returns when all sources have ended and everything is committed.
    ///
    /// - Returns: false when something was not committed, or a source failed.
    public func waitUntilDrained() async -> Bool {
        let (sources, drainers) = running.withLock { ($0.sources, $0.drainers) }
        for drainer in drainers { await drainer.value }
        closeReading()
        queue.close()
        let isCommitted = await outcome(within: .seconds(86_400)) ?? false
        let haveSucceeded = sources.allSatisfy { $0.current == .ended }
        lock.release()
        return isCommitted && haveSucceeded
    }

    /// Ends the sources, works off what is queued, commits and closes.
    ///
    /// - Parameter timeout: after it, what is not committed is left for the next start, which loses nothing.
    /// - Returns: whether everything was committed.
    public func stop(timeout: Duration) async -> Bool {
        let (sources, drainers) = running.update { running in
            running.isStopping = true
            running.isReady = false
            return (running.sources, running.drainers)
        }
        let deadline = ContinuousClock.now + timeout
        // A part of the time is left for the last checkpoint.
        mailbox.stopSettling(at: .now + timeout * 3 / 4)
        await withTaskGroup { group in
            for source in sources { group.addTask { await source.stop() } }
            for drainer in drainers {
                group.addTask {
                    drainer.cancel()
                    await drainer.value
                }
            }
            group.addTask { [queue] in
                // A source that does not react to its cancellation is not waited for.
                try? await Task.sleep(for: timeout / 2)
                queue.close()
            }
            var ended = 0
            while ended < sources.count + drainers.count, await group.next() != nil { ended += 1 }
            group.cancelAll()
        }
        closeReading()
        queue.close()
        if let outcome = await outcome(within: max(.zero, deadline - .now)) {
            lock.release()
            return outcome
        }
        log.warning("not everything could be committed within the stop timeout; the next start goes on from there")
        mailbox.abandon()
        // The folder stays locked while the committer may still use it.
        if await outcome(within: .seconds(5)) != nil { lock.release() }
        return false
    }

    /// Closes and opens the logs anew, as after SIGUSR1.
    public func reopen() { mailbox.requestReopen() }

    /// Begins a new file in every log, once what is on its way to them is written.
    public func rotate() { mailbox.post { $0.rotate() } }

    /// Asks a sink about its dead letters, between two groups of the committer.
    ///
    /// - Throws: ``EngineError`` when there is no such sink, or it cannot do that.
    public func ask(sink name: String, _ request: SinkRequest) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            mailbox.post { committer in
                continuation.resume(with: Result { try committer.ask(sink: name, request) })
            }
        }
    }

    var statePath: String { stateDirectory + "/state.db" }

    /// No source reads the state any more: the committer's connection, the last, then takes SQLite's log in as it closes.
    private func closeReading() { running.withLock { $0.environment }?.state.close() }

    /// The committer's outcome, waited for without blocking a thread of the concurrency pool.
    private func outcome(within timeout: Duration) async -> Bool? {
        let deadline = ContinuousClock.now + timeout
        while true {
            if let outcome = running.withLock({ $0.outcome }) { return outcome }
            if ContinuousClock.now >= deadline { return nil }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }
}
