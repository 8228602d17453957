import Synchronization
import WirewatchKit

/// Lets so many do something about hosts at once, and so many about one host; hosts take turns, within each it is first
/// come first served.
///
/// For work around a request whose memory is worth bounding: ten thousand that wait for a turn cost some hundred bytes
/// each. Safe to share.
public final class HostTurns: Sendable {
    private let queue: Lock<HostQueue<Waiter>>

    /// - Parameters:
    ///   - total: at least 1.
    ///   - perHost: at least 1.
    public init(total: Int = 64, perHost: Int = 2) {
        queue = Lock(HostQueue(maxActive: total, maxActivePerHost: perHost))
    }

    /// Waits for a turn, which lasts until ``Turn/end()``; throws `CancellationError` when cancelled meanwhile.
    /// - Parameter host: any key, most often ``HTTPURL/hostKey``.
    public nonisolated(nonsending) func take(host: String) async throws -> Turn {
        // Nearly always there is room, and then nothing need wait.
        if !Task.isCancelled, queue.withLock({ $0.startNow(host: host) }) { return Turn(self, host) }
        let waiter = Waiter(host)
        let isMine = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
                let started: [Started] = queue.withLock { queue in
                    // A task that is cancelled later than here finds its continuation.
                    if Task.isCancelled { return [(continuation, false)] }
                    waiter.continuation = continuation
                    queue.add(waiter, host: host)
                    return Self.start(&queue)
                }
                for (continuation, isMine) in started { continuation.resume(returning: isMine) }
            }
        } onCancel: {
            let continuation = queue.withLock { _ in
                defer { waiter.continuation = nil }
                return waiter.continuation
            }
            continuation?.resume(returning: false)
        }
        guard isMine else { throw CancellationError() }
        return Turn(self, host)
    }

    /// A turn; it also ends when nobody holds it.
    public final class Turn: Sendable {
        private let turns: HostTurns
        private let host: String
        private let isOver = Atomic(false)

        fileprivate init(_ turns: HostTurns, _ host: String) {
            self.turns = turns
            self.host = host
        }

        deinit { end() }

        /// Lets the next one begin; only the first end counts.
        public func end() {
            if !isOver.exchange(true, ordering: .acquiringAndReleasing) { turns.finish(host) }
        }
    }

    /// Its continuation is taken, once, with the queue's lock held.
    private final class Waiter: @unchecked Sendable {
        let host: String
        var continuation: CheckedContinuation<Bool, Never>?

        init(_ host: String) { self.host = host }
    }

    private func finish(_ host: String) {
        let started = queue.withLock { queue in
            queue.finished(host: host)
            return Self.start(&queue)
        }
        for (continuation, isMine) in started { continuation.resume(returning: isMine) }
    }

    private typealias Started = (continuation: CheckedContinuation<Bool, Never>, isMine: Bool)

    private static func start(_ queue: inout HostQueue<Waiter>) -> [Started] {
        var started: [Started] = []
        while let waiter = queue.next() {
            // One that was cancelled while it waited is passed over now.
            guard let continuation = waiter.continuation else {
                queue.finished(host: waiter.host)
                continue
            }
            waiter.continuation = nil
            started.append((continuation, true))
        }
        return started
    }
}
