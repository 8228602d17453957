public import WirewatchKit

/// One source's polls, as ``PollLoop`` drives them.
public protocol PollingSession: Actor {
    nonisolated var schedule: PollSchedule { get }
    var memory: PollMemory { get }
    /// Polls once. Returns why the source is to stop, or nil.
    func poll(_ output: any SourceOutput) async throws -> String?
    /// Shows the state of things in `wirewatch status`; `next` is the next poll, if there is to be one.
    func report(next: Timestamp?)
}

/// The life of a polling source: waits, polls, and stops when there is nothing more to come.
public struct PollLoop: Sendable {
    /// Puts off a poll that is due, while something else brings what it would: asked again every minute.
    public typealias Pace = @Sendable (_ due: Timestamp, _ memory: PollMemory) async -> Timestamp

    private let context: SourceContext
    private let pace: Pace?

    public init(_ context: SourceContext, pace: Pace? = nil) {
        self.context = context
        self.pace = pace
    }

    /// Polls for as long as the task runs; once in a run that drains, unless that would be impolite.
    /// - Throws: ``SourceError/stopped(_:)`` when the server says 410 Gone, ``SourceError/retry(after:_:)`` when the one
    ///   poll of a draining run fails.
    public func run(_ session: some PollingSession, _ output: any SourceOutput) async throws {
        guard var due = try await begin(session, output) else { return }
        while true {
            if let pace {
                try await sleep(until: due, session, pace)
            } else {
                try await context.clock.sleep(until: due)
            }
            due = try await pollApart(session, output)
        }
    }

    /// The start: says when to poll first. In a run that drains it polls, and there is no more: nil.
    /// - Throws: as ``run(_:_:)`` does.
    public func begin(
        _ session: isolated some PollingSession, _ output: any SourceOutput
    ) async throws -> Timestamp? {
        // What needs a memory is in functions of its own: half a kilobyte each that those who sleep need not keep. All of
        // them are the session's own, for each visit to it costs as much as half of what they do.
        try checkGone(session)
        if context.drain {
            if mayPoll(session) {
                if let reason = try await session.poll(output) { throw SourceError.stopped(reason) }
                try checkFailure(session)
            }
            return nil
        }
        let due = firstPoll(session)
        if pace == nil { session.report(next: due) }
        return due
    }

    /// Polls, and says when to do so next.
    /// - Throws: as ``run(_:_:)`` does.
    public func poll(
        _ session: isolated some PollingSession, _ output: any SourceOutput
    ) async throws -> Timestamp {
        if let reason = try await session.poll(output) {
            session.report(next: nil)
            throw SourceError.stopped(reason)
        }
        let due = nextPoll(session)
        if pace == nil { session.report(next: due) }
        return due
    }

    private func sleep(until due: Timestamp, _ session: some PollingSession, _ pace: Pace) async throws {
        var shown: Timestamp?
        while true {
            let target = await pace(due, await session.memory)
            if target != shown { await session.report(next: target) }
            shown = target
            let now = context.clock.now()
            guard target > now else { return }
            try await context.clock.sleep(until: target > due ? min(target, now + .seconds(60)) : target)
        }
    }

    private func checkGone(_ session: isolated some PollingSession) throws {
        let memory = session.memory
        guard let gone = memory.gone, !session.schedule.mayPoll(memory, now: context.clock.now()) else { return }
        throw SourceError.stopped(
            "the server said 410 Gone at \(gone.rfc3339); remove the source, give its new URL, or restart a day later")
    }

    private func firstPoll(_ session: isolated some PollingSession) -> Timestamp {
        session.schedule.firstPoll(session.memory, now: context.clock.now())
    }

    private func nextPoll(_ session: isolated some PollingSession) -> Timestamp {
        session.schedule.due(session.memory, now: context.clock.now())
    }

    /// Polls in a task of its own, which takes its memory with it when it ends: this one sleeps nearly always.
    private func pollApart(_ session: some PollingSession, _ output: any SourceOutput) async throws -> Timestamp {
        try await withThrowingTaskGroup(of: Timestamp.self) { group in
            group.addTask { try await poll(session, output) }
            guard let due = try await group.next() else { throw CancellationError() }
            return due
        }
    }

    /// What a run that drains has to tell of its one poll.
    private func checkFailure(_ session: isolated some PollingSession) throws {
        if let failure = session.memory.failure { throw SourceError.retry(after: .seconds(60), failure) }
    }

    /// Whether a run that drains may poll without being impolite.
    private func mayPoll(_ session: isolated some PollingSession) -> Bool {
        let now = context.clock.now()
        let memory = session.memory
        if session.schedule.mayPoll(memory, now: now) { return true }
        let time = memory.notBefore ?? now
        context.log.notice(
            "not polled: the server, the \(session.schedule.subject) or a failure asks to wait",
            metadata: ["source": "\(context.name)", "until": "\(time.rfc3339)"])
        return false
    }
}
