import WirewatchKit

/// What is to be delivered and what was: the queue, groups in the making, what was sent about each subject, dead letters.
///
/// Used on the committer's thread alone. Every change is gathered for the next checkpoint (``save(to:)``), and a notice is
/// handed out only after that is durable (``takeCommitted()``).
final class DeliveryBook {
    let options: DeliveryOptions
    let name: String
    let log: Logger
    /// Takes a notice out of the hands of the runner; false while it is under way.
    var withdraw: (UInt64) -> Bool = { _ in true }

    private(set) var queue: [UInt64: QueuedNotice] = [:]
    private(set) var groups: [String: AlertGroup] = [:]
    private(set) var dead: [UInt64: DeadNotice] = [:]
    private var memory: [String: SubjectMemory] = [:]
    private var lastNumber: UInt64 = 0
    private var changes: [String: [UInt8]?] = [:]
    /// Made since the last save, and saved but not committed.
    private var fresh: [UInt64] = []
    private var saved: [UInt64] = []
    private(set) var counts = Counts()
    private var nextCleaning = Timestamp(milliseconds: 0)

    /// Since the start.
    struct Counts {
        var taken = 0
        /// Not wanted by `min_severity`, `rules` and `labels`.
        var filtered = 0
        /// Marked as held by a stage before.
        var held = 0
        /// Repeats, by `repeat_interval`.
        var repeats = 0
        /// Became dead letters because the queue was full.
        var evicted = 0
        /// Dead letters whose time was up.
        var forgotten = 0
    }

    init(_ options: DeliveryOptions, name: String, log: Logger) {
        self.options = options
        self.name = name
        self.log = log
    }

    // MARK: Intake

    func take(_ alert: Alert, at now: Timestamp) {
        guard options.filter.admits(alert) else {
            if alert.held != nil { counts.held += 1 } else { counts.filtered += 1 }
            return
        }
        counts.taken += 1
        guard let repeats = admit(alert, at: now) else { return }
        let grouping = options.grouping
        let isUrgent = alert.severity >= grouping.urgent
        if !isUrgent, let release = grouping.releases.release(at: now) {
            join(AlertGroup.digestID, labels: [], alert, repeats, due: release)
        } else if grouping.keys.isEmpty {
            enqueue(Notice(kind: .alert, created: now, alerts: [alert], repeats: repeats))
        } else {
            let labels = grouping.labels(of: alert)
            let id = AlertGroup.id(labels)
            let start = now + grouping.wait
            let next = groups[id]?.lastNotice.map { $0 + grouping.interval } ?? start
            join(id, labels: labels, alert, repeats, due: max(start, next))
        }
    }

    /// How many repeats have been held back since the last notice about the alert's subject; nil when this is another.
    private func admit(_ alert: Alert, at now: Timestamp) -> Int? {
        let interval = options.grouping.repeatInterval
        guard interval > .zero else { return 0 }
        let subject = Grouping.subject(of: alert)
        let facts = Grouping.facts(of: alert)
        var known = memory[subject] ?? SubjectMemory()
        defer {
            memory[subject] = known
            changes["k/" + subject] = .some(known.encoded)
        }
        if let last = known.lastSent, now - last < interval, alert.severity <= known.severity,
            facts.isSubset(of: known.facts)
        {
            known.repeats += 1
            counts.repeats += 1
            log.info(
                """
                sink '\(name)': alert \(alert.id) (rule \(alert.rule), story \(alert.story ?? "none")) is held back: the \
                same was sent at \(last.rfc3339), and repeat_interval is \(HumanUnits.text(interval))
                """)
            return nil
        }
        defer { known.repeats = 0 }
        let isExpired = known.lastSent.map { now - $0 >= interval } ?? true
        known.lastSent = now
        known.severity = isExpired ? alert.severity : max(known.severity, alert.severity)
        known.facts = isExpired ? facts : known.facts.union(facts)
        return known.repeats
    }

    private func join(
        _ id: String, labels: [(name: String, value: String)], _ alert: Alert, _ repeats: Int, due: Timestamp
    ) {
        var group = groups[id] ?? AlertGroup(id: id, labels: labels)
        if group.pending.isEmpty { group.due = due }
        lastNumber += 1
        group.pending.append((lastNumber, alert))
        group.repeats += repeats
        groups[id] = group
        changes[AlertGroup.key(id, lastNumber)] = .some(alert.line)
        changes["g/" + id] = .some(group.encoded)
    }

    private func enqueue(_ notice: Notice) {
        lastNumber += 1
        queue[lastNumber] = QueuedNotice(number: lastNumber, notice: notice)
        changes[Self.key("n/", lastNumber)] = .some(notice.encoded)
        fresh.append(lastNumber)
        guard options.onFull == .deadLetter else { return }
        while queue.count > options.maxQueued {
            guard
                let oldest = queue.keys.sorted().first(where: {
                    fresh.contains($0) || saved.contains($0) || withdraw($0)
                })
            else { return }
            fresh.removeAll { $0 == oldest }
            saved.removeAll { $0 == oldest }
            counts.evicted += 1
            let reason = "the queue is full (max_queued: \(options.maxQueued))"
            log.error("sink '\(name)': \(reason): notice \(queue[oldest]?.notice.id ?? "") becomes a dead letter")
            bury(oldest, queue[oldest]?.progress ?? Progress(), reason, at: notice.created)
        }
    }

    /// Why nothing more is taken; nil when there is room. What is not committed yet does not count, for it could not be
    /// delivered before there is room.
    var fullReason: String? {
        let waiting = queue.count - fresh.count - saved.count
        guard options.onFull == .block, waiting >= options.maxQueued else { return nil }
        return "\(waiting) notices wait for delivery (max_queued: \(options.maxQueued), on_full: block)"
    }

    // MARK: Groups

    /// Makes notices of the groups that are due; of all of them when nothing more will come.
    func flush(at now: Timestamp, all: Bool = false) {
        for id in groups.keys.sorted() {
            guard var group = groups[id], !group.pending.isEmpty, all || group.due <= now else { continue }
            if !all, group.id != AlertGroup.digestID, let release = options.grouping.releases.release(at: now),
                !group.pending.contains(where: { $0.alert.severity >= options.grouping.urgent })
            {
                group.due = release
                groups[id] = group
                changes["g/" + id] = .some(group.encoded)
                continue
            }
            var rest = group.pending[...]
            while !rest.isEmpty {
                let part = rest.prefix(options.grouping.maxAlerts)
                rest = rest.dropFirst(part.count)
                let isDigest = group.id == AlertGroup.digestID
                enqueue(
                    Notice(
                        kind: isDigest ? .digest : .group, created: now, group: group.labels,
                        alerts: part.map(\.alert), repeats: rest.isEmpty ? group.repeats : 0))
            }
            for (number, _) in group.pending { changes[AlertGroup.key(id, number)] = .some(nil) }
            group.pending = []
            group.repeats = 0
            group.lastNotice = now
            groups[id] = group
            changes["g/" + id] = .some(group.encoded)
        }
        if now >= nextCleaning { clean(at: now) }
    }

    /// Forgets what no decision depends on any more.
    private func clean(at now: Timestamp) {
        nextCleaning = now + .seconds(60)
        for (id, group) in groups
        where group.pending.isEmpty && group.lastNotice.map({ $0 + options.grouping.interval <= now }) ?? true {
            groups[id] = nil
            changes["g/" + id] = .some(nil)
        }
        for (subject, known) in memory
        where known.repeats == 0 && known.lastSent.map({ $0 + options.grouping.repeatInterval <= now }) ?? true {
            memory[subject] = nil
            changes["k/" + subject] = .some(nil)
        }
        for (number, letter) in dead where letter.time + options.keepDead <= now {
            counts.forgotten += 1
            log.warning(
                "sink '\(name)': the dead letter \(letter.id) of \(letter.time.rfc3339) is forgotten (keep_dead_letters)"
            )
            forgetDead(number)
        }
    }

    /// When the next group or digest is due.
    var nextNotice: Timestamp? { groups.values.filter { !$0.pending.isEmpty }.map(\.due).min() }

    var waitingInGroups: Int { groups.values.reduce(0) { $0 + $1.pending.count } }

    // MARK: Outcomes

    func apply(_ outcome: Outcome, at now: Timestamp) {
        switch outcome {
        case .done(let number): drop(number)
        case .progressed(let number, let progress):
            guard queue[number] != nil else { return }
            queue[number]?.progress = progress
            changes[Self.key("r/", number)] = .some(progress.encoded)
        case .dead(let number, let progress, let reason): bury(number, progress, reason, at: now)
        }
    }

    private func drop(_ number: UInt64) {
        guard queue.removeValue(forKey: number) != nil else { return }
        changes[Self.key("n/", number)] = .some(nil)
        changes[Self.key("r/", number)] = .some(nil)
    }

    private func bury(_ number: UInt64, _ progress: Progress, _ reason: String, at now: Timestamp) {
        guard let notice = queue[number]?.notice else { return }
        drop(number)
        let letter = DeadNotice(
            time: now, attempts: progress.attempts, id: notice.id, rule: notice.alerts.first?.rule ?? "",
            count: notice.alerts.count, reason: reason)
        dead[number] = letter
        changes[Self.key("d/", number)] = .some(letter.encoded(notice))
    }

    // MARK: Dead letters

    /// Puts dead letters back into the queue, with the age and attempts of new ones and the ids that they had.
    ///
    /// - Returns: how many.
    func requeue(id: String?, from state: any StateAccess, at now: Timestamp) throws -> Int {
        let numbers = dead.filter { id == nil || $0.value.id == id }.keys.sorted()
        var count = 0
        for number in numbers {
            let key = Self.key("d/", number)
            let bytes = try changes[key] ?? state.value(key)
            guard let bytes, var notice = DeadNotice.notice(bytes) else { continue }
            forgetDead(number)
            let old = notice.id
            notice.created = now
            notice.id = old
            enqueue(notice)
            count += 1
        }
        return count
    }

    func discard(id: String?) -> Int {
        let numbers = dead.filter { id == nil || $0.value.id == id }.keys
        for number in numbers { forgetDead(number) }
        return numbers.count
    }

    private func forgetDead(_ number: UInt64) {
        dead[number] = nil
        changes[Self.key("d/", number)] = .some(nil)
    }

    // MARK: State

    var hasChanges: Bool { !changes.isEmpty }

    func save(to state: any StateAccess) {
        for (key, value) in changes {
            if let value { state.set(key, value) } else { state.remove(key) }
        }
        changes.removeAll(keepingCapacity: true)
        saved += fresh
        fresh = []
    }

    /// What has become durable and may be delivered.
    func takeCommitted() -> [QueuedNotice] {
        defer { saved = [] }
        return saved.compactMap { queue[$0] }
    }

    var hasUncommitted: Bool { !fresh.isEmpty || !saved.isEmpty }

    /// Reads what an earlier run left. What cannot be read stays where it is, and is told of.
    ///
    /// - Returns: the queue.
    func load(_ state: any StateAccess) throws -> [QueuedNotice] {
        var damaged = 0
        for (key, value) in try state.entries(prefix: "n/") {
            guard let number = Self.number(key), let notice = Notice(encoded: value) else {
                damaged += 1
                continue
            }
            queue[number] = QueuedNotice(number: number, notice: notice)
            lastNumber = max(lastNumber, number)
        }
        for (key, value) in try state.entries(prefix: "r/") {
            guard let number = Self.number(key), let progress = Progress(encoded: value) else { continue }
            queue[number]?.progress = progress
        }
        for (key, value) in try state.entries(prefix: "d/") {
            guard let number = Self.number(key), let letter = DeadNotice(encoded: value) else {
                damaged += 1
                continue
            }
            dead[number] = letter
            lastNumber = max(lastNumber, number)
        }
        for (key, value) in try state.entries(prefix: "k/") {
            memory[String(key.dropFirst(2))] = SubjectMemory(encoded: value)
        }
        for (key, value) in try state.entries(prefix: "g/") {
            let id = String(key.dropFirst(2))
            guard let group = AlertGroup(id: id, encoded: value) else {
                damaged += 1
                continue
            }
            groups[id] = group
        }
        for (key, value) in try state.entries(prefix: "p/") {
            let parts = key.split(separator: "/")
            guard parts.count == 3, let number = UInt64(parts[2], radix: 16), let alert = try? Alert(json: value) else {
                damaged += 1
                continue
            }
            let id = String(parts[1])
            groups[id, default: AlertGroup(id: id, labels: [])].pending.append((number, alert))
            lastNumber = max(lastNumber, number)
        }
        if damaged > 0 {
            log.error("sink '\(name)': \(damaged) entries of its queue cannot be read and are left aside in the state")
        }
        return queue.values.sorted { $0.number < $1.number }
    }

    private static func key(_ prefix: String, _ number: UInt64) -> String { prefix + AlertGroup.digits(number) }

    private static func number(_ key: String) -> UInt64? { UInt64(key.dropFirst(2), radix: 16) }
}
