internal import WirewatchKit
internal import WirewatchText

/// On where the article is from, its language, or its tags.
struct AttributeCondition: Sendable {
    enum Kind: String, Sendable { case source, language, tag }

    var kind: Kind
    /// One of these.
    var values: [String]

    var label: String { "\(kind.rawValue) \(values.joined(separator: " or "))" }

    /// What holds, and where it stands in the article if it does.
    func match(_ facts: Facts) -> (text: String, span: TextSpan?)? {
        let article = facts.article
        switch kind {
        case .source:
            return values.contains(article.source) ? (article.source, nil) : nil
        case .language:
            guard let language = article.language?.lowercased() else { return nil }
            let holds = values.contains { value in
                let range = value.lowercased()
                return language == range || language.hasPrefix(range + "-")
            }
            return holds ? (article.language ?? "", nil) : nil
        case .tag:
            let wanted = values.map(Words.normalized)
            for (n, tag) in article.tags.enumerated() where wanted.contains(Words.normalized(tag)) {
                return (tag, TextSpan(.tag(n), 0..<tag.utf8.count))
            }
            return nil
        }
    }

    func collect(_ facts: Facts, into found: inout Findings) {
        guard let (text, span) = match(facts) else { return }
        found.reasons.append(AlertReason(condition: label, span: span, text: text))
    }

    func explanation(_ facts: Facts) -> Explanation {
        let article = facts.article
        let actual =
            switch kind {
            case .source: "the source is \(article.source)"
            case .language: "the language is \(article.language ?? "not known")"
            case .tag:
                article.tags.isEmpty ? "there are no tags" : "the tags are \(article.tags.joined(separator: ", "))"
            }
        let match = match(facts)
        return Explanation(
            label, held: match != nil, detail: actual, spans: match?.span.map { [$0] } ?? [])
    }
}
