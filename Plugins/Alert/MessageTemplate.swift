internal import WirewatchKit

/// An alert's message with placeholders: `{title}: {metric.surface}`.
struct MessageTemplate: Sendable, Hashable {
    enum Placeholder: String, Sendable, CaseIterable {
        case title, source, site, url, published, language, rule, topics, entities, text, terms, story
        case storySources = "story.sources"
        case metricSurface = "metric.surface"
        case metricValue = "metric.value"
        case metricUnit = "metric.unit"
        case metricSubject = "metric.subject"
        case metricKind = "metric.kind"
        case metricUSD = "metric.usd"
        case metricEUR = "metric.eur"
        case metricCNY = "metric.cny"
        case windowKey = "window.key"
        case windowCount = "window.count"
        case windowSum = "window.sum"
        case windowOver = "window.over"

        static let list = allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
        var isOfMetric: Bool { rawValue.hasPrefix("metric.") }
        var isOfWindow: Bool { rawValue.hasPrefix("window.") }
    }

    struct Mistake: Error, CustomStringConvertible { var description: String }

    private enum Part: Sendable, Hashable { case text(String), placeholder(Placeholder) }

    private var parts: [Part] = []

    /// `{title}`
    static let title = MessageTemplate(parts: [.placeholder(.title)])

    private init(parts: [Part]) { self.parts = parts }

    init(_ template: String) throws(Mistake) {
        let parsed: PlaceholderText
        do throws(PlaceholderText.Mistake) {
            parsed = try PlaceholderText(template, what: "message")
        } catch {
            throw Mistake(description: error.description)
        }
        for part in parsed.parts {
            switch part {
            case .text(let text): parts.append(.text(text))
            case .placeholder(let name):
                guard let placeholder = Placeholder(rawValue: name) else {
                    throw Mistake(
                        description: "unknown placeholder '{\(name)}' in the message; there are \(Placeholder.list)")
                }
                parts.append(.placeholder(placeholder))
            }
        }
    }

    /// The first placeholder that only a metric can fill.
    var metricPlaceholder: String? {
        for case .placeholder(let placeholder) in parts where placeholder.isOfMetric { return placeholder.rawValue }
        return nil
    }

    /// The first placeholder that only a window can fill.
    var windowPlaceholder: String? {
        for case .placeholder(let placeholder) in parts where placeholder.isOfWindow { return placeholder.rawValue }
        return nil
    }

    /// The message for an article; what is not known stays empty.
    func filled(rule: String, article: Article, found: Findings, window: AlertWindow? = nil) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .placeholder(let placeholder): Self.value(placeholder, rule, article, found, window)
            }
        }.joined()
    }

    private static func value(
        _ placeholder: Placeholder, _ rule: String, _ article: Article, _ found: Findings, _ window: AlertWindow?
    ) -> String {
        let metric = found.metrics.first
        return switch placeholder {
        case .title: article.title
        case .source: article.source
        case .url: article.canonicalURL ?? article.url ?? ""
        case .rule: rule
        case .site: article.site ?? ""
        case .published: article.published?.text ?? ""
        case .language: article.language ?? ""
        case .entities:
            (found.entities.isEmpty
                ? article.entities
                : article.entities.filter { found.entities.contains($0.id) })
                .map(\.name).joined(separator: ", ")
        case .terms: Self.unique(found.terms).joined(separator: ", ")
        case .story: article.story?.id ?? ""
        case .storySources: article.story.map { String($0.sources) } ?? ""
        case .topics: article.topics.map(\.id).joined(separator: ", ")
        case .text: found.text ?? ""
        case .metricSurface: metric?.surface ?? ""
        case .metricValue: metric.map { text(of: $0.amount) } ?? ""
        case .metricUnit: metric?.unit ?? ""
        case .metricSubject: metric?.subject ?? ""
        case .metricKind: metric?.kind ?? ""
        case .metricUSD: amount(found.metrics, "USD")
        case .metricEUR: amount(found.metrics, "EUR")
        case .metricCNY: amount(found.metrics, "CNY")
        case .windowKey: window?.key ?? ""
        case .windowCount: window.map { String($0.count) } ?? ""
        case .windowSum: window?.sum.map { text(of: $0) } ?? ""
        case .windowOver: window.map { HumanUnits.text($0.over) } ?? ""
        }
    }

    /// `180.6 million USD`: the first amount that is given in the currency, in the article itself; never converted.
    private static func amount(_ metrics: [Metric], _ currency: String) -> String {
        for metric in metrics {
            for quantity in [Quantity(metric.amount, unit: metric.unit)] + metric.equivalents
            where quantity.unit == currency { return "\(text(of: quantity.amount)) \(currency)" }
        }
        return ""
    }

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }

    static func text(of amount: Amount) -> String {
        switch amount {
        case .value(let value): text(of: value)
        case .range(let low?, let high?): "\(text(of: low))-\(text(of: high))"
        case .range(let low?, nil): "\(text(of: low)) or more"
        case .range(nil, let high?): "\(text(of: high)) or less"
        case .range(nil, nil): ""
        }
    }

    /// `1.3 billion`, `302.3 million`, `70`, `0.5`.
    private static func text(of number: Double) -> String {
        let scales = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")]
        for (scale, name) in scales where abs(number) >= scale { return plain(number / scale) + name }
        return plain(number)
    }

    /// At most three decimals, none where there is no fraction.
    private static func plain(_ number: Double) -> String {
        let rounded = (number * 1000).rounded() / 1000
        if rounded == rounded.rounded(), abs(rounded) < 1e15 { return String(Int(rounded)) }
        return rounded.description
    }
}
