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
                Explanation(
                    metric.surface, held: false, detail: miss(metric, article).map { words($0, metric) },
                    spans: [metric.span])
            })
    }

    /// What of the condition a metric does not meet.
    private enum Miss {
        case kind, unit, currency, amount, qualifier, change, per, entity, subject, sentence
        /// Money in a currency from which no rate is known; money that by its rate does not meet the comparison.
        case unrated, rated
    }

    /// Why a metric does not meet the condition; nil when it does.
    private func miss(_ metric: Metric, _ article: Article) -> Miss? {
        if !kinds.isEmpty, !kinds.contains(metric.kind) { return .kind }
        if let missed = missedAmount(metric) { return missed }
        if !qualifiers.isEmpty, !(metric.qualifier.map(qualifiers.contains) ?? false) { return .qualifier }
        if let direction, metric.change?.direction != direction { return .change }
        if !per.isEmpty, !(metric.per.map { per.contains(Units.singularNoun($0)) } ?? false) { return .per }
        if !entities.isEmpty, !(metric.entity.map { entities.contains($0.lowercased()) } ?? false) { return .entity }
        func sentenceText() -> String { article.text(of: TextSpan(metric.span.field, metric.sentence)) ?? "" }
        if let subject, subject.matches(in: metric.subject ?? sentenceText()).isEmpty { return .subject }
        if let sentence, sentence.matches(in: sentenceText()).isEmpty { return .sentence }
        return nil
    }

    /// In words; made for explanations alone, for most rules miss most metrics.
    private func words(_ miss: Miss, _ metric: Metric) -> String {
        switch miss {
        case .kind: return "its kind is \(metric.kind)"
        case .unit: return "its unit is \(metric.unit), not \(unit ?? "")"
        case .currency: return "it is in \(metric.unit), and the rule names no currency"
        case .amount:
            let shown = quantities(metric).first ?? Quantity(metric.amount, unit: metric.unit)
            return "\(MessageTemplate.text(of: shown.amount)) \(shown.unit) is not \(comparison?.description ?? "")"
        case .qualifier: return "its qualifier is \(metric.qualifier?.rawValue ?? "none")"
        case .change: return "its change is \(metric.change?.direction?.rawValue ?? "none")"
        case .per: return "it is \(metric.per.map { "per \($0)" } ?? "no rate")"
        case .entity: return "it is about \(metric.entity ?? "no known entity")"
        case .subject: return "its subject is \(metric.subject.map { "'\($0)'" } ?? "not known")"
        case .sentence: return "its sentence has none of the words"
        case .unrated:
            return "no rate from \(money(metric).first?.unit ?? "") to \(unit ?? "") is known; add it to 'rates'"
        case .rated:
            guard let unit, let shown = rated(metric, unit).first else { return "" }
            return "\(Self.text(shown.amount, shown.rate)) \(unit) at the rate of \(rates.date) is not "
                + (comparison?.description ?? "")
        }
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

    /// The amount, what was given beside it in other units, and the change.
    private func given(_ metric: Metric) -> [Quantity] {
        let quantities = [Quantity(metric.amount, unit: metric.unit)] + metric.equivalents
        return metric.change?.by.map { quantities + [$0] } ?? quantities
    }

    /// Those that the condition may be about.
    private func quantities(_ metric: Metric) -> [Quantity] { given(metric).filter(isComparable) }

    private func isComparable(_ quantity: Quantity) -> Bool {
        guard let unit else { return comparison == nil || !Units.isCurrency(quantity.unit) }
        return quantity.unit == unit || Units.canonical(quantity.unit).unit == unit
    }

    /// Compares each in its own unit.
    private func missedAmount(_ metric: Metric) -> Miss? {
        if unit == nil, comparison == nil { return nil }
        // The common case, without a list: one amount.
        let quantities =
            metric.equivalents.isEmpty && metric.change?.by == nil ? nil : quantities(metric)
        let single = Quantity(metric.amount, unit: metric.unit)
        if quantities?.isEmpty ?? !isComparable(single) {
            guard let unit else { return .currency }
            // A unit alone is meant as it is written; an amount may be met in another currency.
            return comparison != nil && Units.isCurrency(unit) ? missedByRate(metric, unit) : .unit
        }
        guard let comparison else { return nil }
        func holds(_ quantity: Quantity) -> Bool {
            let isSame = unit == nil || quantity.unit == unit
            return comparison.holds(quantity.amount, scale: isSame ? 1 : Units.canonical(quantity.unit).scale)
        }
        return quantities?.contains(where: holds) ?? holds(single) ? nil : .amount
    }

    /// Compares amounts of money in other currencies by the rates.
    private func missedByRate(_ metric: Metric, _ unit: String) -> Miss? {
        if money(metric).isEmpty { return .unit }
        let rated = rated(metric, unit)
        if rated.isEmpty { return .unrated }
        guard let comparison else { return .unit }
        return rated.contains { comparison.holds($0.amount, scale: $0.rate) } ? nil : .rated
    }

    /// The amounts of money that the condition may be about.
    private func money(_ metric: Metric) -> [Quantity] { given(metric).filter { Units.isCurrency($0.unit) } }

    private func rated(_ metric: Metric, _ unit: String) -> [(amount: Amount, rate: Double)] {
        money(metric).compactMap { quantity in
            rates.rate(from: quantity.unit, to: unit).map { (quantity.amount, $0) }
        }
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
