public import WirewatchKit

/// Finds the quantities that an article claims and adds them to ``Article/metrics``.
public struct Metrics: Stage {
    private let options: MetricsOptions
    private let extractor: MetricExtractor
    /// Counts the articles whose claims were more than ``MetricsOptions/maxClaims``.
    private let count: @Sendable (String) -> Void

    public init(_ options: MetricsOptions, count: @escaping @Sendable (String) -> Void = { _ in }) {
        self.options = options
        self.count = count
        extractor = MetricExtractor(
            minConfidence: options.minConfidence, units: options.units, kinds: options.kinds,
            nouns: options.nouns)
    }

    public func process(_ event: inout ArticleEvent) throws -> Verdict {
        var isCut = false
        // The headline's claims matter most: they have their places before the body's do.
        var headline: [Metric] = []
        for field in fields(of: event.article) where field == .title || field == .subtitle {
            isCut = !read(field, of: event.article, upTo: options.maxClaims, into: &headline) || isCut
        }
        var metrics: [Metric] = []
        if options.fields.contains(.body) {
            let room = options.maxClaims - headline.count
            isCut = !read(.body, of: event.article, upTo: room, into: &metrics) || isCut
        }
        // The body's claims stand for their repetitions elsewhere.
        var seen = Set(metrics.lazy.map(Claimed.init))
        for metric in headline where seen.insert(Claimed(metric)).inserted { metrics.append(metric) }
        for field in fields(of: event.article) {
            guard case .caption = field else { continue }
            var found: [Metric] = []
            isCut = !read(field, of: event.article, upTo: options.maxClaims - metrics.count, into: &found) || isCut
            for metric in found where seen.insert(Claimed(metric)).inserted { metrics.append(metric) }
        }
        if isCut { count("claims_cut") }
        event.article.metrics = metrics
        return .keep
    }

    /// Appends a text's claims until there are `limit`; false when there were more.
    private func read(_ field: TextField, of article: Article, upTo limit: Int, into found: inout [Metric]) -> Bool {
        guard let text = article.text(of: field), !text.isEmpty else { return true }
        let owners = ClaimOwners(article, in: field)
        var isWhole = true
        extractor.read(Array(text.utf8), field: field) { metric in
            guard found.count < limit else {
                isWhole = false
                return false
            }
            var metric = metric
            metric.entity = owners.owner(of: metric)
            found.append(metric)
            return true
        }
        return isWhole
    }

    public func explain(_ event: ArticleEvent) -> Explanation? {
        let metrics = event.article.metrics
        let isFull = metrics.count >= options.maxClaims
        var children = metrics.map(Self.explanation)
        for field in fields(of: event.article) {
            guard let text = event.article.text(of: field) else { continue }
            // No more are shown than claims may be.
            children += extractor.rejections(in: Array(text.utf8), limit: options.maxClaims).map { rejection in
                Explanation(
                    "\"\(rejection.surface)\" in \(field.name)", held: false, detail: rejection.reason,
                    spans: [TextSpan(field, rejection.range)])
            }
        }
        return Explanation(
            "metrics", held: !metrics.isEmpty,
            detail: "\(metrics.count) of confidence \(options.minConfidence) and above"
                + (isFull ? "; max_claims is reached: what follows the last of them was not read" : ""),
            spans: metrics.map(\.span), children: children)
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
    ) { (options: MetricsOptions, context) in Metrics(options, count: context.count) }
}
