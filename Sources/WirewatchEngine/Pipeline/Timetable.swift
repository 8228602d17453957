import WirewatchKit

/// When which timed source is to be woken: one queue, and one task that sleeps until the first of them is due.
final class Timetable: Sendable {
    private struct State {
        var waiting: [UInt64: SourceRunner] = [:]
        /// A binary heap, the earliest first; places of what was taken out are passed over when they come up.
        var order: [Place] = []
        var lastTicket: UInt64 = 0
        /// The task that sleeps, and until when.
        var sleeper: (task: Task<Void, Never>, until: Timestamp)?
    }

    private struct Place {
        var time: Timestamp
        var ticket: UInt64

        static func < (a: Place, b: Place) -> Bool { (a.time, a.ticket) < (b.time, b.ticket) }
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
            Self.insert(Place(time: time, ticket: state.lastTicket), &state.order)
            sleep(&state)
            return state.lastTicket
        }
    }

    func remove(_ ticket: UInt64) {
        state.withLock { state in
            guard state.waiting.removeValue(forKey: ticket) != nil else { return }
            // Of a long time, with many reloads, no more is kept than twice what waits.
            guard state.order.count > 2 * state.waiting.count + 64 else { return }
            // Sorted, an array is a heap.
            state.order = state.order.filter { state.waiting[$0.ticket] != nil }.sorted(by: <)
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
                Self.removeFirst(&state.order)
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

    // MARK: The heap

    private static func insert(_ place: Place, _ heap: inout [Place]) {
        heap.append(place)
        var at = heap.count - 1
        while at > 0, heap[at] < heap[(at - 1) / 2] {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    private static func removeFirst(_ heap: inout [Place]) {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var at = 0
        while true {
            var least = at
            for child in [2 * at + 1, 2 * at + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == at { return }
            heap.swapAt(at, least)
            at = least
        }
    }
}
