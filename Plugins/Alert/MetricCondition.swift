internal import WirewatchKit
internal import WirewatchText

/// On one quantity that the article claims.
struct MetricCondition: Sendable {
    /// One of these; empty for any kind.
    var kinds: [String]
    var comparison: Comparison?
    var unit: String?
    /// One of these; empty for any.
    var qualifiers: [Metric.Qualifier] = []
    var direction: Change.Direction?
    var subject: TermMatcher?
    var sentence: TermMatcher?
    /// By which amounts in other currencies are compared.
    var rates = ExchangeRates.shipped

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
        func words(_ matcher: TermMatcher) -> String { matcher.terms.map { "'\($0.text)'" }.joined(separator: " or ") }
        if let subject { parts.append("of \(words(subject))") }
        if let sentence { parts.append("beside \(words(sentence))") }
        return parts.joined(separator: " ")
    }

    func holds(_ facts: Facts) -> Bool { facts.article.metrics.contains { miss($0, facts.article) == nil } }

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
                label, held: true, detail: held.map { $0.surface + (conversion(of: $0) ?? "") }.joined(separator: "; "),
                spans: held.map(\.span))
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
        func sentenceText() -> String { article.text(of: TextSpan(metric.span.field, metric.sentence)) ?? "" }
        if let subject, subject.matches(in: metric.subject ?? sentenceText()).isEmpty {
            return "its subject is \(metric.subject.map { "'\($0)'" } ?? "not known")"
        }
        if let sentence, sentence.matches(in: sentenceText()).isEmpty { return "its sentence has none of the words" }
        return nil
    }

    /// Compares the amount, what was given beside it in other units, and the change; each in its own unit.
    private func missedAmount(_ metric: Metric) -> String? {
        var quantities = [Quantity(metric.amount, unit: metric.unit)] + metric.equivalents
        if let by = metric.change?.by { quantities.append(by) }
        if let unit {
            let given = quantities
            quantities.removeAll { Units.canonical($0.unit).unit != unit }
            if quantities.isEmpty, Units.isCurrency(unit) { return missedByRate(given, unit) }
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

    /// Compares amounts of money in other currencies by the rates; nil when one of them meets the comparison.
    private func missedByRate(_ given: [Quantity], _ unit: String) -> String? {
        let money = given.filter { Units.isCurrency($0.unit) }
        guard let first = money.first else { return "its unit is \(given.first?.unit ?? "1"), not \(unit)" }
        let rated = money.compactMap { quantity in
            rates.rate(from: quantity.unit, to: unit).map { (amount: quantity.amount, rate: $0) }
        }
        guard let shown = rated.first else {
            return "no rate from \(first.unit) to \(unit) is known; add it to 'rates'"
        }
        guard let comparison, !rated.contains(where: { comparison.holds($0.amount, scale: $0.rate) }) else {
            return nil
        }
        return "\(Self.text(shown.amount, shown.rate)) \(unit) at the rate of \(rates.date) is not \(comparison)"
    }

    /// What is said of a metric that is in another currency than the comparison's.
    private func conversion(of metric: Metric) -> String? {
        guard let unit, Units.isCurrency(unit), metric.unit != unit, Units.isCurrency(metric.unit),
            !metric.equivalents.contains(where: { $0.unit == unit }),
            let rate = rates.rate(from: metric.unit, to: unit)
        else { return nil }
        return " (\(Self.text(metric.amount, rate)) \(unit) at the rate of \(rates.date))"
    }

    private static func text(_ amount: Amount, _ rate: Double) -> String {
        let scaled: Amount =
            switch amount {
            case .value(let value): .value((value * rate).rounded())
            case .range(let low, let high):
                .range(low: low.map { ($0 * rate).rounded() }, high: high.map { ($0 * rate).rounded() })
            }
        return MessageTemplate.text(of: scaled)
    }
}
