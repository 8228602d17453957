import Glibc
import WirewatchConfig
import WirewatchEngine
import WirewatchKit

/// The main thread of `wirewatch run`: signals, requests, the watchdog, and the end.
struct ServiceLoop {
    let daemon: Daemon
    let inbox: Inbox
    let manager: ServiceManager
    let log: Logger
    private var stopTimeout: Duration
    /// Reads and validates the configuration again.
    let loadConfiguration: @Sendable () -> LoadResult
    /// Whether to end when nobody reads standard output any more.
    let endsWithReader: Bool

    private enum Phase { case running, stopping }

    private var phase = Phase.running
    private var isReloading = false
    private var waiting: [@Sendable (ControlAnswer) -> Void] = []
    private var reloadAgain = false
    private var nextBeat = ContinuousClock.now
    private var shownBlock: String?
    private var memory = FreeMemory()
    /// Set once the daemon has failed: the exit code then says so.
    private var failure: String?

    init(
        daemon: Daemon, inbox: Inbox, manager: ServiceManager, log: Logger, stopTimeout: Duration,
        endsWithReader: Bool, loadConfiguration: @escaping @Sendable () -> LoadResult
    ) {
        self.daemon = daemon
        self.inbox = inbox
        self.manager = manager
        self.log = log
        self.stopTimeout = stopTimeout
        self.endsWithReader = endsWithReader
        self.loadConfiguration = loadConfiguration
    }

    /// Runs until the daemon has ended.
    ///
    /// - Throws: ``Failure``: 70 when the daemon failed, 75 when not everything was committed.
    mutating func run() throws {
        while true {
            let event = inbox.next(within: pause())
            tend()
            switch event {
            case nil: continue
            case .signal(let number)?: try handle(signal: number)
            case .reload(let answer)?: reload(answer)
            case .reloaded(let outcome, let configuration, let answer)?: finishReload(outcome, configuration, answer)
            case .failed(let reason)?:
                failure = reason
                stop("the daemon cannot go on: \(reason)")
            case .drained(let isComplete)?:
                guard phase == .running else { continue }
                if !isComplete {
                    throw Failure(.temporary, "not everything could be processed; the messages above say why")
                }
                return
            case .stopped(let isComplete)?:
                if let failure { throw Failure(.software, failure) }
                if !isComplete {
                    throw Failure(.temporary, "stopped before everything was committed; the next start goes on there")
                }
                return
            }
        }
    }

    /// How long to wait for an event: until the next beat of the watchdog, and at most half a second.
    private func pause() -> Duration {
        let most = Duration.milliseconds(500)
        guard manager.watchdogInterval != nil else { return most }
        return max(.milliseconds(1), min(most, nextBeat - .now))
    }

    /// Feeds the watchdog while the engine is alive, and tells when it becomes blocked or free.
    private mutating func tend() {
        memory.giveBackWhenDue()
        let health = daemon.health
        if let interval = manager.watchdogInterval, ContinuousClock.now >= nextBeat {
            if health.isAlive { manager.feedWatchdog() }
            nextBeat = .now + interval
        }
        if health.blockedReason != shownBlock, phase == .running {
            shownBlock = health.blockedReason
            manager.status(shownBlock.map { "blocked: \($0)" } ?? Self.watching(daemon))
        }
        if endsWithReader, phase == .running, Terminal.isAbandoned(STDOUT_FILENO) {
            stop("nobody reads the output any more")
        }
    }

    private mutating func handle(signal number: Int32) throws {
        switch number {
        case SIGHUP: reload { _ in }
        case SIGUSR1:
            log.info("opening the logs anew (SIGUSR1)")
            daemon.reopen()
        default:
            // The second one means it.
            if phase == .stopping {
                log.warning("leaving at once (\(SignalWatch.name(number)) again); the next start goes on from there")
                throw Failure(.temporary, "")
            }
            stop("\(SignalWatch.name(number)) received")
        }
    }

    private mutating func stop(_ reason: String) {
        guard phase == .running else { return }
        phase = .stopping
        log.notice("stopping: \(reason)")
        manager.stopping()
        Task { [daemon, inbox, stopTimeout] in
            inbox.post(.stopped(await daemon.stop(timeout: stopTimeout)))
        }
    }

    /// One reload at a time: whatever asks in the meantime is served by one more, which sees the newest file.
    private mutating func reload(_ answer: @escaping @Sendable (ControlAnswer) -> Void) {
        guard phase == .running else {
            return answer(ControlAnswer(isSuccess: false, message: "the daemon is stopping"))
        }
        if isReloading {
            waiting.append(answer)
            reloadAgain = true
            return
        }
        isReloading = true
        manager.reloading()
        Task { [daemon, inbox, loadConfiguration] in
            let result = loadConfiguration()
            guard let configuration = result.configuration else {
                let text = ConfigurationFile.rendered(result, colored: false)
                return inbox.post(
                    .reloaded(
                        ControlAnswer(
                            isSuccess: false, message: "the configuration has mistakes; the old one goes on\n\(text)"),
                        nil, answer))
            }
            do {
                let summary = try await daemon.reload(configuration)
                inbox.post(
                    .reloaded(ControlAnswer(isSuccess: true, message: "reloaded: \(summary)"), configuration, answer))
            } catch {
                let message = "the configuration was not taken over, the old one goes on: \(error)"
                inbox.post(.reloaded(ControlAnswer(isSuccess: false, message: message), nil, answer))
            }
        }
    }

    private mutating func finishReload(
        _ outcome: ControlAnswer, _ configuration: Configuration?, _ answer: @Sendable (ControlAnswer) -> Void
    ) {
        isReloading = false
        memory.expectMore()
        if let configuration {
            stopTimeout = configuration.engine.stopTimeout
            LogThreshold.set(configuration.log.level)
        }
        // A line of its own for each mistake.
        for line in outcome.message.split(separator: "\n") {
            if outcome.isSuccess { log.notice("\(line)") } else { log.error("\(line)") }
        }
        if phase == .running {
            manager.ready(status: outcome.isSuccess ? Self.watching(daemon) : "running with the old configuration")
        }
        answer(outcome)
        guard reloadAgain else { return }
        reloadAgain = false
        let others = waiting
        waiting = []
        reload { outcome in for other in others { other(outcome) } }
    }

    static func watching(_ daemon: Daemon) -> String { "watching" }
}
