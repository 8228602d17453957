import Dispatch
import Synchronization

/// Waits for a descriptor without holding a thread.
enum Readiness {
    enum Wake: Sendable { case readable, timeout, cancelled }

    /// Returns when the descriptor can be read, when the time is over, or when the task is cancelled.
    ///
    /// Once it has returned, nothing refers to the descriptor any more, so that it may be closed.
    static func wait(for descriptor: Int32, atMost limit: Duration?) async -> Wake {
        let waiter = Waiter()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter.start($0, descriptor, limit) }
        } onCancel: {
            waiter.finish(.cancelled)
        }
    }

    /// One wait. The first reason to wake counts; the waiting task goes on when the read source has let go.
    private final class Waiter: Sendable {
        private struct State {
            var wake: Wake?
            var source: (any DispatchSourceRead)?
            var timer: (any DispatchSourceTimer)?
        }

        private let state = Mutex(State())

        func start(_ continuation: CheckedContinuation<Wake, Never>, _ descriptor: Int32, _ limit: Duration?) {
            let queue = DispatchQueue.global()
            let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
            source.setEventHandler { self.finish(.readable) }
            source.setCancelHandler { continuation.resume(returning: self.outcome) }
            var timer: (any DispatchSourceTimer)?
            if let limit {
                let made = DispatchSource.makeTimerSource(queue: queue)
                let (seconds, attoseconds) = max(limit, .zero).components
                let delay = DispatchTimeInterval.nanoseconds(
                    Int(min(seconds, 1_000_000_000)) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
                made.schedule(deadline: .now() + delay, leeway: .milliseconds(5))
                made.setEventHandler { self.finish(.timeout) }
                timer = made
            }
            // Unused until they are resumed below; the lock orders this with a cancellation that came first.
            let isOver = state.withLock { state in
                state.source = source
                state.timer = timer
                return state.wake != nil
            }
            source.resume()
            timer?.resume()
            if isOver {
                source.cancel()
                timer?.cancel()
            }
        }

        func finish(_ wake: Wake) {
            state.withLock { state in
                guard state.wake == nil else { return }
                state.wake = wake
                state.source?.cancel()
                state.timer?.cancel()
            }
        }

        private var outcome: Wake {
            state.withLock { state in
                // The handlers hold the waiter, so letting go of the sources ends the circle.
                state.source = nil
                state.timer = nil
                return state.wake ?? .cancelled
            }
        }
    }
}
