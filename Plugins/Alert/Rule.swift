internal import WirewatchKit

/// A rule as the stage uses it.
struct Rule: Sendable {
    var id: String
    var about: String?
    let condition: Condition
    /// The same, for judging.
    let quick: Condition
    var severity = Alert.Severity.medium
    var message = MessageTemplate.title
    var labels: [String: String] = [:]
    /// Nil for a rule that looks at one article at a time.
    var window: Window?
    /// Whether further articles of a story raise nothing.
    var isOncePerStory = true
    /// After which an alert of the same key may come again; nil for never, or for the window's own time.
    var repeatInterval: Duration?
    /// At how many sources of a story its alert comes again as an update; ascending.
    var updateSources: [Int] = []
    var tests: [RuleTest] = []

    init(id: String, about: String?, condition: Condition) {
        self.id = id
        self.about = about
        self.condition = condition
        quick = condition.quick
    }
}

/// A condition, or a combination of conditions.
indirect enum Condition: Sendable {
    case all([Condition])
    case any([Condition])
    /// None of them may hold.
    case except([Condition])
    /// So many of them, or more, must hold.
    case atLeast(Int, [Condition])
    case leaf(any LeafCondition)

    /// Whether some condition that must hold looks at metrics.
    var namesMetric: Bool {
        switch self {
        case .all(let parts), .any(let parts), .atLeast(_, let parts): parts.contains(where: \.namesMetric)
        case .leaf(let leaf): leaf is MetricCondition
        case .except: false
        }
    }

    /// Whether the condition holds for an article.
    func holds(_ facts: Facts) -> Bool {
        switch self {
        case .all(let parts): return parts.allSatisfy { $0.holds(facts) }
        case .any(let parts): return parts.contains { $0.holds(facts) }
        case .except(let parts): return !parts.contains { $0.holds(facts) }
        case .atLeast(let wanted, let parts):
            var held = 0
            for part in parts where part.holds(facts) {
                held += 1
                if held >= wanted { return true }
            }
            return false
        case .leaf(let leaf): return leaf.holds(facts)
        }
    }

    /// The same condition with what is judged soonest first, for when it is judged and not explained.
    var quick: Condition {
        func sorted(_ parts: [Condition]) -> [Condition] {
            parts.map(\.quick).enumerated()
                .sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
        }
        switch self {
        case .all(let parts): return parts.count == 1 ? parts[0].quick : .all(sorted(parts))
        case .any(let parts): return .any(sorted(parts))
        case .except(let parts): return .except(sorted(parts))
        case .atLeast(let wanted, let parts): return .atLeast(wanted, sorted(parts))
        case .leaf: return self
        }
    }

    /// What judging costs, roughly.
    private var cost: Int {
        switch self {
        case .all(let parts), .any(let parts), .except(let parts), .atLeast(_, let parts):
            return parts.reduce(0) { $0 + $1.cost }
        case .leaf(let leaf as TextCondition): return leaf.patterns.isEmpty ? 1 + leaf.any.count / 16 : 1000
        case .leaf(let leaf): return leaf is MetricCondition ? 20 : leaf is NearCondition ? 10 : 4
        }
    }

    /// Whether anything that speaks for the condition holds, exceptions left aside.
    func holdsInPart(_ facts: Facts) -> Bool {
        switch self {
        case .all(let parts), .any(let parts), .atLeast(_, let parts): parts.contains { $0.holdsInPart(facts) }
        case .except: false
        case .leaf(let leaf): leaf.holds(facts)
        }
    }

    /// Collects why a condition that holds does so, each in the order written; an exception that is absent gives no
    /// reason.
    func collect(_ facts: Facts, into found: inout Findings) {
        switch self {
        case .all(let parts): for part in parts { part.collect(facts, into: &found) }
        case .any(let parts), .atLeast(_, let parts):
            for part in parts where part.holds(facts) { part.collect(facts, into: &found) }
        case .except: break
        case .leaf(let leaf): leaf.collect(facts, into: &found)
        }
    }

    /// The condition and its parts, each held or not and why.
    func explanation(_ facts: Facts) -> Explanation {
        func group(_ label: String, _ parts: [Condition], _ detail: String? = nil) -> Explanation {
            Explanation(label, held: holds(facts), detail: detail, children: parts.map { $0.explanation(facts) })
        }
        switch self {
        case .all(let parts): return group("all", parts)
        case .any(let parts): return group("any", parts)
        case .except(let parts): return group("not", parts)
        case .atLeast(let wanted, let parts):
            return group("at least \(wanted) of \(parts.count)", parts, "\(parts.count { $0.holds(facts) }) hold")
        case .leaf(let leaf): return leaf.explanation(facts)
        }
    }
}
