internal import WirewatchKit

/// An article for which the conditions of a rule with a window hold, under one of its keys.
struct WindowEvent {
    let rule: Rule
    let window: Window
    let key: String
    let article: Article
    let found: Findings
    let memory: AlertMemory

    var now: Int64 { memory.now }
    var over: Int64 { window.over.milliseconds }

    /// What the window says: the record for an alert, or nil, and a note for `explain`.
    struct Outcome {
        var window: AlertWindow?
        var note: String
        /// Reasons beside those of the article's own conditions.
        var reasons: [AlertReason] = []
    }

    func outcome() throws -> Outcome {
        switch window.kind {
        case .sliding, .tumbling: try counted()
        case .newTerm: try firstSeen()
        case .spike: try spiked()
        case .flatline, .sequence: Outcome(note: "")
        }
    }

    /// Whether an alert of this key at that time still keeps it quiet.
    func isQuiet(since last: Int64, default interval: Int64) -> Bool {
        last != .min && now - last < (rule.repeatInterval?.milliseconds ?? interval)
    }

    func name(_ part: AlertMemory.Part) -> String { AlertMemory.name(part, rule.id, key) }
}
