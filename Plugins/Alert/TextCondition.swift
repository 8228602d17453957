internal import WirewatchKit

/// The fields of an article in which a condition looks.
struct TextFields: Sendable, Hashable {
    enum Field: String, Sendable {
        case title, subtitle, body, captions, tags

        func contains(_ field: TextField) -> Bool {
            switch (self, field) {
            case (.title, .title), (.subtitle, .subtitle), (.body, .body), (.captions, .caption), (.tags, .tag): true
            default: false
            }
        }
    }

    /// Empty for anywhere.
    var names: Set<Field>

    func contains(_ field: TextField) -> Bool { names.isEmpty || names.contains { $0.contains(field) } }

    /// ` in body or title`; empty for anywhere.
    var label: String { names.isEmpty ? "" : " in " + names.map(\.rawValue).sorted().joined(separator: " or ") }
}

/// On words of the article, and on what matches patterns.
struct TextCondition: LeafCondition {
    /// Indices of terms; one of them must occur, if there are any.
    let any: [Int]
    /// Indices of terms; each must occur.
    let all: [Int]
    /// Indices of patterns; one of them must match, if there are any.
    var patterns: [Int] = []
    let fields: TextFields
    /// How often words and patterns occur together; takes the place of "at least one of them".
    var count: Comparison?

    init(any: [Int], all: [Int], fields: TextFields) {
        self.any = any
        self.all = all
        self.fields = fields
    }

    private func found(_ term: Int, _ facts: Facts) -> [Occurrence] { inside(facts.occurrences[term] ?? []) }

    private func found(pattern: Int, _ facts: Facts) -> [Occurrence] { inside(facts.matches(ofPattern: pattern)) }

    private func inside(_ occurrences: [Occurrence]) -> [Occurrence] {
        fields.names.isEmpty ? occurrences : occurrences.filter { fields.contains($0.span.field) }
    }

    private func occurs(_ term: Int, _ facts: Facts) -> Bool {
        guard facts.occurs(term) else { return false }
        if fields.names.isEmpty { return true }
        return (facts.occurrences[term] ?? []).contains { fields.contains($0.span.field) }
    }

    func holds(_ facts: Facts) -> Bool {
        guard all.allSatisfy({ occurs($0, facts) }) else { return false }
        if let count { return count.holds(Double(total(facts))) }
        return (any.isEmpty || any.contains { occurs($0, facts) })
            && (patterns.isEmpty || patterns.contains { !found(pattern: $0, facts).isEmpty })
    }

    /// How often what is counted occurs: the words of `any` and the patterns, or else the words of `all`.
    private func total(_ facts: Facts) -> Int {
        let words = any.isEmpty && patterns.isEmpty ? all : any
        return words.reduce(0) { $0 + found($1, facts).count }
            + patterns.reduce(0) { $0 + found(pattern: $1, facts).count }
    }

    var clauses: [[Atom]] {
        var clauses = all.map { [Atom.term($0)] }
        if let count {
            let counted = any.map(Atom.term) + patterns.map(Atom.pattern)
            if !count.holds(0), !counted.isEmpty { clauses.append(counted) }
        } else {
            if !any.isEmpty { clauses.append(any.map(Atom.term)) }
            if !patterns.isEmpty { clauses.append(patterns.map(Atom.pattern)) }
        }
        return clauses
    }

    private func label(_ facts: Facts) -> String {
        func list(_ texts: [String], _ joint: String) -> String {
            let shown = texts.prefix(8).joined(separator: joint)
            return texts.count > 8 ? "\(shown)\(joint)\(texts.count - 8) more" : shown
        }
        var parts: [String] = []
        if !all.isEmpty { parts.append(list(all.map { "'\(facts.term($0))'" }, " and ")) }
        if !any.isEmpty { parts.append(list(any.map { "'\(facts.term($0))'" }, " or ")) }
        if !patterns.isEmpty { parts.append(list(patterns.map { "/\(facts.pattern($0))/" }, " or ")) }
        let times = count.map { " \($0) times" } ?? ""
        return "text \(parts.joined(separator: " and "))\(times)\(fields.label)"
    }

    func collect(_ facts: Facts, into found: inout Findings) {
        // Of an `any` the first in reading order, of an `all` the first that was written.
        let occurrences = any.flatMap { self.found($0, facts) } + patterns.flatMap { self.found(pattern: $0, facts) }
        let first = occurrences.map(\.span).min { facts.order($0) < facts.order($1) }
        let span = all.first.flatMap { self.found($0, facts).first?.span } ?? first
        for term in all + any where occurs(term, facts) { found.terms.append(facts.term(term)) }
        guard let span else {
            // A count that holds for none.
            return found.reasons.append(AlertReason(condition: label(facts), span: nil, text: "not found"))
        }
        let text = facts.article.text(of: span) ?? ""
        found.reasons.append(AlertReason(condition: label(facts), span: span, text: text))
        if found.text == nil { found.text = text }
    }

    func explanation(_ facts: Facts) -> Explanation {
        let missing = all.filter { !occurs($0, facts) }.map { "'\(facts.term($0))'" }
        let spans =
            (all + any).flatMap { found($0, facts).map(\.span) }
            + patterns.flatMap { found(pattern: $0, facts).map(\.span) }
        var detail = count == nil ? "found \(spans.count) times" : "found \(total(facts)) times"
        if !missing.isEmpty {
            detail = "\(missing.joined(separator: ", ")) \(missing.count == 1 ? "does" : "do") not occur there"
        } else if let stopped = facts.gaveUp.first(where: { patterns.contains($0.pattern) }) {
            detail = "the search for /\(facts.pattern(stopped.pattern))/ gave up: \(stopped.reason)"
        } else if spans.isEmpty {
            let elsewhere =
                (all + any).contains { facts.occurrences[$0] != nil }
                || patterns.contains { !facts.matches(ofPattern: $0).isEmpty }
            detail = elsewhere ? "found in other fields alone" : "none of it occurs"
        }
        return Explanation(label(facts), held: holds(facts), detail: detail, spans: Array(spans.prefix(20)))
    }
}
