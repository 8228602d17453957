import WirewatchKit

/// Where workers deliver batches and others ask things of the committer; restores the order of batches.
final class CommitterMailbox: Sendable {
    typealias Job = @Sendable (Committer) -> Void

    enum Work {
        /// Batches in the order of the queue.
        case group([[Processed]])
        case job(Job)
        /// Nothing came in time.
        case idle
        /// All workers have ended and everything was handed out.
        case finish
        /// Stop at once, committing nothing.
        case abandon
    }

    private struct State {
        var ready: [UInt64: [Processed]] = [:]
        var next: UInt64 = 0
        var completed: UInt64 = 0
        var jobs: [Job] = []
        var workers: Int
        var isAbandoned = false
        var reopenRequested = false
        var isWoken = false
        /// Set when the daemon stops: until when sinks may get done what they have under way.
        var settlingEnds: ContinuousClock.Instant?
    }

    private let state: Monitor<State>
    /// How far a worker may run ahead of the oldest unfinished batch; bounds what waits in memory.
    private let window: UInt64

    init(workers: Int) {
        state = Monitor(State(workers: workers))
        window = UInt64(workers) * 2 + 2
    }

    /// Hands over a batch, blocking while it is too far ahead.
    func deliver(_ sequence: UInt64, _ items: [Processed]) {
        state.wait { state in
            if state.isAbandoned { return () }
            guard sequence < state.next + window else { return nil }
            state.ready[sequence] = items
            return ()
        }
    }

    func workerEnded() { state.update { $0.workers -= 1 } }

    /// Runs a job on the committer's thread, between groups.
    func post(_ job: @escaping Job) { state.update { $0.jobs.append(job) } }

    /// Asks for logs to be reopened; honoured even while a sink is blocked.
    func requestReopen() { state.update { $0.reopenRequested = true } }

    func takeReopenRequest() -> Bool {
        state.withLock { state in
            defer { state.reopenRequested = false }
            return state.reopenRequested
        }
    }

    /// Ends the committer's wait for work, so that it looks at the sinks.
    func wake() { state.update { $0.isWoken = true } }

    /// The daemon stops, and its sinks have until then to end what they do.
    func stopSettling(at time: ContinuousClock.Instant) { state.update { $0.settlingEnds = time } }

    var settlingEnds: ContinuousClock.Instant? { state.withLock { $0.settlingEnds } }

    /// Why everything has ended: by itself, or because the daemon was told to stop.
    var ending: SinkEnding { settlingEnds == nil ? .drained : .stopped }

    func abandon() { state.update { $0.isAbandoned = true } }

    /// Sleeps until a retry is due; true when the committer is to give up instead.
    func sleepBeforeRetry(_ delay: Duration) -> Bool {
        state.wait(timeout: delay) { $0.isAbandoned ? true : $0.reopenRequested ? false : nil } ?? false
    }

    /// The next thing to do: what others ask, for they wait for it, then groups in the order of the queue.
    func next(timeout: Duration) -> Work {
        state.wait(timeout: timeout) { state in
            if state.isAbandoned { return .abandon }
            if !state.jobs.isEmpty { return .job(state.jobs.removeFirst()) }
            var group: [[Processed]] = []
            var count = 0
            while count < 256, let batch = state.ready.removeValue(forKey: state.next) {
                count += batch.count
                group.append(batch)
                state.next += 1
            }
            if !group.isEmpty { return .group(group) }
            if state.reopenRequested || state.isWoken {
                state.isWoken = false
                return .idle
            }
            return state.workers == 0 ? .finish : nil
        } ?? .idle
    }

    func complete(batches: Int) { state.update { $0.completed += UInt64(batches) } }

    /// Blocks until that many batches have been completed; false when it takes longer than `timeout`.
    func waitForCompletion(of batches: UInt64, timeout: Duration) -> Bool {
        state.wait(timeout: timeout) { $0.completed >= batches || $0.isAbandoned ? true : nil } ?? false
    }

    /// Batches delivered but not completed yet.
    var pending: Int { state.withLock { $0.ready.count + Int($0.next - $0.completed) } }
}
