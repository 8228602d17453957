import WirewatchConfig
import WirewatchKit
import WirewatchStore

extension Daemon {
    /// Starts the committer's thread and waits until its sinks are open.
    ///
    /// - Returns: what sources read.
    func startCommitter(_ configuration: Configuration, _ split: StagePlan) throws -> CommittedState {
        let opening = Monitor<Result<CommittedState, EngineError>?>(nil)
        let retention = configuration.engine.seenRetention
        let sinks = configuration.sinks + options.extraSinks
        let thread = try EngineThread("committer") { [self] in
            do {
                let outcome = try commitAll(sinks, split, retention) { committed in
                    opening.update { $0 = .success(committed) }
                }
                running.update { $0.outcome = outcome }
            } catch {
                distrustState(after: error)
                let failure = Self.engineError(error)
                let isStarting = opening.update { state in
                    defer { if state == nil { state = .failure(failure) } }
                    return state == nil
                }
                if !isStarting { giveUp(error) }
                running.update { $0.outcome = false }
            }
        }
        running.update { $0.committer = thread }
        return try opening.wait { $0 }.get()
    }

    /// The life of the committer, on its thread, in a function of its own: when it returns, the store is closed.
    ///
    /// - Returns: whether everything handed over is durable.
    private func commitAll(
        _ sinks: [Component], _ split: StagePlan, _ retention: Duration, opened: (CommittedState) -> Void
    ) throws -> Bool {
        let store = try StateStore(path: statePath, log: log)
        var slots: [SinkSlot] = []
        for component in sinks {
            let slot = try makeSink(component, report: SinkReport(component), store: store)
            slots.append(slot)
        }
        let committer = Committer(
            store: store, stages: try split.makeCommitterStages(reusing: []), sinks: slots, mailbox: mailbox,
            settings: CommitterSettings(
                clock: clock, log: log,
                deadLetterFiles: DeadLetterFiles(directory: stateDirectory + "/dead_letters"),
                forgetting: Forgetting(retention: retention)),
            pulse: pulse)
        // What the sinks took up from their logs is durable before anything is read.
        guard try committer.checkpoint() else { throw EngineError("stopped while starting") }
        let reports = slots.map(\.report)
        running.update { $0.sinkReports = reports }
        let committed = try CommittedState(path: statePath) { [weak self] error in
            self?.distrustState(after: error)
            self?.giveUp(error)
        }
        store.readers = committed
        opened(committed)
        return try committer.run()
    }

    /// Makes and opens a sink, on the committer's thread.
    func makeSink(
        _ component: Component, report: SinkReport, store: StateStore
    ) throws -> SinkSlot {
        guard case .sink(let make) = component.plugin.factory else {
            throw EngineError("'\(component.plugin.name)' is no sink")
        }
        do {
            let sink = try make(component.options, context(component))
            let slot = SinkSlot(component, sink: sink, report: report)
            try sink.open(store.access(slot.stateName))
            report.update(sink.status)
            return slot
        } catch SinkError.unusable(let reason), SinkError.blocked(let reason) {
            throw EngineError("sink '\(component.name)' cannot start: \(reason)")
        } catch {
            throw EngineError("sink '\(component.name)' cannot start: \(error)")
        }
    }

    private func context(_ component: Component) -> SinkContext {
        SinkContext(name: component.name, clock: clock, log: log, wake: { [mailbox] in mailbox.wake() })
    }

    private func distrustState(after error: any Error) {
        if let error = error as? StoreError, error.kind == .corrupt { StateStore.distrust(statePath) }
    }

    /// The daemon cannot go on: nothing more is taken in, and the owner is told, once.
    private func giveUp(_ error: any Error) {
        let isFirst = running.update { running in
            defer {
                running.isReady = false
                running.failure = running.failure ?? String(describing: error)
            }
            return running.failure == nil
        }
        guard isFirst else { return }
        log.critical("the daemon cannot go on: \(error)")
        mailbox.abandon()
        options.onFailure(Self.engineError(error))
    }

    private static func engineError(_ error: any Error) -> EngineError {
        error as? EngineError ?? EngineError(String(describing: error))
    }
}
