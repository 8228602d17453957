internal import WirewatchDigest
public import WirewatchKit
internal import WirewatchPattern

extension Plugin {
    /// The `alert` stage.
    public static let alert = Plugin.statefulStage(
        "alert", summary: "Raises an alert for each rule whose conditions hold, with the text that made them hold."
    ) { (options: AlertOptions, context) in AlertStage(options, context) }
}

/// Judges every article by every rule that may hold for it.
///
/// What it finds in an article depends on the article alone; whether that raises an alert may depend on the state too:
/// on windows, and on what a story has raised before.
final class AlertStage: StatefulStage {
    let set: RuleSet
    /// Nil in tests.
    private let context: StageContext?
    /// By index of rule: when a key of a `flatline` may next have been silent for too long. Made from the state.
    private var silenceDue: [Int: Int64] = [:]
    /// Of the last article, by index of rule: what a window or a story made of the rule, for `explain`.
    private(set) var notes: [Int: [Explanation]] = [:]
    /// By index of pattern: searches that gave up.
    private(set) var gaveUp: [Int: Int] = [:]

    init(_ options: AlertOptions, _ context: StageContext? = nil) {
        set = options.set
        self.context = context
    }

    func process(_ event: inout ArticleEvent, state: any StateAccess) throws -> Verdict {
        let memory = AlertMemory(state: state, now: event.article.received.milliseconds)
        notes.removeAll(keepingCapacity: true)
        var alerts: [Alert] = []
        if !set.silences.isEmpty { alerts += try silences(memory) }
        let facts = Facts(event.article, set)
        for number in set.index.candidates(facts) { alerts += try judge(number, facts, memory) }
        if set.hasWindows || event.article.story != nil { try memory.sweep() }
        tell(facts.gaveUp)
        // Alerts of another stage stay.
        event.article.alerts += alerts
        return .keep
    }

    func tick(_ now: Timestamp, _ alerts: inout [Alert], state: any StateAccess) throws {
        guard set.silences.contains(where: { now.milliseconds >= silenceDue[$0] ?? .min }) else { return }
        alerts += try silences(AlertMemory(state: state, now: now.milliseconds))
    }

    // MARK: Judging

    private func judge(_ number: Int, _ facts: Facts, _ memory: AlertMemory) throws -> [Alert] {
        let rule = set.rules[number]
        if let window = rule.window, window.kind == .sequence {
            return try sequence(SequenceWindow(rule: rule, window: window, memory: memory), number, facts)
        }
        guard rule.quick.holds(facts) else { return [] }
        var found = Findings()
        rule.condition.collect(facts, into: &found)
        let article = facts.article
        guard let window = rule.window else {
            guard rule.isOncePerStory, let story = article.story?.id else {
                return [alert(rule, SHA256.identifier("alert", rule.id, article.id), article, found)]
            }
            let notice = StoryNotice(rule: rule, article: article, story: story, memory: memory)
            let (id, note, update) = try notice.decide(found)
            if let update { found.reasons.append(update) }
            self.note(number, "once a story", id != nil, note)
            if id == nil { context?.count("story_repeats_held_back") }
            return id.map { [alert(rule, $0, article, found)] } ?? []
        }
        let keys = window.keys(article, found)
        if keys.isEmpty, let by = window.by { note(number, "window", false, "the article has no \(by.rawValue)") }
        return try keys.compactMap { key in
            if window.kind == .flatline {
                try FlatlineWindow(rule: rule, window: window, memory: memory).note(key, article)
                silenceDue[number] = min(silenceDue[number] ?? .max, memory.now + window.over.milliseconds)
                note(number, label(window, key), false, "noted; an alert is raised when no more comes")
                return nil
            }
            let event = WindowEvent(
                rule: rule, window: window, key: key, article: article, found: found, memory: memory)
            let outcome = try event.outcome()
            note(number, label(window, key), outcome.window != nil, outcome.note)
            return outcome.window.map { alert(rule, event.alertID, article, found, $0) }
        }
    }

    private func sequence(_ sequence: SequenceWindow, _ number: Int, _ facts: Facts) throws -> [Alert] {
        let ended = try sequence.step(facts)
        let (rule, window) = (sequence.rule, sequence.window)
        if ended.isEmpty { note(number, "sequence", false, "it does not end with this article") }
        return ended.map { end in
            var found = end.found
            let (key, begin, title) = (end.key, end.begin, end.title)
            let record = window.record(key: key, from: begin, to: sequence.memory.now, count: window.steps.count + 1)
            let ago = HumanUnits.text(.milliseconds(sequence.memory.now &- begin))
            found.reasons.append(AlertReason(condition: "sequence, begun \(ago) before", span: nil, text: title))
            note(number, label(window, key), true, "begun \(ago) before by '\(title)'")
            let id = SHA256.identifier("alert", rule.id, "sequence", key, end.first, facts.article.id)
            return alert(rule, id, facts.article, found, record)
        }
    }

    /// Alerts for what is silent now; each is about the last article of its key.
    private func silences(_ memory: AlertMemory) throws -> [Alert] {
        var alerts: [Alert] = []
        for number in set.silences {
            let rule = set.rules[number]
            guard let window = rule.window, memory.now >= silenceDue[number] ?? .min else { continue }
            let (keys, next) = try FlatlineWindow(rule: rule, window: window, memory: memory).silent()
            silenceDue[number] = next
            for (key, last) in keys {
                var article = Article()
                article.id = last.article
                article.source = last.source
                article.title = last.title
                article.url = last.url.isEmpty ? nil : last.url
                // Of the moment when it was silent for too long, not of that when this was noticed: that may be another
                // after a crash.
                let due = last.time &+ window.over.milliseconds
                article.received = Timestamp(milliseconds: due)
                let since = Timestamp(milliseconds: last.time).rfc3339
                let found = Findings(reasons: [
                    AlertReason(
                        condition:
                            "no article of \(window.by?.rawValue ?? "") \(key) for \(HumanUnits.text(window.over))",
                        span: nil, text: "the last came at \(since)")
                ])
                let record = window.record(key: key, from: last.time, to: due, count: 0)
                let id = SHA256.identifier("alert", rule.id, "silence", key, last.article)
                alerts.append(alert(rule, id, article, found, record))
            }
        }
        return alerts
    }

    private func alert(
        _ rule: Rule, _ id: String, _ article: Article, _ found: Findings, _ window: AlertWindow? = nil
    ) -> Alert {
        Alert(
            id: id, time: article.received, severity: rule.severity, rule: rule.id, title: article.title,
            url: article.canonicalURL ?? article.url, source: article.source, published: article.published,
            message: rule.message.filled(rule: rule.id, article: article, found: found, window: window),
            story: article.story?.id, because: found.reasons, metrics: found.metrics, topics: article.topics,
            window: window, labels: rule.labels)
    }

    // MARK: Telling

    private func label(_ window: Window, _ key: String) -> String {
        "window \(window.kind.rawValue) of \(HumanUnits.text(window.over))"
            + (window.by.map { " for \($0.rawValue) \(key)" } ?? "")
    }

    private func note(_ number: Int, _ label: String, _ held: Bool, _ detail: String) {
        notes[number, default: []].append(Explanation(label, held: held, detail: detail))
    }

    /// Logs a pattern whose search gave up: the first time, and then at each power of ten.
    private func tell(_ stopped: [(pattern: Int, reason: String)]) {
        for (pattern, reason) in stopped {
            context?.count("patterns_given_up")
            let count = (gaveUp[pattern] ?? 0) + 1
            gaveUp[pattern] = count
            guard String(count).first == "1", String(count).dropFirst().allSatisfy({ $0 == "0" }) else { continue }
            context?.log.warning(
                """
                the search for the pattern '\(set.patterns[pattern].text)' gave up \(count == 1 ? "" : "\(count) times, ")\
                (\(reason)): it counts as not found in that article; make it simpler
                """)
        }
    }
}
