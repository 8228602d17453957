internal import WirewatchDigest
public import WirewatchKit
internal import WirewatchText

extension Plugin {
    /// The `alert` stage.
    public static let alert = Plugin.stage(
        "alert", summary: "Raises an alert for each rule whose conditions hold, with the text that made them hold."
    ) { (options: AlertOptions, _) in AlertStage(options) }
}

/// Judges every article by every rule.
struct AlertStage: Stage {
    private let rules: [Rule]
    private let matcher: TermMatcher
    private let terms: [String]

    init(_ options: AlertOptions) {
        rules = options.rules
        matcher = TermMatcher(options.terms)
        terms = options.terms.map(\.text)
    }

    func process(_ event: inout ArticleEvent) throws -> Verdict {
        let facts = facts(event.article)
        // Alerts of another stage stay.
        event.article.alerts += rules.lazy.filter { $0.condition.holds(facts) }.map { alert($0, facts) }
        return .keep
    }

    /// Finds the terms of all rules, in one pass over each text of the article.
    private func facts(_ article: Article) -> Facts {
        var facts = Facts(article: article, terms: terms, occurrences: [:])
        if terms.isEmpty { return facts }
        var words = Words()
        var matches: [TermMatch] = []
        for field in article.textFields {
            guard let text = article.text(of: field) else { continue }
            matches.removeAll(keepingCapacity: true)
            matcher.find(in: text, words: &words, into: &matches)
            for match in matches {
                facts.occurrences[match.term, default: []].append(TextSpan(field, match.range))
            }
        }
        return facts
    }

    private func alert(_ rule: Rule, _ facts: Facts) -> Alert {
        let article = facts.article
        var found = Findings()
        rule.condition.collect(facts, into: &found)
        return Alert(
            id: SHA256.identifier("alert", rule.id, article.id), time: article.received, severity: rule.severity,
            rule: rule.id, title: article.title, url: article.canonicalURL ?? article.url, source: article.source,
            published: article.published, message: rule.message.filled(rule: rule.id, article: article, found: found),
            story: article.story?.id, because: found.reasons, metrics: found.metrics, topics: article.topics,
            labels: rule.labels)
    }

    func explain(_ event: ArticleEvent) -> Explanation? {
        let facts = facts(event.article)
        let children = rules.map { rule in
            let conditions =
                if case .all(let parts) = rule.condition { parts.map { $0.explanation(facts) } } else {
                    [rule.condition.explanation(facts)]
                }
            return Explanation(
                "rule \(rule.id)", held: rule.condition.holds(facts), detail: rule.about, children: conditions)
        }
        let held = children.count { $0.held == true }
        return Explanation("rules", detail: "\(held) of \(rules.count) hold", children: children)
    }
}
