public import WirewatchConfig
import WirewatchKit

/// What a reload changed.
public struct ReloadSummary: Sendable, CustomStringConvertible {
    public var started: [String] = []
    public var stopped: [String] = []
    public var replaced: [String] = []
    /// What takes effect only after a restart.
    public var needsRestart: [String] = []

    public var description: String {
        var parts: [String] = []
        if !started.isEmpty { parts.append("started " + started.joined(separator: ", ")) }
        if !stopped.isEmpty { parts.append("stopped " + stopped.joined(separator: ", ")) }
        if !replaced.isEmpty { parts.append("replaced " + replaced.joined(separator: ", ")) }
        if !needsRestart.isEmpty { parts.append("needs a restart: " + needsRestart.joined(separator: ", ")) }
        return parts.isEmpty ? "nothing changed" : parts.joined(separator: "; ")
    }
}

extension Daemon {
    /// Goes over to another configuration, swapping only what changed. Nothing is lost and nothing comes twice:
    /// articles on their way are finished first.
    ///
    /// - Throws: ``EngineError`` when the new configuration cannot be put to work; the old one then goes on.
    public func reload(_ new: Configuration) async throws -> ReloadSummary {
        guard !options.drain else { throw EngineError("a run that ends by itself keeps its configuration") }
        let (old, sources, environment) = try running.withLock { running in
            guard let environment = running.environment, !running.isStopping else {
                throw EngineError("the daemon is not running")
            }
            return (running.configuration, running.sources, environment)
        }
        guard new.stateDirectory == old.stateDirectory else {
            throw EngineError("the state folder cannot change while running; restart for that")
        }
        var summary = ReloadSummary()
        let split = try StagePlan(new.pipeline, clock: clock, log: log, search: search, reusing: plan.current.slots)
        // By name, which is unique: ten thousand sources are not each compared with ten thousand.
        let wanted = Dictionary(new.sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let kept = sources.filter { wanted[$0.component.name] == $0.component }
        let keptNames = Set(kept.map(\.component.name))
        let ending = sources.filter { !keptNames.contains($0.component.name) }
        await withTaskGroup { group in
            for source in ending {
                let isRemoved = wanted[source.component.name]?.isSameSource(as: source.component) != true
                group.addTask { await source.stop(isRemoved: isRemoved) }
            }
        }

        do {
            try await swap(to: new, split, &summary)
        } catch {
            // The sources that were stopped go on under the old configuration.
            let restarted = ending.map { SourceRunner($0.component, environment: environment) }
            running.update { $0.sources = kept + restarted }
            for source in restarted { source.start() }
            throw error
        }

        let starting = new.sources.filter { !keptNames.contains($0.name) }
            .map { SourceRunner($0, environment: environment) }
        running.update { running in
            running.configuration = new
            running.sources = kept + starting
            running.reloads += 1
        }
        options.router?.expect(new.servedPaths)
        for source in starting { source.start() }
        Self.describe(&summary, "source", ending.map(\.component.name), starting.map(\.component.name))
        if new.engine != old.engine { summary.needsRestart.append("engine") }
        if new.listen != old.listen { summary.needsRestart.append("listen") }
        return summary
    }

    /// Holds the queue, lets what is on its way end, and swaps stages and sinks.
    private func swap(to new: Configuration, _ split: StagePlan, _ summary: inout ReloadSummary) async throws {
        queue.pause()
        defer { queue.resume() }
        let result = try await onCommitter { [self] committer in
            try swapOnCommitter(committer, new, split)
        }
        plan.replace(with: split.workerPlan)
        running.update { $0.stageCounters = split.counters }
        summary.started += result.started
        summary.stopped += result.stopped
        summary.replaced += result.replaced
    }

    /// Runs a job on the committer's thread once every batch that left the queue is completed.
    private func onCommitter<Result: Sendable>(
        _ body: @escaping @Sendable (Committer) throws -> Result
    ) async throws -> Result {
        let deadline = ContinuousClock.now + .seconds(10)
        while !mailbox.waitForCompletion(of: queue.depth.batches, timeout: .zero) {
            guard ContinuousClock.now < deadline else {
                let why = health.blockedReason ?? "articles are still being worked on"
                throw EngineError("the configuration cannot be swapped now: \(why)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        return try await withCheckedThrowingContinuation { continuation in
            mailbox.post { committer in continuation.resume(with: Swift.Result { try body(committer) }) }
        }
    }

    /// Has a running stage do what an operator asks of it, and returns its answer; what it changed is durable then.
    ///
    /// - Parameter stage: the name of a stage, or of the plugin of the first that is meant.
    /// - Throws: what the stage says is wrong with the request, ``EngineError`` when there is no such stage.
    public func ask(stage: String, _ request: [UInt8]) async throws -> [UInt8] {
        guard running.withLock({ !$0.isStopping && $0.outcome == nil }) else {
            throw EngineError("the daemon is stopping")
        }
        return try await withCheckedThrowingContinuation { continuation in
            mailbox.post { committer in
                continuation.resume(with: Swift.Result { try committer.ask(stage: stage, request) })
            }
        }
    }

    private func swapOnCommitter(
        _ committer: Committer, _ new: Configuration, _ split: StagePlan
    ) throws -> ReloadSummary {
        guard try committer.checkpoint() else { throw EngineError("stopped while reloading") }
        let stages = try split.makeCommitterStages(reusing: committer.stages)
        let wanted = new.sinks + options.extraSinks
        let old = committer.sinks
        let kept = old.filter { slot in wanted.contains { $0 == slot.component } }
        let ending = old.filter { slot in !kept.contains { $0 === slot } }
        guard try committer.settle(ending, .replaced, limit: .seconds(5)), try committer.checkpoint() else {
            throw EngineError("stopped while reloading")
        }
        // A changed sink may write to the same file, so the old one lets go first.
        for slot in ending { try? slot.sink.close() }
        var opened: [SinkSlot] = []
        do {
            for component in wanted where !kept.contains(where: { $0.component == component }) {
                opened.append(try makeSink(component, report: SinkReport(component), store: committer.store))
            }
        } catch {
            for slot in opened { try? slot.sink.close() }
            let reopened = try ending.map { try makeSink($0.component, report: $0.report, store: committer.store) }
            committer.sinks = kept + reopened
            throw error
        }
        let order = wanted.map(\.name)
        committer.sinks = (kept + opened).sorted {
            order.firstIndex(of: $0.component.name) ?? 0 < order.firstIndex(of: $1.component.name) ?? 0
        }
        _ = try committer.checkpoint()
        var summary = ReloadSummary()
        Self.describe(
            &summary, "stage", committer.stages.filter { old in !stages.contains { $0 === old } }.map(\.component.name),
            stages.filter { new in !committer.stages.contains { $0 === new } }.map(\.component.name))
        let before = plan.current.slots.map(\.component)
        let after = split.workerStages.map(\.component)
        Self.describe(
            &summary, "stage", before.filter { old in !after.contains { $0 == old } }.map(\.name),
            after.filter { new in !before.contains { $0 == new } }.map(\.name))
        committer.stages = stages
        Self.describe(&summary, "sink", ending.map(\.component.name), opened.map(\.component.name))
        let reports = committer.sinks.map(\.report)
        running.update { $0.sinkReports = reports }
        return summary
    }

    private static func describe(_ summary: inout ReloadSummary, _ kind: String, _ old: [String], _ new: [String]) {
        summary.replaced += new.filter(old.contains).map { "\(kind) '\($0)'" }
        summary.started += new.filter { !old.contains($0) }.map { "\(kind) '\($0)'" }
        summary.stopped += old.filter { !new.contains($0) }.map { "\(kind) '\($0)'" }
    }
}

extension Component {
    /// The same source, changed perhaps.
    fileprivate func isSameSource(as other: Component) -> Bool {
        name == other.name && plugin.name == other.plugin.name
    }
}
