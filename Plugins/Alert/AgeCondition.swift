internal import WirewatchKit

/// On how long before its arrival the article was published.
struct AgeCondition: LeafCondition {
    var comparison: DurationComparison

    private var label: String { "age \(comparison)" }

    /// Nil when the article has no date. A date without a time counts from its first moment, so an article is never
    /// taken for younger than it is.
    private func age(_ facts: Facts) -> Duration? {
        facts.article.published.map { facts.article.received - $0.timestamp }
    }

    func holds(_ facts: Facts) -> Bool { age(facts).map(comparison.holds) ?? false }

    var clauses: [[Atom]] { [] }

    func collect(_ facts: Facts, into found: inout Findings) {
        let text = facts.article.published?.text ?? ""
        found.reasons.append(AlertReason(condition: label, span: nil, text: text))
    }

    func explanation(_ facts: Facts) -> Explanation {
        Explanation(
            label, held: holds(facts),
            detail: age(facts).map { "published \(HumanUnits.text($0)) before it arrived" }
                ?? "the date of publication is not known")
    }
}
