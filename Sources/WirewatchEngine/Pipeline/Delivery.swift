/// Documents handed over together, whose source waits until all of them are durable.
final class Delivery: Sendable {
    private struct State {
        var open: Int
        var duplicates: Set<Int> = []
        var outcome: Result<Set<Int>, CancellationError>?
        var waiter: CheckedContinuation<Set<Int>, any Error>?
    }

    private let state: Monitor<State>

    init(count: Int) { state = Monitor(State(open: count)) }

    /// Which of the documents had been processed before, once all of them are durable.
    ///
    /// - Throws: `CancellationError` when the task is cancelled, or the daemon ends before it is known.
    func wait() async throws -> Set<Int> {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state in
                    if state.outcome == nil { state.waiter = continuation }
                    return state.outcome
                }
                if let outcome { continuation.resume(with: outcome.mapError { $0 }) }
            }
        } onCancel: {
            finish(.failure(CancellationError()))
        }
    }

    fileprivate func noteDuplicate(_ index: Int) { state.withLock { _ = $0.duplicates.insert(index) } }

    fileprivate func complete() {
        let duplicates: Set<Int>? = state.withLock { state in
            state.open -= 1
            return state.open == 0 ? state.duplicates : nil
        }
        if let duplicates { finish(.success(duplicates)) }
    }

    fileprivate func finish(_ outcome: Result<Set<Int>, CancellationError>) {
        let waiter: CheckedContinuation<Set<Int>, any Error>? = state.withLock { state in
            if state.outcome == nil { state.outcome = outcome }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(with: outcome.mapError { $0 })
    }
}

/// One document's part of a delivery, which goes through the pipeline with it. When it is let go before it is completed
/// (the queue is closed, the committer gives up), whoever waits is told.
final class DeliveryTicket: Sendable {
    private let delivery: Delivery
    private let index: Int

    init(_ delivery: Delivery, _ index: Int) {
        self.delivery = delivery
        self.index = index
    }

    deinit {
        // Of no effect when the delivery is finished already; a completed ticket of an unfinished one must not end it.
        if !isCompleted.withLock({ $0 }) { delivery.finish(.failure(CancellationError())) }
    }

    private let isCompleted = Monitor(false)

    func noteDuplicate() { delivery.noteDuplicate(index) }

    /// The document's checkpoint is durable.
    func complete() {
        isCompleted.withLock { $0 = true }
        delivery.complete()
    }
}
