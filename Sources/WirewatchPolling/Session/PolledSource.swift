import Synchronization
public import WirewatchKit

/// A source that does nothing but poll: it is woken for each poll.
public final class PolledSource<Session: PollingSession>: TimedSource {
    private let context: SourceContext
    private let makeSession: @Sendable () throws -> Session
    /// Made when the source starts.
    private let session = Mutex<Session?>(nil)

    /// - Parameter session: called once, at the start.
    public init(_ context: SourceContext, session: @escaping @Sendable () throws -> Session) {
        self.context = context
        makeSession = session
    }

    public var clock: any WirewatchClock { context.clock }

    public func wake(_ output: any SourceOutput) async throws -> Timestamp? {
        let loop = PollLoop(context)
        if let session = session.withLock({ $0 }) { return try await loop.poll(session, output) }
        let session = try makeSession()
        self.session.withLock { $0 = session }
        return try await loop.begin(session, output)
    }
}
