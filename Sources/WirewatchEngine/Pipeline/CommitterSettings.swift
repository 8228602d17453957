import Synchronization
import WirewatchKit
import WirewatchStore

/// What a committer works with and never changes.
struct CommitterSettings {
    let clock: any WirewatchClock
    let log: Logger
    let deadLetterFiles: DeadLetterFiles
    let forgetting: Forgetting
}

/// The committer's signs of life and its figures, for other threads to read.
final class CommitterPulse: Sendable {
    private let lastBeat = Atomic<Int64>(0)
    let articles = Atomic<Int>(0)
    let alerts = Atomic<Int>(0)
    let deadLetters = Atomic<Int>(0)
    let duplicates = Atomic<Int>(0)
    /// Why the state cannot be written, while it cannot.
    let blockedState = Monitor<String?>(nil)

    func beat() { lastBeat.store(monotonicMilliseconds(), ordering: .relaxed) }

    func age(at now: Int64) -> Duration { .milliseconds(now - lastBeat.load(ordering: .relaxed)) }
}

/// Keeps the seen set from growing for ever: once a day, and in steps while there is much to forget.
final class Forgetting {
    private let retention: Duration
    private var nextStep: Timestamp?
    private static let step = 10_000

    init(retention: Duration) { self.retention = retention }

    func step(_ store: StateStore, now: Timestamp, log: Logger) throws {
        // Not while the daemon is starting, when there is better to do.
        guard let due = nextStep else { return nextStep = now + .seconds(600) }
        guard now >= due else { return }
        do {
            let forgotten = try store.forget(before: now - retention, limit: Self.step)
            nextStep = now + (forgotten < Self.step ? .seconds(86_400) : .seconds(60))
        } catch let error as StoreError where error.kind != .corrupt {
            nextStep = now + .seconds(600)
            log.warning("old identities cannot be forgotten yet: \(error)")
        }
    }
}

extension Committer {
    /// Whether the same call may succeed later, as when a disk is full.
    static func mayPass(_ error: any Error) -> Bool {
        guard let error = error as? StoreError else { return false }
        return error.kind == .unavailable || error.kind == .busy
    }
}
