internal import WirewatchKit

/// On words of the article.
struct TextCondition: Sendable {
    enum Field: String, Sendable {
        case title, subtitle, body, captions, tags

        func contains(_ field: TextField) -> Bool {
            switch (self, field) {
            case (.title, .title), (.subtitle, .subtitle), (.body, .body), (.captions, .caption), (.tags, .tag): true
            default: false
            }
        }
    }

    /// Indices of terms; one of them must occur, if there are any.
    var any: [Int]
    /// Indices of terms; each must occur.
    var all: [Int]
    /// Empty for anywhere.
    var fields: Set<Field>

    private func spans(_ term: Int, _ facts: Facts) -> [TextSpan] {
        let spans = facts.occurrences[term] ?? []
        return fields.isEmpty ? spans : spans.filter { span in fields.contains { $0.contains(span.field) } }
    }

    private func occurs(_ term: Int, _ facts: Facts) -> Bool {
        guard let spans = facts.occurrences[term] else { return false }
        return fields.isEmpty || spans.contains { span in fields.contains { $0.contains(span.field) } }
    }

    func holds(_ facts: Facts) -> Bool {
        (any.isEmpty || any.contains { occurs($0, facts) }) && all.allSatisfy { occurs($0, facts) }
    }

    private func label(_ facts: Facts) -> String {
        func words(_ terms: [Int], _ joint: String) -> String {
            let shown = terms.prefix(8).map { "'\(facts.terms[$0])'" }.joined(separator: joint)
            return terms.count > 8 ? "\(shown)\(joint)\(terms.count - 8) more" : shown
        }
        var parts: [String] = []
        if !all.isEmpty { parts.append(words(all, " and ")) }
        if !any.isEmpty { parts.append(words(any, " or ")) }
        let place = fields.isEmpty ? "" : " in " + fields.map(\.rawValue).sorted().joined(separator: " or ")
        return "text \(parts.joined(separator: " and "))\(place)"
    }

    func collect(_ facts: Facts, into found: inout Findings) {
        // Of an `any` the first in reading order, of an `all` the first that was written.
        let first = any.flatMap { spans($0, facts) }.min { order($0, facts) < order($1, facts) }
        guard let span = all.first.flatMap({ spans($0, facts).first }) ?? first else { return }
        let text = facts.article.text(of: span) ?? ""
        found.reasons.append(AlertReason(condition: label(facts), span: span, text: text))
        if found.text == nil { found.text = text }
    }

    /// Reading order: title, subtitle, body, captions, tags.
    private func order(_ span: TextSpan, _ facts: Facts) -> (Int, Int) {
        let field =
            switch span.field {
            case .title: 0
            case .subtitle: 1
            case .body: 2
            case .editorsNote: 3
            case .caption(let n): 4 + n
            case .tag(let n): 4 + facts.article.captions.count + n
            }
        return (field, span.range.lowerBound)
    }

    func explanation(_ facts: Facts) -> Explanation {
        let missing = all.filter { !occurs($0, facts) }.map { "'\(facts.terms[$0])'" }
        let spans = (all + any).flatMap { self.spans($0, facts) }
        var detail = "found \(spans.count) times"
        if !missing.isEmpty {
            detail = "\(missing.joined(separator: ", ")) \(missing.count == 1 ? "does" : "do") not occur there"
        } else if spans.isEmpty {
            let elsewhere = (all + any).contains { facts.occurrences[$0] != nil }
            detail = elsewhere ? "found in other fields alone" : "none of the words occurs"
        }
        return Explanation(label(facts), held: holds(facts), detail: detail, spans: Array(spans.prefix(20)))
    }
}
