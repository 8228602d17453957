public import WirewatchKit

/// The rules of the `alert` stage.
public struct AlertOptions: PluginOptions {
    let set: RuleSet

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "rules", .list(of: .object(ruleGroup), nonEmpty: true), required: true,
            "What to raise alerts for: each rule whose conditions hold for an article, and its window if it has one."),
        OptionSpec(
            "macros", .map(of: .oneOrMore(.string()), keyName: "macro"), example: "{robot_makers: [unitree, agibot]}",
            "Lists of words that conditions name by `$robot_makers`, alone or as one of a list. In the list of a `near` "
                + "a macro is one word with alternatives. `$$` at the start of a text stands for `$`."),
    ]

    public init(_ options: OptionReader) throws {
        let reader = ConditionReader()
        var macros = Macros(options)
        var places: [String: SourceLocation] = [:]
        var rules: [Rule] = []
        for value in options.list("rules") {
            guard let rule = options.reader(of: Self.expanded(value, &macros), Self.ruleGroup) else { continue }
            // A rule without an id or conditions was reported by the check of the specs.
            guard let id = rule.string("id"), let when = rule.group("when", Self.conditionGroup) else { continue }
            if let first = places.updateValue(rule.location("id"), forKey: id) {
                rule.report(
                    "rule '\(id)' is defined already at \(first.file):\(first.line); give one of them another id",
                    at: rule.location("id"))
            }
            if id.unicodeScalars.contains(where: { $0.value < 0x20 }) {
                rule.report("the id of a rule cannot hold control characters", at: rule.location("id"))
            }
            var conditions: [Condition] = []
            switch reader.conditions(of: when) {
            case .all(let parts)?: conditions = parts
            case let condition?: conditions = [condition]
            case nil: break
            }
            let exceptions = reader.exceptions(of: rule)
            if !exceptions.isEmpty { conditions.append(.except(exceptions)) }
            rules.append(Self.rule(id, rule, .all(conditions), reader))
        }
        macros.warnOfUnused()
        set = RuleSet(rules: rules, terms: reader.terms, patterns: reader.patterns)
    }

    /// The rule with macros filled in where conditions stand.
    private static func expanded(_ rule: OptionValue, _ macros: inout Macros) -> OptionValue {
        guard case .map(var entries) = rule.content else { return rule }
        for index in entries.indices where ["when", "not", "window"].contains(entries[index].key) {
            entries[index].value = macros.expanded(entries[index].value)
        }
        return OptionValue(.map(entries), at: rule.location)
    }

    private static func rule(
        _ id: String, _ reader: OptionReader, _ condition: Condition, _ conditions: ConditionReader
    ) -> Rule {
        var rule = Rule(id: id, about: reader.string("description"), condition: condition)
        rule.window = reader.group("window", windowGroup).flatMap { Window($0, condition, conditions) }
        rule.isOncePerStory = reader.string("once_per") != "article"
        if reader.raw("window") != nil, reader.raw("once_per") != nil {
            reader.report(
                "'once_per' is for rules without a window; a window has 'by' and 'distinct'",
                at: reader.location("once_per"))
        }
        if let alert = reader.group("alert", alertGroup) { read(alert, reader, &rule) }
        rule.tests = reader.list("tests").compactMap { value in
            reader.reader(of: value, testGroup).flatMap { RuleTest($0) }
        }
        return rule
    }

    private static func read(_ alert: OptionReader, _ reader: OptionReader, _ rule: inout Rule) {
        rule.severity = alert.string("severity").flatMap(Alert.Severity.init) ?? .medium
        for entry in alert.entries("labels") { rule.labels[entry.key] = OptionReader.text(entry.value) ?? "" }
        rule.repeatInterval = alert.duration("repeat_interval")
        if rule.repeatInterval != nil, let kind = rule.window?.kind, [.newTerm, .flatline, .sequence].contains(kind) {
            alert.report(
                "'repeat_interval' means nothing for a window of kind '\(kind.rawValue)'",
                at: alert.location("repeat_interval"))
        } else if rule.repeatInterval != nil, rule.window == nil, !rule.isOncePerStory {
            alert.report(
                "'repeat_interval' is for stories and windows; the rule has 'once_per: article'",
                at: alert.location("repeat_interval"))
        }
        rule.updateSources = alert.list("update_sources").compactMap { OptionReader.text($0).flatMap { Int($0) } }
            .sorted()
        if !rule.updateSources.isEmpty, rule.window != nil || !rule.isOncePerStory {
            alert.report(
                """
                'update_sources' is for rules that raise one alert for each story; the rule has \
                \(rule.window == nil ? "'once_per: article'" : "a window")
                """, at: alert.location("update_sources"))
        }
        guard let text = alert.string("message") else { return }
        do {
            rule.message = try MessageTemplate(text)
        } catch {
            return alert.report(error.description, at: alert.location("message"))
        }
        let steps = rule.window?.steps ?? []
        if let name = rule.message.metricPlaceholder,
            !([rule.condition] + steps).contains(where: \.namesMetric) || rule.window?.kind == .flatline
        {
            alert.warn(
                "the message uses '{\(name)}', but the rule has no 'metric' condition, so that it stays empty",
                at: alert.location("message"))
        }
        if let name = rule.message.windowPlaceholder, rule.window == nil, reader.raw("window") == nil {
            alert.warn(
                "the message uses '{\(name)}', but the rule has no window, so that it stays empty",
                at: alert.location("message"))
        }
    }
}
