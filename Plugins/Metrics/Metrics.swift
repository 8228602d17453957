public import WirewatchKit

/// Finds the quantities that an article claims and adds them to ``Article/metrics``.
public struct Metrics: Stage {
    private let options: MetricsOptions
    private let extractor: MetricExtractor

    public init(_ options: MetricsOptions) {
        self.options = options
        extractor = MetricExtractor(minConfidence: options.minConfidence, units: options.units, kinds: options.kinds)
    }

    public func process(_ event: inout ArticleEvent) throws -> Verdict {
        var metrics: [Metric] = []
        var seen: Set<Claimed> = []
        // The body first, so that its claims stand for the repetitions in title and captions.
        for field in fields(of: event.article) {
            guard let text = event.article.text(of: field), !text.isEmpty else { continue }
            let owners = ClaimOwners(event.article, in: field)
            for var metric in extractor.metrics(in: text, field: field) {
                let isNew = seen.insert(Claimed(metric)).inserted
                guard isNew || field == .body else { continue }
                metric.entity = owners.owner(of: metric)
                metrics.append(metric)
            }
        }
        event.article.metrics = metrics
        return .keep
    }

    public func explain(_ event: ArticleEvent) -> Explanation? {
        let metrics = event.article.metrics
        return Explanation(
            "metrics", held: !metrics.isEmpty,
            detail: "\(metrics.count) of confidence \(options.minConfidence) and above",
            spans: metrics.map(\.span), children: metrics.map(Self.explanation))
    }

    private func fields(of article: Article) -> [TextField] {
        var fields: [TextField] = []
        if options.fields.contains(.body) { fields.append(.body) }
        if options.fields.contains(.title) { fields.append(.title) }
        if options.fields.contains(.subtitle) { fields.append(.subtitle) }
        if options.fields.contains(.captions) { fields += article.captions.indices.map(TextField.caption) }
        return fields
    }

    /// What makes two claims the same. Not the kind: a headline has too few words to tell it as the body does.
    private struct Claimed: Hashable {
        var amount: Amount
        var unit: String

        init(_ metric: Metric) {
            amount = metric.amount
            unit = metric.unit
        }
    }

    private static func explanation(_ metric: Metric) -> Explanation {
        var parts = ["\(text(metric.amount)) \(metric.unit)"]
        if let qualifier = metric.qualifier { parts.append("qualifier \(qualifier.rawValue)") }
        if let change = metric.change {
            let ends = [("from", change.from), ("to", change.to), ("by", change.by)]
            let text = ends.compactMap { end in end.1.map { "\(end.0) \(self.text($0.amount)) \($0.unit)" } }
            parts.append("change \(([change.direction?.rawValue ?? "?"] + text).joined(separator: " "))")
        }
        if let per = metric.per { parts.append("per \(per)") }
        for other in metric.equivalents { parts.append("equals \(text(other.amount)) \(other.unit)") }
        if let timeframe = metric.timeframe { parts.append("when: \(timeframe)") }
        if let subject = metric.subject { parts.append("what: \(subject)") }
        if let entity = metric.entity { parts.append("about: \(entity)") }
        if let speaker = metric.attribution { parts.append("who says so: \(speaker)") }
        if let modality = metric.modality { parts.append("held as: \(modality.rawValue)") }
        parts.append("confidence \((metric.confidence * 100).rounded() / 100)")
        return Explanation(
            "\(metric.kind): \"\(metric.surface)\" in \(metric.span.field.name)", held: true,
            detail: parts.joined(separator: "; "),
            spans: [metric.span])
    }

    private static func text(_ amount: Amount) -> String {
        switch amount {
        case .value(let value): "\(value)"
        case .range(let low, let high): "\(low.map { "\($0)" } ?? "...") to \(high.map { "\($0)" } ?? "...")"
        }
    }
}

extension Plugin {
    /// The `metrics` stage.
    public static let metrics = Plugin.stage(
        "metrics", summary: "Finds the quantities that an article claims: value, unit, change, rate, time and kind."
    ) { (options: MetricsOptions, _) in Metrics(options) }
}
