internal import Glibc
internal import WirewatchKit

/// Windows that compare a count with its own past.
///
/// The time is cut into buckets of the window's length. The score is that of the robust z-score (Iglewicz and Hoaglin,
/// 1993) of the logarithm of the running bucket's count among those of the baseline.
extension WindowEvent {
    /// Counts of 4, 4, 4, 4 do not vary at all, which says little of the fifth: the deviation is at least that of a
    /// count that rises by a half.
    private static let leastDeviation = 0.4

    private struct Past {
        var last = Int64.min
        var bucket: Int64
        /// Of the running bucket.
        var members: Set<UInt64> = []
        /// Of earlier buckets that were not empty.
        var counts: [(bucket: Int64, count: Int64)] = []
    }

    func spiked() throws -> Outcome {
        let begin = try memory.begin(rule.id, keep: window.baseline.milliseconds * 2)
        let bucket = now / over
        var past = try load(bucket)
        if past.bucket < bucket {
            past.counts.append((past.bucket, Int64(past.members.count)))
            past.bucket = bucket
            past.members = []
        }
        let buckets = window.baseline.milliseconds / over
        past.counts.removeAll { $0.bucket < bucket - buckets }
        for member in window.members(article, found) where past.members.count < 4096 {
            past.members.insert(AlertMemory.hash(member))
        }
        let outcome = judged(past, begin: begin, buckets: buckets)
        if outcome.window != nil { past.last = now }
        store(past)
        return outcome
    }

    private func judged(_ past: Past, begin: Int64, buckets: Int64) -> Outcome {
        let count = past.members.count
        let known = min(buckets, past.bucket - begin / over)
        let note = "\(count) in this \(HumanUnits.text(window.over))"
        if now &- begin < window.warmUp.milliseconds || known < 2 {
            return Outcome(note: "\(note); the rule warms up")
        }
        // A count must be remarkable by itself too: one after none is no spike.
        let least = window.count ?? Self.leastCount
        if !least.holds(Double(count)) { return Outcome(note: "\(note), which is not \(least)") }
        let filled = past.counts.map { log(1 + Double($0.count)) }
        let values = (filled + Array(repeating: 0, count: max(0, Int(known) - filled.count))).sorted()
        let median = Self.median(values)
        let deviation = 1.4826 * Self.median(values.map { abs($0 - median) }.sorted())
        let score = (log(1 + Double(count)) - median) / max(deviation, Self.leastDeviation)
        let shown = "\(note), score \((score * 10).rounded() / 10) of \(window.score) beside \(values.count) before"
        if score < window.score { return Outcome(note: shown) }
        if isQuiet(since: past.last) {
            return Outcome(note: "\(shown); an alert was raised before")
        }
        return Outcome(
            window: window.record(key: key, from: past.bucket * over, to: now, count: count), note: shown)
    }

    private static let leastCount = Comparison(.atLeast, 5)

    private static func median(_ sorted: [Double]) -> Double {
        if sorted.isEmpty { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    // MARK: State

    private func load(_ bucket: Int64) throws -> Past {
        var past = Past(bucket: bucket)
        guard var reading = try memory.read(name(.spike)), let last = reading.integer(),
            let running = reading.integer(), let members = reading.integer()
        else { return past }
        past.last = last
        past.bucket = min(running, bucket)
        for _ in 0..<max(0, min(members, 4096)) { if let member = reading.hash() { past.members.insert(member) } }
        for _ in 0..<reading.left(16) {
            guard let bucket = reading.integer(), let count = reading.integer() else { break }
            past.counts.append((bucket, count))
        }
        return past
    }

    private func store(_ past: Past) {
        memory.write(name(.spike), keep: Swift.max(window.baseline.milliseconds + over, quiet)) { writer in
            writer.append(past.last)
            writer.append(past.bucket)
            writer.append(Int64(past.members.count))
            for member in past.members.sorted() { writer.append(member) }
            for (bucket, count) in past.counts {
                writer.append(bucket)
                writer.append(count)
            }
        }
    }
}
