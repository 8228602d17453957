/// A source that nearly always waits for a time, as one that polls does.
///
/// The engine calls ``wake(_:)`` in a task that ends with the call, and runs no task in between: ten thousand of them
/// waiting cost what they remember, and no more.
public protocol TimedSource: AnyObject, Source {
    /// Where its times come from.
    var clock: any WirewatchClock { get }

    /// Does what is due; the first call is the start. Never called again before it has returned. Runs where it is called
    /// from: a change of place at each step of thousands of polls would cost more than the steps.
    ///
    /// - Returns: when there is more to do; nil when nothing more will come, as in a run that drains.
    /// - Throws: as ``Source/run(_:)`` does. The source is then made anew.
    nonisolated(nonsending) func wake(_ output: any SourceOutput) async throws -> Timestamp?
}

extension TimedSource {
    /// Wakes the source again and again, in one task.
    public func run(_ output: any SourceOutput) async throws {
        while let time = try await wake(output) { try await clock.sleep(until: time) }
    }
}
