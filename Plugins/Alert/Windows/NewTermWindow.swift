internal import WirewatchKit

extension WindowEvent {
    /// Whether the key was not seen for the window's time.
    func firstSeen() throws -> Outcome {
        let begin = try memory.begin(rule.id, keep: Swift.max(over, window.warmUp.milliseconds) * 2)
        var reading = try memory.read(name(.newTerm))
        let last = reading?.integer()
        // Renewed in steps, for each write costs; so a key may be forgotten by a sixteenth of the time too soon.
        if last.map({ now &- $0 >= over / 16 }) ?? true {
            memory.write(name(.newTerm), keep: over) { $0.append(now) }
        }
        if let last, now &- last < over {
            return Outcome(note: "seen \(HumanUnits.text(.milliseconds(now &- last))) before, or less")
        }
        if now &- begin < window.warmUp.milliseconds {
            return Outcome(note: "new, but the rule warms up for \(HumanUnits.text(window.warmUp))")
        }
        return Outcome(
            window: window.record(key: key, from: now, to: now, count: 1),
            note: "not seen for \(HumanUnits.text(window.over))")
    }
}
