internal import WirewatchKit

/// A rule as the stage uses it.
struct Rule: Sendable {
    var id: String
    var about: String?
    var condition: Condition
    var severity: Alert.Severity
    var message: MessageTemplate
    var labels: [String: String]
}

/// A condition, or a combination of conditions.
indirect enum Condition: Sendable {
    case all([Condition])
    case any([Condition])
    /// None of them may hold.
    case except([Condition])
    case topic(TopicCondition)
    case entity(EntityCondition)
    case metric(MetricCondition)
    case text(TextCondition)
    case attribute(AttributeCondition)

    /// Whether some condition that must hold looks at metrics.
    var namesMetric: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains(where: \.namesMetric)
        case .metric: true
        case .except, .topic, .entity, .text, .attribute: false
        }
    }

    /// Whether the condition holds for an article.
    func holds(_ facts: Facts) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.holds(facts) }
        case .any(let parts): parts.contains { $0.holds(facts) }
        case .except(let parts): !parts.contains { $0.holds(facts) }
        case .topic(let condition): condition.holds(facts)
        case .entity(let condition): condition.holds(facts)
        case .metric(let condition): condition.holds(facts)
        case .text(let condition): condition.holds(facts)
        case .attribute(let condition): condition.match(facts) != nil
        }
    }

    /// Collects why a condition that holds does so, each in the order written; an exception that is absent gives no
    /// reason.
    func collect(_ facts: Facts, into found: inout Findings) {
        switch self {
        case .all(let parts): for part in parts { part.collect(facts, into: &found) }
        case .any(let parts): for part in parts where part.holds(facts) { part.collect(facts, into: &found) }
        case .except: break
        case .topic(let condition): condition.collect(facts, into: &found)
        case .entity(let condition): condition.collect(facts, into: &found)
        case .metric(let condition): condition.collect(facts, into: &found)
        case .text(let condition): condition.collect(facts, into: &found)
        case .attribute(let condition): condition.collect(facts, into: &found)
        }
    }

    /// The condition and its parts, each held or not and why.
    func explanation(_ facts: Facts) -> Explanation {
        func group(_ label: String, _ parts: [Condition]) -> Explanation {
            Explanation(label, held: holds(facts), children: parts.map { $0.explanation(facts) })
        }
        return switch self {
        case .all(let parts): group("all", parts)
        case .any(let parts): group("any", parts)
        case .except(let parts): group("not", parts)
        case .topic(let condition): condition.explanation(facts)
        case .entity(let condition): condition.explanation(facts)
        case .metric(let condition): condition.explanation(facts)
        case .text(let condition): condition.explanation(facts)
        case .attribute(let condition): condition.explanation(facts)
        }
    }
}

/// What conditions look at: an article, and where the terms of all rules occur in it.
struct Facts {
    var article: Article
    var terms: [String]
    /// By index of term; spans in reading order.
    var occurrences: [Int: [TextSpan]]
}

/// What the conditions of a rule found, in the order of the conditions.
struct Findings {
    var reasons: [AlertReason] = []
    var metrics: [Metric] = []
    /// The names of the entities that the conditions found.
    var entities: [String] = []
    /// The first words that a text condition found.
    var text: String?
}
