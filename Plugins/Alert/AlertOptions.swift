public import WirewatchKit
internal import WirewatchText

/// The rules of the `alert` stage.
public struct AlertOptions: PluginOptions {
    var rules: [Rule]
    /// The terms of all rules' conditions on text; conditions hold indices into it.
    var terms: [Term]

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "rules", .list(of: .object(ruleGroup), nonEmpty: true), required: true,
            "What to raise alerts for. Each rule whose conditions hold for an article raises one alert.")
    ]

    public init(_ options: OptionReader) throws {
        let reader = ConditionReader()
        var places: [String: SourceLocation] = [:]
        rules = []
        for value in options.list("rules") {
            guard let rule = options.reader(of: value, Self.ruleGroup) else { continue }
            // A rule without an id or conditions was reported by the check of the specs.
            guard let id = rule.string("id"), let when = rule.group("when", Self.conditionGroup) else { continue }
            if let first = places.updateValue(rule.location("id"), forKey: id) {
                rule.report(
                    "rule '\(id)' is defined already at \(first.file):\(first.line); give one of them another id",
                    at: rule.location("id"))
            }
            var conditions: [Condition] = []
            switch reader.conditions(of: when) {
            case .all(let parts)?: conditions = parts
            case let condition?: conditions = [condition]
            case nil: break
            }
            let exceptions = reader.exceptions(of: rule)
            if !exceptions.isEmpty { conditions.append(.except(exceptions)) }
            rules.append(Self.rule(id, rule, .all(conditions)))
        }
        terms = reader.terms
    }

    private static func rule(_ id: String, _ rule: OptionReader, _ condition: Condition) -> Rule {
        let alert = rule.group("alert", alertGroup)
        var message = MessageTemplate.title
        if let alert, let text = alert.string("message") {
            do {
                message = try MessageTemplate(text)
                if let name = message.metricPlaceholder, !condition.namesMetric {
                    alert.warn(
                        "the message uses '{\(name)}', but the rule has no 'metric' condition, so that it stays empty",
                        at: alert.location("message"))
                }
            } catch {
                alert.report(error.description, at: alert.location("message"))
            }
        }
        var labels: [String: String] = [:]
        for entry in alert?.entries("labels") ?? [] { labels[entry.key] = OptionReader.text(entry.value) ?? "" }
        return Rule(
            id: id, about: rule.string("description"), condition: condition,
            severity: alert?.string("severity").flatMap(Alert.Severity.init) ?? .medium, message: message,
            labels: labels)
    }
}
