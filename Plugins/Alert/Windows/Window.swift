internal import WirewatchKit

/// What must happen over time for a rule to raise an alert.
struct Window: Sendable {
    enum Kind: String, Sendable {
        case sliding, tumbling
        case newTerm = "new_term"
        case spike, flatline, sequence
    }

    /// What there is a window for each of.
    enum Key: String, Sendable { case entity, topic, term, source, site, language, author, tag, story }

    /// What is counted, each once.
    enum Distinct: String, Sendable { case article, story, source, site, entity }

    var kind: Kind
    var over: Duration
    var by: Key?
    var distinct = Distinct.article
    var count: Comparison?
    var sum: Comparison?
    var max: Comparison?
    var baseline = Duration.seconds(14 * 86_400)
    /// Of a spike, in spreads above the usual.
    var score = 2.5
    var warmUp = Duration.zero
    /// Of a sequence: what must follow the rule's own conditions.
    var steps: [Condition] = []

    /// The keys under which an article counts; none when it has no such thing.
    func keys(_ article: Article, _ found: Findings) -> [String] {
        func unique(_ keys: [String]) -> [String] {
            var seen: Set<String> = []
            return keys.filter { !$0.isEmpty && seen.insert($0).inserted }
        }
        switch by {
        case nil: return [""]
        case .entity: return unique(found.entities.isEmpty ? article.entities.map(\.id) : found.entities)
        case .topic: return unique(found.topics.isEmpty ? article.topics.map(\.id) : found.topics)
        case .term: return unique(found.terms)
        case .source: return unique([article.source])
        case .site: return unique([article.site ?? ""])
        case .language: return unique([article.language ?? ""])
        case .author: return unique(article.authors)
        case .tag: return unique(article.tags)
        case .story: return unique([article.story?.id ?? ""])
        }
    }

    /// What an article adds to the count: each of these once.
    func members(_ article: Article, _ found: Findings) -> [String] {
        switch distinct {
        case .article: [article.id]
        case .story: [article.story?.id ?? article.id]
        case .source: [article.source]
        case .site: [article.site ?? article.source]
        case .entity: found.entities.isEmpty ? article.entities.map(\.id) : found.entities
        }
    }

    /// As alerts have it.
    func record(key: String, from: Int64, to: Int64, count: Int, sum: Double? = nil) -> AlertWindow {
        AlertWindow(
            kind: kind.rawValue, by: by?.rawValue, key: by == nil ? nil : key, over: over,
            from: Timestamp(milliseconds: from), to: Timestamp(milliseconds: to), count: count, sum: sum,
            unit: sum == nil ? nil : (self.sum ?? max)?.unit)
    }
}
