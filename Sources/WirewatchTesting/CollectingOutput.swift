internal import Synchronization
public import WirewatchKit

/// A source's output that keeps what it gets, applying cursors to a state as the engine would at once.
public final class CollectingOutput: SourceOutput {
    public struct Rejection: Sendable {
        public var identity: String
        public var url: String?
        public var reason: String
    }

    private struct Collected {
        var documents: [Document] = []
        var rejections: [Rejection] = []
    }

    private let collected = Mutex(Collected())
    private let state: MemoryState

    public init(state: MemoryState = MemoryState()) { self.state = state }

    public var documents: [Document] { collected.withLock { $0.documents } }
    public var rejections: [Rejection] { collected.withLock { $0.rejections } }

    public func emit(_ document: Document) async throws {
        try Task.checkCancellation()
        collected.withLock { $0.documents.append(document) }
        state.apply(document.cursor)
    }

    public func reject(
        identity: String, url: String?, reason: String, excerpt: String, cursor: [StateChange]
    ) async throws {
        try Task.checkCancellation()
        collected.withLock {
            $0.rejections.append(Rejection(identity: identity, url: url, reason: reason))
        }
        state.apply(cursor)
    }

    public func advance(_ changes: [StateChange]) async throws { state.apply(changes) }
}
