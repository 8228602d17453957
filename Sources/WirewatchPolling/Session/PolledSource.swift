import Synchronization
public import WirewatchKit

/// A source that does nothing but poll: it is woken for each poll.
public final class PolledSource<Session: PollingSession>: TimedSource {
    private let context: SourceContext
    private let stage: Mutex<Stage>

    private enum Stage: Sendable {
        /// How to make the session when the source starts.
        case fresh(@Sendable () throws -> Session)
        case running(Session)
    }

    /// - Parameter session: called once, at the start.
    public init(_ context: SourceContext, session: @escaping @Sendable () throws -> Session) {
        self.context = context
        stage = Mutex(.fresh(session))
    }

    public var clock: any WirewatchClock { context.clock }

    public nonisolated(nonsending) func wake(_ output: any SourceOutput) async throws -> Timestamp? {
        let loop = PollLoop(context)
        switch stage.withLock({ $0 }) {
        case .running(let session): return try await loop.poll(session, output)
        case .fresh(let make):
            let session = try make()
            stage.withLock { $0 = .running(session) }
            return try await loop.begin(session, output)
        }
    }
}
