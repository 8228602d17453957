import Dispatch
import Synchronization
import WirewatchConfig
import WirewatchKit

/// What reaches the main thread of a running daemon, in order.
enum ServiceEvent: Sendable {
    case signal(Int32)
    /// Asked for by way of the control socket; the answer is owed.
    case reload(@Sendable (ControlAnswer) -> Void)
    /// With the configuration that is in force from now on; nil when the old one goes on.
    case reloaded(ControlAnswer, Configuration?, @Sendable (ControlAnswer) -> Void)
    /// All sources have ended and everything is committed, or not.
    case drained(Bool)
    case stopped(Bool)
    /// The daemon cannot go on.
    case failed(String)
}

/// A queue of events for one thread, fed by any.
final class Inbox: Sendable {
    private let events = Mutex<[ServiceEvent]>([])
    private let available = DispatchSemaphore(value: 0)

    func post(_ event: ServiceEvent) {
        events.withLock { $0.append(event) }
        available.signal()
    }

    /// The next event; nil when none comes within the time.
    func next(within timeout: Duration) -> ServiceEvent? {
        guard available.wait(timeout: .now() + .milliseconds(Int(timeout.milliseconds))) == .success else {
            return nil
        }
        return events.withLock { $0.removeFirst() }
    }
}
