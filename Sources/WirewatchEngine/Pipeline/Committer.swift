import Synchronization
import WirewatchConfig
import WirewatchKit

/// The one place where order matters: runs stateful stages, writes to the sinks, and makes both durable together.
///
/// Lives on its own thread from its making to its end; nothing in it is shared but the mailbox and the reports.
final class Committer {
    let store: StateStore
    var stages: [CommitterStage]
    var sinks: [SinkSlot]
    let mailbox: CommitterMailbox
    let settings: CommitterSettings
    let pulse: CommitterPulse
    /// When the oldest change that no checkpoint covers was made, in monotonic milliseconds.
    private var dirtySince: Int64?
    private var lastTick: Int64 = 0
    private var isAbandoned = false
    /// Of what no checkpoint covers yet, what somebody waits for.
    private var awaited: [DeliveryTicket] = []

    init(
        store: StateStore, stages: [CommitterStage], sinks: [SinkSlot], mailbox: CommitterMailbox,
        settings: CommitterSettings, pulse: CommitterPulse
    ) {
        self.store = store
        self.stages = stages
        self.sinks = sinks
        self.mailbox = mailbox
        self.settings = settings
        self.pulse = pulse
    }

    /// Works until all workers have ended; then checkpoints and closes the sinks.
    ///
    /// - Returns: whether everything handed over is durable.
    func run() throws -> Bool {
        while true {
            pulse.beat()
            switch mailbox.next(timeout: timeUntilNextDuty()) {
            case .group(let batches):
                try commit(batches)
                if isAbandoned { return false }
                mailbox.complete(batches: batches.count)
            case .job(let job): job(self)
            case .idle: break
            case .finish:
                guard try checkpoint(), try settle(sinks, mailbox.ending) else { return false }
                close()
                return true
            case .abandon: return false
            }
            try maintain()
            if isAbandoned { return false }
        }
    }

    /// Runs a group through the stateful stages and writes its records.
    private func commit(_ batches: [[Processed]]) throws {
        var records = RecordGroup(capacity: batches.reduce(0) { $0 + $1.count })
        if batches.contains(where: { $0.contains { if case .cursor = $0.outcome { false } else { true } } }) {
            // In one view of the database: each query by itself would lock and unlock it.
            try store.reading { try take(batches, into: &records) }
        } else {
            try take(batches, into: &records)
        }
        if dirtySince == nil { dirtySince = monotonicMilliseconds() }
        try write(records)
    }

    /// Gives each sink the records that it accepts; returns early when told to give up.
    private func write(_ records: RecordGroup) throws {
        for slot in sinks {
            let takesAll = records.kinds.isSubset(of: slot.accepts)
            let wanted = takesAll ? records.all : records.all.filter { slot.accepts.contains($0.kind) }
            guard !wanted.isEmpty else { continue }
            let start = monotonicNanoseconds()
            slot.report.counters.add(received: wanted.count)
            guard try persist(slot, { try slot.sink.write(wanted) }) else { return }
            slot.report.counters.add(emitted: wanted.count)
            slot.report.counters.spend(since: start)
        }
    }

    private func take(_ batches: [[Processed]], into records: inout RecordGroup) throws {
        for batch in batches {
            for place in batch.indices { try take(batch, place, into: &records) }
        }
    }

    /// Takes one of a batch. It is looked at by place, for a copy of it costs eight counts of references.
    private func take(_ batch: [Processed], _ place: Int, into records: inout RecordGroup) throws {
        if !batch[place].cursor.isEmpty {
            store.apply(batch[place].cursor, component: "source/" + batch[place].source)
        }
        if let ticket = batch[place].ticket { awaited.append(ticket) }
        if case .cursor = batch[place].outcome { return }
        let key = SeenKey(batch[place].id)
        if try store.isSeen(key) {
            batch[place].ticket?.noteDuplicate()
            pulse.duplicates.wrappingAdd(1, ordering: .relaxed)
            return
        }
        store.markSeen(key, at: batch[place].received)
        switch batch[place].outcome {
        case .cursor, .dropped: return
        case .deadLetter(let letter, let content): bury(letter, content, into: &records)
        case .article(let event): try runStages(event, into: &records)
        }
    }

    private func runStages(_ event: consuming ArticleEvent, into records: inout RecordGroup) throws {
        for stage in stages {
            let start = monotonicNanoseconds()
            defer { stage.counters.spend(since: start) }
            stage.counters.add(received: 1, bytes: event.article.body.utf8.count)
            do {
                switch try stage.process(&event, store: store) {
                case .keep: stage.counters.add(emitted: 1)
                case .drop(let reason): return stage.counters.drop(reason)
                }
            } catch {
                let now = settings.clock.now()
                stage.counters.fail(String(describing: error), at: now)
                let (letter, content) = DeadLetter.failed(
                    event.article, content: event.content, stage: stage.component.name, error: error, at: now)
                return bury(letter, content, into: &records)
            }
        }
        pulse.articles.wrappingAdd(1, ordering: .relaxed)
        let alerts = event.article.alerts
        pulse.alerts.wrappingAdd(alerts.count, ordering: .relaxed)
        records.append(.article(event.article))
        for alert in alerts { records.append(.alert(alert)) }
    }

    private func bury(_ letter: DeadLetter, _ content: [UInt8]?, into records: inout RecordGroup) {
        var letter = letter
        if let content { letter.document = settings.deadLetterFiles.keep(content, id: letter.id) }
        pulse.deadLetters.wrappingAdd(1, ordering: .relaxed)
        settings.log.warning(
            "dead letter: source '\(letter.source)', \(letter.url ?? letter.id): \(letter.stage): \(letter.error)")
        records.append(.deadLetter(letter))
    }

    /// Makes everything written so far durable: each sink first, then their positions with all other state.
    ///
    /// - Returns: false when the committer was told to give up while something blocked.
    func checkpoint() throws -> Bool {
        for slot in sinks {
            guard try persist(slot, { try slot.sink.checkpoint(store.access(slot.stateName)) }) else { return false }
            slot.report.update(slot.sink.status)
        }
        guard try persistState() else { return false }
        dirtySince = nil
        for slot in sinks { slot.sink.committed() }
        for ticket in awaited { ticket.complete() }
        awaited.removeAll(keepingCapacity: awaited.count < 4096)
        return true
    }

    /// The duties of about once a second: ticks of sinks, reopening, a checkpoint when one is due.
    private func maintain() throws {
        let now = monotonicMilliseconds()
        if mailbox.takeReopenRequest() { reopen() }
        if now - lastTick >= 1000 {
            lastTick = now
            try tick(settings.clock.now())
            if isAbandoned { return }
            try settings.forgetting.step(store, now: settings.clock.now(), log: settings.log)
        }
        // Whoever waits is served at once; those who come meanwhile share the next checkpoint.
        let isDue = dirtySince.map { now - $0 >= checkpointInterval } ?? false
        if isDue || !awaited.isEmpty || sinks.contains(where: { $0.sink.wantsCheckpoint }) { _ = try checkpoint() }
    }

    /// Lets sinks that are about to be closed get done what they can, until the time that the mailbox allows.
    ///
    /// - Returns: false when told to give up.
    func settle(_ ending: [SinkSlot], _ reason: SinkEnding, limit: Duration? = nil) throws -> Bool {
        let limit = limit.map { ContinuousClock.now + $0 }
        while true {
            pulse.beat()
            var isSettled = true
            for slot in ending where !slot.sink.settle(reason) { isSettled = false }
            if sinks.contains(where: { $0.sink.wantsCheckpoint }) {
                guard try checkpoint() else { return false }
                // What has become durable may be what the next delivery waits for.
                continue
            }
            if isSettled || min(limit ?? .now + .seconds(1), mailbox.settlingEnds ?? .now + .seconds(1)) <= .now {
                return true
            }
            if mailbox.takeReopenRequest() { reopen() }
            if mailbox.sleepBeforeRetry(.milliseconds(20)) { return false }
        }
    }

    func ask(sink name: String, _ request: SinkRequest) throws -> String {
        guard let slot = sinks.first(where: { $0.component.name == name }) else {
            let names = sinks.map { "'\($0.component.name)'" }.joined(separator: ", ")
            throw EngineError("there is no sink '\(name)'; there are \(names)")
        }
        do {
            return try slot.sink.perform(request)
        } catch let error as OptionError {
            throw EngineError("sink '\(name)': \(error)")
        }
    }

    /// Lets time pass for the stages, in their order, and for the sinks.
    private func tick(_ now: Timestamp) throws {
        var alerts: [Alert] = []
        for stage in stages {
            do {
                try stage.tick(now, &alerts, store: store)
            } catch {
                stage.counters.fail(String(describing: error), at: now)
            }
        }
        if dirtySince == nil, !alerts.isEmpty || store.hasChanges { dirtySince = monotonicMilliseconds() }
        if !alerts.isEmpty {
            pulse.alerts.wrappingAdd(alerts.count, ordering: .relaxed)
            var records = RecordGroup(capacity: alerts.count)
            for alert in alerts { records.append(.alert(alert)) }
            try write(records)
            if isAbandoned { return }
        }
        for slot in sinks {
            guard try persist(slot, { try slot.sink.tick(now) }) else { return }
            slot.report.update(slot.sink.status)
        }
    }

    /// Hands an operator's request to a stage; what it changes is durable before the answer goes out.
    func ask(stage name: String, _ request: [UInt8]) throws -> [UInt8] {
        guard
            let stage = stages.first(where: { $0.component.name == name })
                ?? stages.first(where: { $0.component.plugin.name == name })
        else { throw EngineError("the pipeline has no stage '\(name)'") }
        let answer = try stage.answer(request, store: store)
        if store.hasChanges, try !checkpoint() { throw EngineError("the daemon is stopping") }
        return answer
    }

    func reopen() { forEachSink("cannot be reopened") { try $0.reopen() } }

    func rotate() { forEachSink("cannot begin a new file") { try $0.rotate() } }

    private func close() { forEachSink("did not close in order") { try $0.close() } }

    private func forEachSink(_ complaint: String, _ action: (any Sink) throws -> Void) {
        for slot in sinks {
            do {
                try action(slot.sink)
            } catch {
                settings.log.error("sink '\(slot.component.name)' \(complaint): \(Self.reason(error))")
            }
        }
    }

    private var checkpointInterval: Int64 {
        sinks.map { $0.sink.checkpointInterval.milliseconds }.min() ?? 1000
    }

    private func timeUntilNextDuty() -> Duration {
        let now = monotonicMilliseconds()
        var due = lastTick + 1000
        if let dirtySince { due = min(due, dirtySince + checkpointInterval) }
        return .milliseconds(max(0, due - now))
    }

    /// Tries until the sink takes it, holding everything upstream back meanwhile; false when told to give up.
    private func persist(_ slot: SinkSlot, _ attempt: () throws -> Void) throws -> Bool {
        var delay = Duration.seconds(1)
        while true {
            do {
                try attempt()
                if let blocked = slot.report.unblock(at: settings.clock.now()) {
                    let time = HumanUnits.text(blocked)
                    settings.log.notice("sink '\(slot.component.name)' writes again after \(time); nothing was lost")
                }
                return true
            } catch {
                if slot.report.block(Self.reason(error), at: settings.clock.now()) {
                    settings.log.error(
                        """
                        sink '\(slot.component.name)' cannot write: \(Self.reason(error)). Sources wait; it is tried \
                        again until it succeeds.
                        """)
                }
            }
            guard wait(delay) else { return false }
            delay = min(delay * 2, .seconds(30))
        }
    }

    private func persistState() throws -> Bool {
        var delay = Duration.seconds(1)
        while true {
            do {
                try store.commit()
                if pulse.blockedState.withLock({ $0.take() }) != nil {
                    settings.log.notice("the state can be written again; nothing was lost")
                }
                return true
            } catch {
                if !Self.mayPass(error) { throw error }
                let wasBlocked = pulse.blockedState.withLock { reason in
                    defer { reason = "state: \(error)" }
                    return reason != nil
                }
                if !wasBlocked {
                    settings.log.error("the state cannot be written: \(error). It is tried again until it succeeds.")
                }
            }
            guard wait(delay) else { return false }
            delay = min(delay * 2, .seconds(30))
        }
    }

    private func wait(_ delay: Duration) -> Bool {
        // Beats in between, for a long wait for a disk is no hang.
        var rest = delay
        while rest > .zero {
            pulse.beat()
            if mailbox.sleepBeforeRetry(min(rest, .seconds(5))) {
                isAbandoned = true
                return false
            }
            if mailbox.takeReopenRequest() {
                reopen()
                return true
            }
            rest -= .seconds(5)
        }
        return true
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case SinkError.blocked(let reason), SinkError.unusable(let reason): reason
        default: String(describing: error)
        }
    }
}
