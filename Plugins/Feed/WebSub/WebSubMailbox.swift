import Synchronization
import WirewatchHTTP

/// What the subscription's task has to see to, put there by polls and by the hub's requests. Safe to use from any task.
final class WebSubMailbox: Sendable {
    enum Event: Sendable {
        /// A poll read the feed: what it offers, and whether it found items that no push had brought.
        case polled(WebSubOffer?, foundNews: Bool)
        /// Content with a right signature.
        case pushed(HTTPResponse)
        /// A request of the hub changed the subscription.
        case changed
    }

    private struct State {
        var events: [Event] = []
        var pushedBytes = 0
        var waiter: CheckedContinuation<Void, Never>?
    }

    /// Pushes that wait to be taken in; more are refused, and the hub sends them again.
    static let most = (count: 64, bytes: 64 << 20)

    private let state = Mutex(State())

    /// False when there is no room for a push.
    @discardableResult
    func post(_ event: Event) -> Bool {
        let (isTaken, waiter): (Bool, CheckedContinuation<Void, Never>?) = state.withLock { state in
            if case .pushed(let response) = event {
                let bytes = state.pushedBytes + response.body.count
                guard state.events.isEmpty || state.events.count < Self.most.count && bytes <= Self.most.bytes else {
                    return (false, nil)
                }
                state.pushedBytes = bytes
            }
            state.events.append(event)
            defer { state.waiter = nil }
            return (true, state.waiter)
        }
        waiter?.resume()
        return isTaken
    }

    /// The next event; nil when there is none now.
    func take() -> Event? {
        state.withLock { state in
            guard !state.events.isEmpty else { return nil }
            let event = state.events.removeFirst()
            if case .pushed(let response) = event { state.pushedBytes -= response.body.count }
            return event
        }
    }

    /// Returns when there is an event, or the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if !state.events.isEmpty || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }
}
