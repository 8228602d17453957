internal import WirewatchDigest
internal import WirewatchKit

/// Which alerts make others needless, and for how long.
///
/// State: `i:`, the inhibition and what both alerts must agree on, with the newest source alert: its time, rule and id.
/// A source alert counts even when it is itself held back, as with Alertmanager.
final class Inhibitions {
    private let rules: [(rule: NoiseControlOptions.Inhibition, name: String)]
    private var nextSweep = Timestamp(milliseconds: .min)

    init(_ rules: [NoiseControlOptions.Inhibition]) {
        // By content, so that its memory outlives another order in the file.
        self.rules = rules.map { rule in
            let words = [rule.source.words, ["->"], rule.target.words, ["="], rule.equal.map(\.name)].flatMap(\.self)
            return (rule, String(SHA256.identifier("inhibition", words.joined(separator: " ")).prefix(16)))
        }
    }

    /// Notes an alert that may make others needless.
    func note(_ alert: Alert, _ state: any StateAccess) {
        for (rule, name) in rules where rule.source.matches(alert) {
            guard let key = key(alert, rule, name) else { continue }
            var writer = StateWriter()
            writer.append(alert.time.milliseconds)
            writer.append(alert.id)
            writer.append(alert.rule)
            writer.append((alert.time + rule.lasting).milliseconds)
            state.set(key, writer.bytes)
        }
    }

    /// Why the alert is needless; nil when it is not.
    func reason(_ alert: Alert, _ state: any StateAccess) throws -> String? {
        // An alert that matches both sides would otherwise hold back itself and its like.
        for (rule, name) in rules where rule.target.matches(alert) && !rule.source.matches(alert) {
            guard let key = key(alert, rule, name), let value = try state.value(key) else { continue }
            var reading = StateReading(value)
            guard let time = reading.integer(), let id = reading.text(), let by = reading.text(), id != alert.id else {
                continue
            }
            let since = Timestamp(milliseconds: time)
            guard alert.time <= since + rule.lasting else { continue }
            let agreed = rule.equal.isEmpty ? "" : ", which agrees on " + rule.equal.map(\.name).joined(separator: ", ")
            return "alert \(id.prefix(12)) of \(by), at \(since.rfc3339)\(agreed)"
        }
        return nil
    }

    /// Forgets source alerts that hold nothing back any more; looks once an hour.
    func sweep(_ now: Timestamp, _ state: any StateAccess) throws {
        guard !rules.isEmpty, now >= nextSweep else { return }
        nextSweep = now + .seconds(3600)
        for (key, value) in try state.entries(prefix: "i:") {
            var reading = StateReading(value)
            if reading.integer() != nil, reading.text() != nil, reading.text() != nil, let end = reading.integer(),
                end >= now.milliseconds
            {
                continue
            }
            state.remove(key)
        }
    }

    /// Nil for an alert that lacks what both must agree on.
    private func key(_ alert: Alert, _ rule: NoiseControlOptions.Inhibition, _ name: String) -> String? {
        let values = rule.equal.flatMap { $0.values(alert) }
        if !values.isEmpty, values.allSatisfy(\.isEmpty) { return nil }
        return "i:\(name):" + SHA256.identifier("equal", values.joined(separator: "\u{1F}"))
    }
}
