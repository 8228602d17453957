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
        /// Unchecked: libdispatch's objects may be used from any thread, which their Swift types do not say.
        private struct Sources: @unchecked Sendable {
            let read: any DispatchSourceRead
            let timer: (any DispatchSourceTimer)?

            func resume() {
                read.resume()
                timer?.resume()
            }

            func cancel() {
                read.cancel()
                timer?.cancel()
            }
        }

        private struct State {
            var wake: Wake?
            var sources: Sources?
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
            let sources = Sources(read: source, timer: timer)
            // Nothing happens before they are resumed; the lock orders this with a cancellation that came first.
            let isOver = state.withLock { state in
                state.sources = sources
                return state.wake != nil
            }
            sources.resume()
            if isOver { sources.cancel() }
        }

        func finish(_ wake: Wake) {
            state.withLock { state in
                guard state.wake == nil else { return }
                state.wake = wake
                state.sources?.cancel()
            }
        }

        private var outcome: Wake {
            state.withLock { state in
                // The handlers hold the waiter, so letting go of the sources ends the circle.
                state.sources = nil
                return state.wake ?? .cancelled
            }
        }
    }
}
