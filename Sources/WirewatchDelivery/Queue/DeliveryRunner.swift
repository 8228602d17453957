import Synchronization
import WirewatchKit

/// Delivers committed notices in tasks of its own, in order, and notes what came of them.
///
/// A notice that waits for its retry holds up those behind it, so that order is kept and a receiver that is down is asked
/// once and not a thousand times; only one that failed repeatedly by its own fault lets others pass.
final class DeliveryRunner: Sendable {
    struct Settings: Sendable {
        var concurrency: Int
        var policy: RetryPolicy
    }

    enum Mode: Sendable {
        case running
        /// What is under way ends; nothing begins.
        case ending
        case closed
    }

    /// For `status`.
    struct Figures: Sendable {
        var delivered = 0
        var resent = 0
        var attempts = 0
        var failures = 0
        var refused = 0
        var lastError: (text: String, time: Timestamp)?
        var lastDelivery: Timestamp?
    }

    fileprivate struct State {
        var items: [UInt64: QueuedNotice] = [:]
        /// The numbers of `items`, ascending.
        var order: [UInt64] = []
        var inFlight: [UInt64: Task<Void, Never>?] = [:]
        /// Failures in a row that the receiver is to blame for, and until when it is left alone.
        var receiverFailures = 0
        var receiverNext: Timestamp?
        var outcomes: [Outcome] = []
        var mode = Mode.running
        var timer: (deadline: Timestamp, task: Task<Void, Never>)?
        var figures = Figures()
    }

    private let state = Mutex(State())
    private let transport: any AlertTransport
    private let settings: Settings
    private let context: SinkContext

    init(_ transport: any AlertTransport, _ settings: Settings, _ context: SinkContext) {
        self.transport = transport
        self.settings = settings
        self.context = context
    }

    /// Takes on notices that are durable.
    func add(_ notices: [QueuedNotice]) {
        guard !notices.isEmpty else { return }
        state.withLock { state in
            for item in notices {
                state.items[item.number] = item
                state.order.append(item.number)
                // After a restart the receiver is left alone as long as it was to be before.
                if let next = item.progress.next, !item.progress.stepsAside, !item.progress.isDelivered {
                    state.receiverNext = max(state.receiverNext ?? next, next)
                    state.receiverFailures = max(state.receiverFailures, item.progress.attempts)
                }
            }
            state.order.sort()
        }
        pump()
    }

    /// Takes a notice out, unless it is under way.
    func remove(_ number: UInt64) -> Bool {
        state.withLock { state in
            guard state.items[number] != nil, state.inFlight[number] == nil else { return false }
            state.forget(number)
            return true
        }
    }

    func takeOutcomes() -> [Outcome] {
        state.withLock { state in
            defer { state.outcomes = [] }
            return state.outcomes
        }
    }

    var hasOutcomes: Bool { state.withLock { !$0.outcomes.isEmpty } }
    var figures: Figures { state.withLock { $0.figures } }

    /// When the next attempt is due; nil when there is none to make.
    var nextAttempt: Timestamp? { state.withLock { $0.nextDue } }

    /// Begins nothing more, or goes on.
    func setMode(_ mode: Mode) {
        let (timer, tasks) = state.withLock { state in
            if state.mode != .closed { state.mode = mode }
            guard mode == .closed else { return (state.timer?.task, [Task<Void, Never>]()) }
            return (state.timer?.task, state.inFlight.values.compactMap { $0 })
        }
        if mode == .running { return pump() }
        timer?.cancel()
        for task in tasks { task.cancel() }
    }

    /// Whether nothing is under way and, unless it begins nothing more, nothing is due.
    ///
    /// - Parameter undeliveredOnly: whether what is only told again may be due.
    func isSettled(at now: Timestamp, undeliveredOnly: Bool = true) -> Bool {
        state.withLock { state in
            guard state.inFlight.isEmpty else { return false }
            return state.mode != .running || state.choose(now, undeliveredOnly: undeliveredOnly) == nil
        }
    }

    // MARK: Attempts

    /// Begins what is due, and sets the timer for what is not.
    private func pump() {
        let now = context.clock.now()
        while let item = begin(now) {
            let task = Task { [self] in
                let attempt = DeliveryAttempt(
                    now: context.clock.now(), number: item.progress.attempts + 1, deliveredAt: item.progress.deliveredAt
                )
                let result = await transport.deliver(item.notice, attempt)
                finish(item.number, result)
            }
            state.withLock { state in
                // It may have ended already.
                if state.inFlight[item.number] != nil { state.inFlight[item.number] = .some(task) }
            }
        }
        setTimer(now)
    }

    private func begin(_ now: Timestamp) -> QueuedNotice? {
        state.withLock { state in
            guard state.mode == .running, state.inFlight.count < settings.concurrency,
                let item = state.choose(now, undeliveredOnly: false)
            else { return nil }
            state.inFlight[item.number] = .some(nil)
            state.figures.attempts += 1
            return item
        }
    }

    private func setTimer(_ now: Timestamp) {
        state.withLock { state in
            guard state.mode == .running, state.inFlight.count < settings.concurrency, let due = state.nextDue else {
                return
            }
            if let timer = state.timer, timer.deadline <= due, timer.deadline > now { return }
            state.timer?.task.cancel()
            let clock = context.clock
            state.timer = (
                due,
                Task { [weak self] in
                    do { try await clock.sleep(until: due) } catch { return }
                    self?.fire(due)
                }
            )
        }
    }

    private func fire(_ deadline: Timestamp) {
        state.withLock { if $0.timer?.deadline == deadline { $0.timer = nil } }
        pump()
    }

    private func finish(_ number: UInt64, _ result: DeliveryResult) {
        let now = context.clock.now()
        let line: RunnerRemark? = state.withLock { state -> RunnerRemark? in
            state.inFlight[number] = nil
            guard state.mode != .closed, var item = state.items[number] else { return nil }
            item.progress.attempts += 1
            switch result {
            case .delivered: return state.succeed(item, again: nil, now)
            case .deliveredFor(let wait): return state.succeed(item, again: wait, now)
            case .refused(let reason): return state.giveUp(item, reason, now)
            case .failed(let reason, let after, let blame):
                return state.fail(item, reason, after, blame, settings.policy, now)
            }
        }
        if let line { context.log.log(level: line.level, "sink '\(context.name)': \(line.text)") }
        context.wake()
        pump()
    }
}

/// What is to be said in the log.
private struct RunnerRemark {
    let level: Logger.Level
    let text: String

    init(_ level: Logger.Level, _ text: String) {
        self.level = level
        self.text = text
    }
}

extension DeliveryRunner.State {
    /// The next notice to try: those that the receiver has not got go before those that it is only told again.
    fileprivate func choose(_ now: Timestamp, undeliveredOnly: Bool) -> QueuedNotice? {
        if let receiverNext, receiverNext > now { return nil }
        var other: QueuedNotice?
        for number in order where inFlight[number] == nil {
            guard let item = items[number], item.progress.next.map({ $0 <= now }) ?? true else { continue }
            if !item.progress.isDelivered, !item.progress.stepsAside { return item }
            let isBetter = other.map { $0.progress.isDelivered && !item.progress.isDelivered } ?? true
            if isBetter, !(undeliveredOnly && item.progress.isDelivered) { other = item }
        }
        return other
    }

    fileprivate var nextDue: Timestamp? {
        var due: Timestamp?
        for number in order where inFlight[number] == nil {
            guard let item = items[number] else { continue }
            let time = item.progress.next ?? Timestamp(milliseconds: 0)
            due = min(due ?? time, time)
        }
        return due.map { max($0, receiverNext ?? $0) }
    }

    fileprivate mutating func forget(_ number: UInt64) {
        items[number] = nil
        if let place = order.firstIndex(of: number) { order.remove(at: place) }
    }

    fileprivate mutating func succeed(
        _ item: QueuedNotice, again: Duration?, _ now: Timestamp
    ) -> RunnerRemark? {
        var item = item
        let hadFailed = receiverFailures
        receiverFailures = 0
        receiverNext = nil
        figures.lastDelivery = now
        if item.progress.isDelivered { figures.resent += 1 } else { figures.delivered += 1 }
        if let again {
            if !item.progress.isDelivered { item.progress.deliveredAt = now }
            item.progress.ownFailures = 0
            item.progress.next = now + again
            items[item.number] = item
            outcomes.append(.progressed(item.number, item.progress))
        } else {
            forget(item.number)
            outcomes.append(.done(item.number))
        }
        return hadFailed == 0
            ? nil : RunnerRemark(.notice, "delivers again after \(hadFailed) failed attempts; nothing was lost")
    }

    fileprivate mutating func giveUp(
        _ item: QueuedNotice, _ reason: String, _ now: Timestamp
    ) -> RunnerRemark? {
        figures.failures += 1
        figures.lastError = (reason, now)
        forget(item.number)
        if item.progress.isDelivered {
            // The receiver had the alert; what failed was to tell it again.
            outcomes.append(.done(item.number))
            return RunnerRemark(.warning, "alert \(item.notice.id) was delivered and cannot be told again: \(reason)")
        }
        figures.refused += 1
        var progress = item.progress
        progress.lastError = reason
        outcomes.append(.dead(item.number, progress, reason: reason))
        return RunnerRemark(
            .error,
            "dead letter: \(item.notice.kind.rawValue) \(item.notice.id) (rule \(item.notice.alerts[0].rule)): \(reason)"
        )
    }

    fileprivate mutating func fail(
        _ item: QueuedNotice, _ reason: String, _ after: Duration?, _ blame: DeliveryResult.Blame,
        _ policy: RetryPolicy, _ now: Timestamp
    ) -> RunnerRemark? {
        var item = item
        if let why = policy.verdict(attempts: item.progress.attempts, created: item.notice.created, now: now) {
            return giveUp(item, "\(why): \(reason)", now)
        }
        figures.failures += 1
        figures.lastError = (reason, now)
        item.progress.lastError = reason
        let isFirst = receiverFailures == 0
        if blame == .notice { item.progress.ownFailures += 1 }
        if item.progress.stepsAside, blame == .notice {
            let wait = policy.wait(failures: item.progress.ownFailures, key: item.number)
            item.progress.next = now + max(after ?? .zero, wait)
        } else {
            receiverFailures += 1
            // What the receiver asks for is the least; a little chance on top keeps senders apart.
            let wait = policy.wait(failures: receiverFailures, key: item.number)
            let until = now + (after.map { $0 + min(wait, .seconds(1)) } ?? wait)
            item.progress.next = until
            receiverNext = until
        }
        items[item.number] = item
        outcomes.append(.progressed(item.number, item.progress))
        let next = item.progress.next?.rfc3339 ?? ""
        return isFirst
            ? RunnerRemark(.warning, "cannot deliver: \(reason). It is tried again until it succeeds, next at \(next).")
            : nil
    }
}
