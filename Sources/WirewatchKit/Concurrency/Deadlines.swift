/// Tickets in the order of their times: a binary heap, the earliest first, those of one time in the order of tickets.
package struct Deadlines: Sendable {
    package struct Place: Sendable {
        package var time: Timestamp
        package var ticket: UInt64

        static func < (a: Place, b: Place) -> Bool { (a.time, a.ticket) < (b.time, b.ticket) }
    }

    private var heap: [Place] = []

    package init() {}

    package var first: Place? { heap.first }
    package var count: Int { heap.count }

    package mutating func insert(_ time: Timestamp, _ ticket: UInt64) {
        heap.append(Place(time: time, ticket: ticket))
        var at = heap.count - 1
        while at > 0, heap[at] < heap[(at - 1) / 2] {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    /// There must be one.
    package mutating func removeFirst() {
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

    /// Keeps the tickets that `isWanted`.
    package mutating func keep(where isWanted: (UInt64) -> Bool) {
        // Sorted, an array is a heap.
        heap = heap.filter { isWanted($0.ticket) }.sorted(by: <)
    }
}
