public import WirewatchKit

/// What the `noise_control` stage holds back.
public struct NoiseControlOptions: PluginOptions {
    /// While a source alert is fresh, targets that agree with it are held.
    struct Inhibition: Sendable, Hashable {
        var source: AlertMatcher
        var target: AlertMatcher
        /// What both must have the same value of.
        var equal: [AlertMatcher.Subject]
        /// For how long after the source alert.
        var lasting: Duration
    }

    /// How many alerts may go out in a time.
    struct Budget: Sendable, Hashable {
        /// What each has a budget of its own for.
        enum Key: String, Sendable, CaseIterable { case rule, source, topic, all }

        var matcher: AlertMatcher
        var atMost: Int
        var per: Duration
        var key: Key
    }

    var silences: [Silence] = []
    var inhibit: [Inhibition] = []
    var budgets: [Budget] = []

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "silences", .list(of: .object(silenceGroup)), example: "[{match: {source: acme}, until: 2026-03-01}]",
            "Alerts that are held back for a time or for good; `wirewatch silence add` makes such while the daemon runs."
        ),
        OptionSpec(
            "inhibit", .list(of: .object(inhibitGroup)),
            example: "[{source: {severity: critical}, target: {severity: \"< critical\"}, equal: [story]}]",
            "Alerts that are held back because another alert has told more."),
        OptionSpec(
            "budgets", .list(of: .object(budgetGroup)),
            example: "[{match: {severity: \"<= low\"}, at_most: 20, per: 1d}]",
            "How many alerts may go out in a time; what was held back is told in one summary when the time is over."),
    ]

    private static let silenceGroup = OptionGroup("silence", "A time of quiet.") {
        [
            OptionSpec("match", .object(AlertMatcher.group), required: true, "Which alerts are held back."),
            OptionSpec("from", .string(), example: "2026-02-01T08:00:00Z", "When it begins; without it always."),
            OptionSpec("until", .string(), example: "2026-03-01", "When it ends; without it never."),
            OptionSpec("comment", .string(), "Why; it stands in the records of what is held back."),
        ]
    }

    private static let inhibitGroup = OptionGroup("inhibition", "An alert that makes others needless.") {
        [
            OptionSpec("source", .object(AlertMatcher.group), required: true, "The alerts that tell more."),
            OptionSpec("target", .object(AlertMatcher.group), required: true, "The alerts that are held back then."),
            OptionSpec(
                "equal", .oneOrMore(.string()), default: "story", example: "[story, label.team]",
                "What both alerts must agree on: `rule`, `source`, `story`, `key`, `severity`, `title` or `label.NAME`. "
                    + "Alerts that have none of it never agree."),
            OptionSpec(
                "for", .duration(.seconds(1)...(.seconds(86_400 * 366))), default: "1d",
                "For how long after the alert of `source`."),
        ]
    }

    private static let budgetGroup = OptionGroup("budget", "How many alerts may go out in a time.") {
        [
            OptionSpec("match", .object(AlertMatcher.group), "Which alerts it is for. Default: all."),
            OptionSpec("at_most", .integer(1...100_000), required: true, "How many may go out."),
            OptionSpec(
                "per", .duration(.seconds(1)...(.seconds(86_400 * 366))), default: "1d",
                "The time, counted from each multiple of it to the next, in UTC."),
            OptionSpec(
                "by",
                .choice([
                    ("rule", "each rule"), ("source", "each source of articles"),
                    ("topic", "the article's first topic"),
                    ("all", "all alerts together"),
                ]), default: "rule", "What has a budget of its own."),
        ]
    }

    public init(_ options: OptionReader) throws {
        silences = options.list("silences").compactMap { value in
            options.reader(of: value, Self.silenceGroup).flatMap(Silence.init(fixed:))
        }
        inhibit = options.list("inhibit").compactMap { value in
            options.reader(of: value, Self.inhibitGroup).flatMap(Inhibition.init)
        }
        budgets = options.list("budgets").compactMap { value in
            options.reader(of: value, Self.budgetGroup).flatMap(Budget.init)
        }
    }
}

extension Silence {
    /// One that stands in the configuration.
    init?(fixed reader: OptionReader) {
        guard let match = reader.group("match", AlertMatcher.group) else { return nil }
        func time(_ name: String) -> Timestamp? {
            guard let text = reader.string(name) else { return nil }
            if let time = PublicationDate(text: text)?.timestamp { return time }
            reader.report(
                "'\(text)' is no time; write it as 2026-03-01 or 2026-03-01T08:00:00Z", at: reader.location(name))
            return nil
        }
        let from = time("from") ?? Silence.earliest
        let until = time("until") ?? Silence.never
        if until <= from {
            reader.report("the silence ends before it begins; mend 'from' or 'until'", at: reader.location("until"))
        }
        self.init(
            id: "", matcher: AlertMatcher(match), from: from, until: until, comment: reader.string("comment") ?? "")
    }

    /// As records of what it held back tell it.
    var reason: String {
        var text = id.isEmpty ? "silence of the configuration" : "silence \(id)"
        if until < Silence.never { text += " until \(until.rfc3339)" }
        if !author.isEmpty { text += ", by \(author)" }
        return comment.isEmpty ? text : "\(text): \(comment)"
    }
}

extension NoiseControlOptions.Inhibition {
    init?(_ reader: OptionReader) {
        guard let source = reader.group("source", AlertMatcher.group),
            let target = reader.group("target", AlertMatcher.group)
        else { return nil }
        var equal: [AlertMatcher.Subject] = []
        for name in reader.strings("equal") {
            if let subject = AlertMatcher.Subject(name: name), subject != .topic {
                equal.append(subject)
            } else {
                let names = ["rule", "source", "story", "key", "severity", "title"]
                let rest = "; there are \(names.joined(separator: ", ")) and label.NAME"
                let hint = Spelling.hint(name, among: names)
                reader.report(
                    "alerts cannot agree on '\(name)'" + (hint.isEmpty ? rest : hint), at: reader.location("equal"))
            }
        }
        self.init(
            source: AlertMatcher(source), target: AlertMatcher(target), equal: equal,
            lasting: reader.duration("for") ?? .seconds(86_400))
    }
}

extension NoiseControlOptions.Budget {
    init?(_ reader: OptionReader) {
        guard let atMost = reader.integer("at_most"), let per = reader.duration("per") else { return nil }
        self.init(
            matcher: reader.group("match", AlertMatcher.group).map { AlertMatcher($0) } ?? AlertMatcher(),
            atMost: atMost, per: per, key: reader.string("by").flatMap(Key.init) ?? .rule)
    }
}
