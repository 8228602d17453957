internal import WirewatchKit
internal import WirewatchText

/// On where the article is from, its language, its tags, or its authors.
struct AttributeCondition: LeafCondition {
    enum Kind: String, Sendable, CaseIterable { case source, site, language, tag, author }

    var kind: Kind
    /// One of these.
    private let values: [Value]

    private struct Value: Sendable {
        var written: String
        /// Nil for a plain text.
        var wildcard: Wildcard?
        /// As the article's are compared.
        var normal: String
    }

    init(kind: Kind, values: [String]) {
        self.kind = kind
        self.values = values.map { text in
            let wildcard = Wildcard(text)
            return Value(
                written: text, wildcard: wildcard.isPattern ? wildcard : nil, normal: Self.normal(text, kind))
        }
    }

    private static func normal(_ text: String, _ kind: Kind) -> String {
        switch kind {
        case .source: text
        case .site, .language: text.lowercased()
        case .tag, .author: String(decoding: Words.normalized(text), as: UTF8.self)
        }
    }

    private var label: String { "\(kind.rawValue) \(values.map(\.written).joined(separator: " or "))" }

    /// What holds, and where it stands in the article if it does.
    private func match(_ facts: Facts) -> (text: String, span: TextSpan?)? {
        let article = facts.article
        func match(_ texts: [String], _ normal: [String]) -> Int? {
            texts.indices.first { n in
                values.contains { $0.wildcard.map { $0.matches(texts[n]) } ?? ($0.normal == normal[n]) }
            }
        }
        switch kind {
        case .source: return match([article.source], [article.source]).map { _ in (article.source, nil) }
        case .site: return match(facts.sites, facts.sites).map { (facts.sites[$0], nil) }
        case .language:
            return match(facts.languages, facts.languages).map { _ in (article.language ?? "", nil) }
        case .tag:
            return match(article.tags, facts.tags).map { n in
                (article.tags[n], TextSpan(.tag(n), 0..<article.tags[n].utf8.count))
            }
        case .author:
            return match(article.authors, article.authors.map { Self.normal($0, .author) }).map {
                (article.authors[$0], nil)
            }
        }
    }

    func holds(_ facts: Facts) -> Bool { match(facts) != nil }

    var clauses: [[Atom]] {
        if values.contains(where: { $0.wildcard != nil }) { return [] }
        switch kind {
        case .source: return [values.map { .source($0.normal) }]
        case .site: return [values.map { .site($0.normal) }]
        case .language: return [values.map { .language($0.normal) }]
        case .tag: return [values.map { .tag($0.normal) }]
        case .author: return []
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
            case .site: facts.sites.first.map { "the site is \($0)" } ?? "the site is not known"
            case .language: "the language is \(article.language ?? "not known")"
            case .tag:
                article.tags.isEmpty ? "there are no tags" : "the tags are \(article.tags.joined(separator: ", "))"
            case .author:
                article.authors.isEmpty
                    ? "the authors are not known" : "the authors are \(article.authors.joined(separator: ", "))"
            }
        let match = match(facts)
        return Explanation(label, held: match != nil, detail: actual, spans: match?.span.map { [$0] } ?? [])
    }
}
