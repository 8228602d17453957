internal import WirewatchKit
internal import WirewatchText

/// On one quantity that the article claims.
struct MetricCondition: LeafCondition {
    /// One of these; empty for any kind.
    var kinds: [String]
    var comparison: Comparison?
    var unit: String?
    /// One of these; empty for any.
    var qualifiers: [Metric.Qualifier] = []
    var direction: Change.Direction?
    /// The singular of one of these denominators; empty for any.
    var per: [String] = []
    /// The id, in lower case, of the entity that the claim is about: one of these; empty for any.
    var entities: [String] = []
    var subject: TermMatcher?
    var sentence: TermMatcher?

    var label: String {
        var parts = ["metric"]
        if !kinds.isEmpty { parts.append(kinds.joined(separator: " or ")) }
        if let direction { parts.append(direction.rawValue) }
        if let comparison {
            parts.append(comparison.description)
        } else if let unit {
            parts.append("in \(unit)")
        }
        if !qualifiers.isEmpty { parts.append("(" + qualifiers.map(\.rawValue).joined(separator: " or ") + ")") }
        if !per.isEmpty { parts.append("per \(per.joined(separator: " or "))") }
        if !entities.isEmpty { parts.append("about \(entities.joined(separator: " or "))") }
        func words(_ matcher: TermMatcher) -> String { matcher.terms.map { "'\($0.text)'" }.joined(separator: " or ") }
        if let subject { parts.append("of \(words(subject))") }
        if let sentence { parts.append("beside \(words(sentence))") }
        return parts.joined(separator: " ")
    }

    func holds(_ facts: Facts) -> Bool { facts.article.metrics.contains { miss($0, facts.article) == nil } }

    var clauses: [[Atom]] { [kinds.isEmpty ? [.anyMetric] : kinds.map { .metric($0) }] }

    func collect(_ facts: Facts, into found: inout Findings) {
        let metrics = facts.article.metrics.filter { miss($0, facts.article) == nil }
        guard let first = metrics.first else { return }
        found.reasons.append(AlertReason(condition: label, span: first.span, text: first.surface))
        for metric in metrics where !found.metrics.contains(metric) { found.metrics.append(metric) }
    }

    func explanation(_ facts: Facts) -> Explanation {
        let article = facts.article
        let held = article.metrics.filter { miss($0, article) == nil }
        if !held.isEmpty {
            return Explanation(
                label, held: true, detail: held.map(\.surface).joined(separator: "; "), spans: held.map(\.span))
        }
        let near = article.metrics.filter { kinds.isEmpty || kinds.contains($0.kind) }
        let detail =
            near.isEmpty
            ? "none of the article's \(article.metrics.count) metrics is of this kind"
            : "\(near.count) of this kind, none holds"
        return Explanation(
            label, held: false, detail: detail,
            children: near.prefix(10).map { metric in
                Explanation(metric.surface, held: false, detail: miss(metric, article), spans: [metric.span])
            })
    }

    /// Why a metric does not meet the condition; nil when it does.
    private func miss(_ metric: Metric, _ article: Article) -> String? {
        if !kinds.isEmpty, !kinds.contains(metric.kind) { return "its kind is \(metric.kind)" }
        if let missed = missedAmount(metric) { return missed }
        if !qualifiers.isEmpty, !(metric.qualifier.map(qualifiers.contains) ?? false) {
            return "its qualifier is \(metric.qualifier?.rawValue ?? "none")"
        }
        if let direction, metric.change?.direction != direction {
            return "its change is \(metric.change?.direction?.rawValue ?? "none")"
        }
        if !per.isEmpty, !(metric.per.map { per.contains(Units.singularNoun($0)) } ?? false) {
            return "it is \(metric.per.map { "per \($0)" } ?? "no rate")"
        }
        if !entities.isEmpty, !(metric.entity.map { entities.contains($0.lowercased()) } ?? false) {
            return "it is about \(metric.entity ?? "no known entity")"
        }
        func sentenceText() -> String { article.text(of: TextSpan(metric.span.field, metric.sentence)) ?? "" }
        if let subject, subject.matches(in: metric.subject ?? sentenceText()).isEmpty {
            return "its subject is \(metric.subject.map { "'\($0)'" } ?? "not known")"
        }
        if let sentence, sentence.matches(in: sentenceText()).isEmpty { return "its sentence has none of the words" }
        return nil
    }

    /// The quantities among those of a metric that are in a unit, as numbers in it; of a range the upper end.
    static func amounts(of metric: Metric, in unit: String?) -> [Double] {
        let quantities = [Quantity(metric.amount, unit: metric.unit)] + metric.equivalents
        return quantities.compactMap { quantity in
            let number = quantity.amount.high ?? quantity.amount.low
            guard let unit else { return Units.isCurrency(quantity.unit) ? nil : number }
            let (canonical, scale) = Units.canonical(quantity.unit)
            return canonical == unit ? number.map { $0 * scale } : nil
        }
    }

    /// Compares the amount, what was given beside it in other units, and the change; each in its own unit.
    private func missedAmount(_ metric: Metric) -> String? {
        var quantities = [Quantity(metric.amount, unit: metric.unit)] + metric.equivalents
        if let by = metric.change?.by { quantities.append(by) }
        if let unit {
            quantities.removeAll { Units.canonical($0.unit).unit != unit }
            if quantities.isEmpty { return "its unit is \(metric.unit), not \(unit)" }
        } else if comparison != nil {
            quantities.removeAll { Units.isCurrency($0.unit) }
            if quantities.isEmpty { return "it is in \(metric.unit), and the rule names no currency" }
        }
        func holds(_ quantity: Quantity, _ comparison: Comparison) -> Bool {
            comparison.holds(quantity.amount, scale: unit == nil ? 1 : Units.canonical(quantity.unit).scale)
        }
        guard let comparison, !quantities.contains(where: { holds($0, comparison) }) else { return nil }
        return "\(MessageTemplate.text(of: quantities[0].amount)) \(quantities[0].unit) is not \(comparison)"
    }
}
