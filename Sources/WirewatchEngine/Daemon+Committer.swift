import WirewatchConfig
import WirewatchKit

extension Daemon {
    /// Starts the committer's thread and waits until its sinks are open.
    func startCommitter(_ configuration: Configuration, _ split: StagePlan) throws {
        let opening = Monitor<Result<Void, EngineError>?>(nil)
        let settings = (clock: clock, log: log, directory: stateDirectory + "/dead_letters")
        let retention = configuration.engine.seenRetention
        let sinks = configuration.sinks + options.extraSinks
        let thread = try EngineThread("committer") { [self] in
            do {
                let store = try StateStore(path: statePath, log: log)
                var slots: [SinkSlot] = []
                for component in sinks {
                    let slot = try makeSink(component, report: SinkReport(component), store: store)
                    slots.append(slot)
                }
                let committer = Committer(
                    store: store, stages: try split.makeCommitterStages(reusing: []), sinks: slots, mailbox: mailbox,
                    settings: CommitterSettings(
                        clock: settings.clock, log: settings.log,
                        deadLetterFiles: DeadLetterFiles(directory: settings.directory),
                        forgetting: Forgetting(retention: retention)),
                    pulse: pulse)
                // What the sinks took up from their logs is durable before anything is read.
                guard try committer.checkpoint() else { throw EngineError("stopped while starting") }
                let reports = slots.map(\.report)
                running.update { $0.sinkReports = reports }
                opening.update { $0 = .success(()) }
                let outcome = try committer.run()
                running.update { $0.outcome = outcome }
            } catch {
                let failure = error as? EngineError ?? EngineError(String(describing: error))
                let isStarting = opening.update { state in
                    defer { if state == nil { state = .failure(failure) } }
                    return state == nil
                }
                if !isStarting { fail(failure) }
            }
        }
        running.update { $0.committer = thread }
        try opening.wait { $0 }.get()
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

    /// The committer cannot go on: nothing more is taken in, and the owner is told.
    private func fail(_ error: EngineError) {
        log.critical("the daemon cannot go on: \(error)")
        running.update { running in
            running.outcome = false
            running.isReady = false
            running.failure = error.description
        }
        mailbox.abandon()
        options.onFailure(error)
    }
}
