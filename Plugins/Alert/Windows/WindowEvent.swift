internal import WirewatchDigest
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
    }

    func outcome() throws -> Outcome {
        switch window.kind {
        case .sliding, .tumbling: try counted()
        case .newTerm: try firstSeen()
        case .spike: try spiked()
        case .flatline, .sequence: Outcome(note: "")
        }
    }

    /// For how long the key is quiet after an alert, in milliseconds.
    var quiet: Int64 {
        if let interval = rule.repeatInterval { return interval.milliseconds }
        return window.kind == .spike ? Swift.max(over, 86_400_000) : over
    }

    /// The alert's id: of the rule, the key and the stretch of time, for two alerts of a key never fall into one. What a
    /// crash took back and comes again, some seconds later and perhaps in another order, so has the id that it had.
    var alertID: String {
        let stretch = window.kind == .tumbling ? "\(now / over) \(now / quiet)" : "\(now / quiet)"
        return SHA256.identifier("alert", rule.id, window.kind.rawValue, key, stretch)
    }

    /// Whether an alert of this key at that time still keeps it quiet.
    func isQuiet(since last: Int64) -> Bool { last != .min && now &- last < quiet }

    func name(_ part: AlertMemory.Part) -> String { AlertMemory.name(part, rule.id, key) }
}
