import WirewatchKit

/// When which timed source is to be woken: one queue, and one task that sleeps until the first of them is due.
final class Timetable: Sendable {
    private struct State {
        var waiting: [UInt64: SourceRunner] = [:]
        /// What was taken out is passed over when it comes up.
        var order = Deadlines()
        var lastTicket: UInt64 = 0
        /// The task that sleeps, and until when.
        var sleeper: (task: Task<Void, Never>, until: Timestamp)?
    }

    private let state = Lock(State())
    private let clock: any WirewatchClock

    init(clock: any WirewatchClock) { self.clock = clock }

    deinit { state.withLock { $0.sleeper?.task.cancel() } }

    /// Wakes the source at a time. The ticket takes it out again.
    func add(_ source: SourceRunner, at time: Timestamp) -> UInt64 {
        state.withLock { state in
            state.lastTicket += 1
            state.waiting[state.lastTicket] = source
            state.order.insert(time, state.lastTicket)
            sleep(&state)
            return state.lastTicket
        }
    }

    func remove(_ ticket: UInt64) {
        state.withLock { state in
            guard state.waiting.removeValue(forKey: ticket) != nil else { return }
            // Of a long time, with many reloads, no more is kept than twice what waits.
            guard state.order.count > 2 * state.waiting.count + 64 else { return }
            let waiting = state.waiting
            state.order.keep { waiting[$0] != nil }
        }
    }

    /// Makes sure that there is a task which sleeps until the first source is due, and no longer.
    private func sleep(_ state: inout State) {
        guard let first = state.order.first?.time else { return }
        if let sleeper = state.sleeper {
            if sleeper.until <= first { return }
            sleeper.task.cancel()
        }
        let task = Task.detached { [weak self, clock] in
            do { try await clock.sleep(until: first) } catch { return }
            self?.wake()
        }
        state.sleeper = (task, first)
    }

    private func wake() {
        let due: [SourceRunner] = state.withLock { state in
            state.sleeper = nil
            var due: [SourceRunner] = []
            let now = clock.now()
            while let first = state.order.first {
                let source = state.waiting[first.ticket]
                if source != nil, first.time > now { break }
                state.order.removeFirst()
                if let source {
                    state.waiting[first.ticket] = nil
                    due.append(source)
                }
            }
            sleep(&state)
            return due
        }
        for source in due { source.wake() }
    }
}
