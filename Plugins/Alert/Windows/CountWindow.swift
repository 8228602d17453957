internal import WirewatchKit

/// Windows that count, sliding or tumbling.
extension WindowEvent {
    private struct Entry {
        var time: Int64
        var member: UInt64
        /// NaN where the article has no such quantity.
        var amount: Double
    }

    /// More members of one window are not kept; the oldest go first.
    private static let limit = 1024

    /// Puts the article's members into the window, and says whether it now holds what it must.
    func counted() throws -> Outcome {
        var (last, entries) = try load()
        let bucket = now / over
        let isTumbling = window.kind == .tumbling
        entries.removeAll { isTumbling ? $0.time / over != bucket : $0.time <= now - over }
        let amount = amount()
        for member in window.members(article, found) {
            var entry = Entry(time: now, member: AlertMemory.hash(member), amount: amount)
            if let index = entries.firstIndex(where: { $0.member == entry.member }) {
                let old = entries.remove(at: index).amount
                if entry.amount.isNaN || old > entry.amount { entry.amount = old }
            }
            entries.append(entry)
        }
        if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
        let outcome = judged(entries, last: last)
        if outcome.window != nil { last = now }
        store(last, entries)
        return outcome
    }

    private func judged(_ entries: [Entry], last: Int64) -> Outcome {
        let amounts = entries.map(\.amount).filter { !$0.isNaN }
        let total = window.sum != nil ? amounts.reduce(0, +) : window.max != nil ? amounts.max() : nil
        var note = "\(entries.count) in \(HumanUnits.text(window.over))"
        if let total { note += ", \(MessageTemplate.text(of: .value(total)))" }
        if let count = window.count, !count.holds(Double(entries.count)) {
            return Outcome(note: "\(note), which is not \(count)")
        }
        if let wanted = window.sum ?? window.max, !(total.map(wanted.holds) ?? false) {
            return Outcome(note: "\(note), which is not \(wanted)")
        }
        let isNewBucket = window.kind == .tumbling && last != .min && last / over != now / over
        if !isNewBucket, isQuiet(since: last) {
            return Outcome(note: "\(note); an alert was raised \(HumanUnits.text(.milliseconds(now &- last))) before")
        }
        let from = entries.map(\.time).min() ?? now
        return Outcome(
            window: window.record(key: key, from: from, to: now, count: entries.count, sum: total), note: note)
    }

    /// The largest of the article's quantities that the window adds up.
    private func amount() -> Double {
        guard let wanted = window.sum ?? window.max else { return .nan }
        return found.metrics.flatMap { MetricCondition.amounts(of: $0, in: wanted.unit) }.max() ?? .nan
    }

    // MARK: State

    private func load() throws -> (last: Int64, entries: [Entry]) {
        guard var reading = try memory.read(name(.count)), let last = reading.integer() else { return (.min, []) }
        var entries: [Entry] = []
        for _ in 0..<reading.left(24) {
            guard let time = reading.integer(), let member = reading.hash(), let amount = reading.number() else {
                break
            }
            entries.append(Entry(time: time, member: member, amount: amount))
        }
        return (last, entries)
    }

    private func store(_ last: Int64, _ entries: [Entry]) {
        memory.write(name(.count), keep: Swift.max(over, quiet)) { writer in
            writer.append(last)
            for entry in entries {
                writer.append(entry.time)
                writer.append(entry.member)
                writer.append(entry.amount)
            }
        }
    }
}
