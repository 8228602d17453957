internal import WirewatchDigest
public import WirewatchKit

extension Plugin {
    /// The `noise_control` stage.
    public static let noiseControl = Plugin.statefulStage(
        "noise_control", summary: "Holds alerts back: by silences, by other alerts that explain them, by budgets."
    ) { (options: NoiseControlOptions, context) in NoiseControl(options, context) }
}

/// Marks alerts that nobody is to be told of. They go on to the log with their mark; sinks that tell people leave them out.
///
/// In this order, the first that applies holds: silences, inhibition, budgets.
final class NoiseControl: StatefulStage {
    private let options: NoiseControlOptions
    /// Nil in tests.
    private let context: StageContext?
    private let inhibitions: Inhibitions
    private let budgets: Budgets
    /// Those that operators asked for, from the state; nil before they are read.
    private var asked: SilenceBook?

    init(_ options: NoiseControlOptions, _ context: StageContext? = nil) {
        self.options = options
        self.context = context
        inhibitions = Inhibitions(options.inhibit)
        budgets = Budgets(options.budgets)
    }

    func process(_ event: inout ArticleEvent, state: any StateAccess) throws -> Verdict {
        guard !event.article.alerts.isEmpty else { return .keep }
        try judge(&event.article.alerts, state)
        return .keep
    }

    func tick(_ now: Timestamp, _ alerts: inout [Alert], state: any StateAccess) throws {
        if !alerts.isEmpty { try judge(&alerts, state) }
        alerts += try budgets.summaries(before: now, state)
        try inhibitions.sweep(now, state)
        try book(state).forget(before: now, state)
    }

    private func judge(_ alerts: inout [Alert], _ state: any StateAccess) throws {
        // All of them first: of two alerts of one article either may explain the other.
        for alert in alerts { inhibitions.note(alert, state) }
        for at in alerts.indices where alerts[at].held == nil {
            guard let hold = try hold(alerts[at], state) else { continue }
            alerts[at].held = hold
            context?.count("held_by_\(hold.by.rawValue)")
        }
    }

    private func hold(_ alert: Alert, _ state: any StateAccess) throws -> AlertHold? {
        if let fixed = options.silences.first(where: { $0.matcher.matches(alert) && $0.isActive(at: alert.time) }) {
            return AlertHold(by: .silence, reason: fixed.reason)
        }
        if let silence = try book(state).hold(alert, state) {
            return AlertHold(by: .silence, reason: silence.reason)
        }
        if let reason = try inhibitions.reason(alert, state) { return AlertHold(by: .inhibition, reason: reason) }
        if let reason = try budgets.take(alert, state) { return AlertHold(by: .budget, reason: reason) }
        return nil
    }

    private func book(_ state: any StateAccess) throws -> SilenceBook {
        if let asked { return asked }
        let book = try SilenceBook(state)
        asked = book
        return book
    }

    // MARK: Orders

    func answer(_ request: [UInt8], state: any StateAccess) throws -> [UInt8] {
        let now = context?.clock.now() ?? Timestamp(milliseconds: 0)
        return Silence.json(try book(state).perform(SilenceRequest(json: request), fixed: options.silences, now, state))
    }

    func explain(_ event: ArticleEvent) -> Explanation? {
        let alerts = event.article.alerts
        guard !alerts.isEmpty else { return nil }
        let held = alerts.count { $0.held != nil }
        return Explanation(
            "noise control", detail: "\(held) of \(alerts.count) alerts held back",
            children: alerts.map {
                Explanation("alert of \($0.rule)", held: $0.held == nil, detail: $0.held?.reason ?? "goes out")
            })
    }
}
