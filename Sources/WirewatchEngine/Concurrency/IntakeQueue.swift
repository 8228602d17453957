import WirewatchKit

/// What a source puts into the queue.
enum IntakeItem: Sendable {
    case document(Document)
    /// A document that the source could not read.
    case rejection(identity: String, url: String?, reason: String, excerpt: String)
    /// Only a change of the source's state, in order with its documents.
    case cursor
}

/// An item with its source and the state change that it completes.
struct Intake: Sendable {
    let source: String
    let received: Timestamp
    var item: IntakeItem
    let cursor: [StateChange]
    let byteCount: Int
    /// Set when the source waits for this item to be durable.
    var ticket: DeliveryTicket?

    /// What stands in the place of one that was taken.
    static let none = Intake(source: "", received: Timestamp(seconds: 0), item: .cursor, cursor: [], byteCount: 0)

    /// Whether nothing and nobody waits for it.
    var mayLinger: Bool {
        if case .cursor = item { ticket == nil } else { false }
    }
}

/// The one bounded queue between sources and workers: bounded in items and in bytes.
///
/// Sources are tasks and suspend while it is full; workers are threads and block while it is empty. Batches are
/// numbered as they leave, which is the order that the committer restores.
///
/// Changes of state for which nobody waits gather for a moment before they wake a worker: for each by itself, as polls that
/// bring nothing new make them, the waking would cost more than the work.
final class IntakeQueue: Sendable {
    struct Batch: Sendable {
        let sequence: UInt64
        var items: [Intake]
    }

    private struct State {
        var items: [Intake] = []
        /// Index of the first item not taken yet; the prefix is cut off when it outweighs the rest.
        var head = 0
        var bytes = 0
        var nextSequence: UInt64 = 0
        var waiters: [(ticket: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
        var nextTicket: UInt64 = 0
        var isPaused = false
        var isClosed = false
        /// Whether something is there that may not linger.
        var isUrgent = false
        /// Until when the rest may, in monotonic nanoseconds.
        var lingersUntil: Int64 = 0

        var count: Int { items.count - head }

        /// Whether a worker is to take what is there.
        var isReady: Bool {
            count > 0
                && (isUrgent || isClosed || count >= IntakeQueue.gathered || monotonicNanoseconds() >= lingersUntil)
        }

        mutating func append(_ item: consuming Intake) {
            if !item.mayLinger {
                isUrgent = true
            } else if count == 0 {
                lingersUntil = monotonicNanoseconds() + IntakeQueue.lingering
            }
            bytes += item.byteCount
            items.append(item)
        }

        /// Takes out the oldest items, at most so many.
        mutating func take(_ max: Int) -> [Intake] {
            if head == 0, items.count <= max {
                // All of them, as is the rule while workers keep up: none is copied.
                var taken: [Intake] = []
                taken.reserveCapacity(items.count)
                swap(&taken, &items)
                return taken
            }
            let end = head + min(max, count)
            var taken: [Intake] = []
            taken.reserveCapacity(end - head)
            for place in head..<end {
                // What has left is held by nobody else, however long its place is kept.
                var intake = Intake.none
                swap(&intake, &items[place])
                taken.append(consume intake)
            }
            head = end
            if head == items.count {
                items.removeAll(keepingCapacity: head <= 4096)
                head = 0
            } else if head > 512 {
                items.removeFirst(head)
                head = 0
            }
            return taken
        }
    }

    /// So many are worth a worker, however new they are.
    private static let gathered = 32
    private static let lingering: Int64 = 100_000_000

    private let state = Monitor(State())
    private let maxItems: Int
    private let maxBytes: Int

    init(maxItems: Int, maxBytes: Int) {
        self.maxItems = maxItems
        self.maxBytes = maxBytes
    }

    /// Puts an item in, suspending while the queue is full.
    ///
    /// An item larger than the whole queue goes in alone. Throws `CancellationError` when the task is cancelled or
    /// the queue closed.
    nonisolated(nonsending) func send(_ item: Intake) async throws {
        var items = [item]
        _ = try await send(&items, from: 0)
    }

    /// Puts in as many of some items as there is room for, from a place on and at least one, suspending while there is none.
    /// They are taken out of the array, so that the queue alone holds them.
    ///
    /// - Returns: how many.
    nonisolated(nonsending) func send(_ items: inout [Intake], from start: Int) async throws -> Int {
        guard start < items.count else { return 0 }
        while true {
            try Task.checkCancellation()
            let (sent, ticket): (Int, UInt64) = try state.change { state in
                if state.isClosed { throw CancellationError() }
                // A worker that waits must learn of the first item, for that says how long to wait.
                let isFirst = state.count == 0
                var sent = 0
                while start + sent < items.count, hasRoom(items[start + sent].byteCount, state) {
                    var item = Intake.none
                    swap(&item, &items[start + sent])
                    state.append(consume item)
                    sent += 1
                }
                if sent == 0 { state.nextTicket += 1 }
                return ((sent, state.nextTicket), wakesOne: isFirst || state.isReady)
            }
            if sent > 0 { return sent }
            try await waitForRoom(ticket, items[start].byteCount)
        }
    }

    private func hasRoom(_ byteCount: Int, _ state: State) -> Bool {
        state.count == 0 || (state.count < maxItems && state.bytes + byteCount <= maxBytes)
    }

    private nonisolated(nonsending) func waitForRoom(_ ticket: UInt64, _ byteCount: Int) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let resumeNow: Bool = state.change { state in
                    // Room may have come, or the task been cancelled, since the attempt.
                    if hasRoom(byteCount, state) || state.isClosed || Task.isCancelled {
                        return (true, wakesOne: false)
                    }
                    state.waiters.append((ticket, continuation))
                    state.isUrgent = true
                    return (false, wakesOne: true)
                }
                if resumeNow { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Blocks the thread until items are there; nil once the queue is closed and empty.
    func receive(max: Int) -> Batch? {
        var resumable: [CheckedContinuation<Void, any Error>] = []
        let batch: Batch? = state.waitInTurn { state in
            guard !state.isPaused, state.count > 0 else {
                return state.isClosed && state.count == 0 ? .done(nil, wakesOne: true) : .wait
            }
            guard state.isReady else { return .waitUntil(state.lingersUntil) }
            let items = state.take(max)
            state.bytes -= items.reduce(0) { $0 + $1.byteCount }
            if state.count == 0 { state.isUrgent = false }
            defer { state.nextSequence += 1 }
            resumable = state.waiters.map(\.continuation)
            state.waiters.removeAll()
            return .done(Batch(sequence: state.nextSequence, items: items), wakesOne: state.count > 0)
        }
        for continuation in resumable { continuation.resume() }
        return batch
    }

    /// Holds batches back, for a reload; sending goes on until the queue is full.
    func pause() { state.update { $0.isPaused = true } }

    func resume() { state.update { $0.isPaused = false } }

    /// Ends intake: waiting sources are cancelled, workers get what is left.
    func close() {
        let waiters = state.update { state in
            state.isClosed = true
            state.isPaused = false
            defer { state.waiters.removeAll() }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: CancellationError()) }
    }

    /// How much is queued, and how many batches have left.
    var depth: (items: Int, bytes: Int, batches: UInt64) {
        state.withLock { ($0.count, $0.bytes, $0.nextSequence) }
    }
}
