public import WirewatchKit

/// Keeps requests to one host few and apart, first come first served.
///
/// Safe to share; a host costs memory only while it is in use or its delay runs.
public final class HostLimiter: Sendable {
    public let concurrency: Int
    /// Between the starts of two requests to a host.
    public let minimumDelay: Duration
    private let clock: any WirewatchClock
    private let sleep: @Sendable (Duration) async throws -> Void
    private let state = Lock(State())

    private struct State {
        var hosts: [String: Host] = [:]
        var lastTicket: UInt64 = 0
        /// When there are more hosts than this, those at rest are looked for and dropped.
        var sweepAbove = 256
    }

    private struct Host {
        var active = 0
        var nextStart = Timestamp(milliseconds: .min)
        /// What ``nextStart`` was put off by.
        var delay = Duration.zero
        var waiting = FIFO<Waiter>()
    }

    private struct Waiter {
        var ticket: UInt64
        var continuation: CheckedContinuation<Bool, Never>
    }

    /// - Parameters:
    ///   - concurrency: requests to one host at once, at least 1.
    ///   - sleep: how to wait, for tests.
    public init(
        concurrency: Int = 2, minimumDelay: Duration = .zero, clock: any WirewatchClock = SystemClock(),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.concurrency = max(1, concurrency)
        self.minimumDelay = minimumDelay
        self.clock = clock
        self.sleep = sleep
    }

    /// Runs `body` when the host's turn has come; throws `CancellationError` when cancelled while waiting.
    /// - Parameters:
    ///   - host: any key, most often ``HTTPURL/hostKey``.
    ///   - delay: a longer delay for this host, such as a crawl-delay.
    public nonisolated(nonsending) func withPermit<Result: Sendable>(
        host: String, delay: Duration? = nil, _ body: nonisolated(nonsending) () async throws -> Result
    ) async throws -> Result {
        // Nearly always there is room, and then nothing need wait.
        if !enterNow(host) { try await enter(host) }
        defer { leave(host) }
        let wait = reserve(host, delay: max(delay ?? .zero, minimumDelay))
        if wait > .zero { try await sleep(wait) }
        try Task.checkCancellation()
        return try await body()
    }

    /// How many hosts are remembered.
    var count: Int { state.withLock { $0.hosts.count } }

    private func enterNow(_ host: String) -> Bool {
        state.withLock { state in
            sweep(&state)
            let isFree = state.hosts[host].map { $0.active < concurrency && $0.waiting.isEmpty } ?? true
            if isFree, !Task.isCancelled {
                state.hosts[host, default: Host()].active += 1
                return true
            }
            return false
        }
    }

    private nonisolated(nonsending) func enter(_ host: String) async throws {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        let entered = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now: Bool? = state.withLock { state in
                    // A task that is cancelled later than here finds its waiter in the queue.
                    if Task.isCancelled { return false }
                    sweep(&state)
                    var entry = state.hosts[host] ?? Host()
                    let isFree = entry.active < concurrency && entry.waiting.isEmpty
                    if isFree {
                        entry.active += 1
                    } else {
                        entry.waiting.append(Waiter(ticket: ticket, continuation: continuation))
                    }
                    state.hosts[host] = entry
                    return isFree ? true : nil
                }
                if let now { continuation.resume(returning: now) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.hosts[host]?.waiting.remove { $0.ticket == ticket } }
            waiter?.continuation.resume(returning: false)
        }
        if !entered { throw CancellationError() }
    }

    private func leave(_ host: String) {
        let next: Waiter? = state.withLock { state in
            // The slot goes to whoever waited longest.
            if let next = state.hosts[host]?.waiting.popFirst() { return next }
            state.hosts[host]?.active -= 1
            return nil
        }
        next?.continuation.resume(returning: true)
    }

    /// Takes the host's next start, and says how far away it is.
    private func reserve(_ host: String, delay: Duration) -> Duration {
        guard delay > .zero else { return .zero }
        return state.withLock { state in
            let now = clock.now()
            let last = state.hosts[host]
            // No wait can be longer than this unless the wall clock was set back.
            let latest = now + max(delay, last?.delay ?? .zero) * concurrency
            let start = min(max(now, last?.nextStart ?? now), latest)
            state.hosts[host]?.nextStart = start + delay
            state.hosts[host]?.delay = delay
            return start - now
        }
    }

    private func sweep(_ state: inout State) {
        guard state.hosts.count > state.sweepAbove else { return }
        let now = clock.now()
        state.hosts = state.hosts.filter {
            $0.value.active > 0 || !$0.value.waiting.isEmpty || $0.value.nextStart > now
        }
        state.sweepAbove = max(256, state.hosts.count * 2)
    }
}
