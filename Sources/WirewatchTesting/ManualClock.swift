public import WirewatchKit

/// A clock that stands still until it is told to move, and then wakes those who sleep in the order of their deadlines.
public final class ManualClock: WirewatchClock {
    private struct State {
        var time: Timestamp
        var sleepers: [UInt64: Sleeper] = [:]
        /// Sleepers that were cancelled are skipped when they come up.
        var order = Deadlines()
        var lastTicket: UInt64 = 0
    }

    private struct Sleeper {
        var continuation: CheckedContinuation<Void, any Error>
    }

    private let state: Lock<State>

    /// Starts at 2026-01-04T12:00:00Z unless told otherwise.
    public init(_ start: Timestamp = Timestamp(seconds: 1_767_528_000)) { state = Lock(State(time: start)) }

    public func now() -> Timestamp { state.withLock { $0.time } }

    /// Moves on, waking each sleeper whose deadline is reached; the time stays at the end of the move.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.time = state.time + duration
            return Self.due(&state)
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Moves to the nearest deadline and wakes those who sleep until then; false when nobody sleeps.
    @discardableResult
    public func advanceToNextDeadline() -> Bool {
        let woken = state.withLock { state in
            while let first = state.order.first, state.sleepers[first.ticket] == nil { state.order.removeFirst() }
            guard let first = state.order.first else { return [Sleeper]() }
            state.time = max(state.time, first.time)
            return Self.due(&state)
        }
        for sleeper in woken { sleeper.continuation.resume() }
        return !woken.isEmpty
    }

    /// How many sleep now.
    public var sleepers: Int { state.withLock { $0.sleepers.count } }

    /// Returns when at least so many sleep.
    public func waitForSleepers(_ count: Int) async {
        while sleepers < count { await Task.yield() }
    }

    public func sleep(until deadline: Timestamp) async throws {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.time >= deadline { return .success(()) }
                    state.sleepers[ticket] = Sleeper(continuation: continuation)
                    state.order.insert(deadline, ticket)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: ticket) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private static func due(_ state: inout State) -> [Sleeper] {
        var woken: [Sleeper] = []
        while let first = state.order.first, first.time <= state.time {
            state.order.removeFirst()
            if let sleeper = state.sleepers.removeValue(forKey: first.ticket) { woken.append(sleeper) }
        }
        return woken
    }
}
