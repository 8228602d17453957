internal import WirewatchKit

/// On words that stand near each other in one field.
struct NearCondition: LeafCondition {
    /// Each by the indices of its alternatives; one of each must occur.
    var slots: [[Int]]
    /// How many words the first words may lie apart at most.
    var distance: Int
    /// Whether they must come in the order written.
    var isOrdered = false
    var fields = TextFields(names: [])

    private struct Place {
        var slot: Int
        var occurrence: Occurrence
    }

    /// The first stretch, in reading order, that holds one occurrence of each slot; its occurrences in text order.
    private func first(_ facts: Facts) -> [Occurrence]? {
        var byField: [TextField: [Place]] = [:]
        for (slot, terms) in slots.enumerated() {
            var isThere = false
            for term in terms {
                for occurrence in facts.occurrences[term] ?? [] where fields.contains(occurrence.span.field) {
                    byField[occurrence.span.field, default: []].append(Place(slot: slot, occurrence: occurrence))
                    isThere = true
                }
            }
            if !isThere { return nil }
        }
        let fields = byField.keys.sorted { facts.order(TextSpan($0, 0..<0)) < facts.order(TextSpan($1, 0..<0)) }
        for field in fields {
            let places = (byField[field] ?? []).sorted { ($0.occurrence.word, $0.slot) < ($1.occurrence.word, $1.slot) }
            if let found = isOrdered ? ordered(places) : unordered(places) { return found }
        }
        return nil
    }

    /// Looks back from each place for the last of every other slot: linear in the places for a few slots.
    private func unordered(_ places: [Place]) -> [Occurrence]? {
        var last: [Occurrence?] = Array(repeating: nil, count: slots.count)
        for place in places {
            last[place.slot] = place.occurrence
            let all = last.compactMap { $0 }
            guard all.count == slots.count, let start = all.map(\.word).min(),
                place.occurrence.word - start <= distance
            else { continue }
            return all.sorted { $0.span.range.lowerBound < $1.span.range.lowerBound }
        }
        return nil
    }

    /// For each slot the chain to it that began last: a chain grows only by an occurrence after its end.
    private func ordered(_ places: [Place]) -> [Occurrence]? {
        var chains: [[Occurrence]] = Array(repeating: [], count: slots.count)
        for place in places {
            if place.slot == 0 {
                chains[0] = [place.occurrence]
            } else if let end = chains[place.slot - 1].last, end.word < place.occurrence.word {
                chains[place.slot] = chains[place.slot - 1] + [place.occurrence]
            } else {
                continue
            }
            guard place.slot == slots.count - 1, let start = chains[place.slot].first,
                place.occurrence.word - start.word <= distance
            else { continue }
            return chains[place.slot]
        }
        return nil
    }

    func holds(_ facts: Facts) -> Bool { first(facts) != nil }

    var clauses: [[Atom]] { slots.map { $0.map(Atom.term) } }

    private func label(_ facts: Facts) -> String {
        let terms = slots.map { slot in slot.map { "'\(facts.term($0))'" }.joined(separator: " or ") }
        return "near \(terms.joined(separator: isOrdered ? ", then " : ", ")) within \(distance) words\(fields.label)"
    }

    /// From the first occurrence to the end of the last.
    private func span(_ occurrences: [Occurrence]) -> TextSpan? {
        guard let first = occurrences.first else { return nil }
        let end = occurrences.map(\.span.range.upperBound).max() ?? 0
        return TextSpan(first.span.field, first.span.range.lowerBound..<max(end, first.span.range.upperBound))
    }

    func collect(_ facts: Facts, into found: inout Findings) {
        guard let occurrences = first(facts), let span = span(occurrences) else { return }
        let text = facts.article.text(of: span) ?? ""
        found.reasons.append(AlertReason(condition: label(facts), span: span, text: text))
        if found.text == nil { found.text = text }
        for term in slots.joined() where facts.occurrences[term] != nil { found.terms.append(facts.term(term)) }
    }

    func explanation(_ facts: Facts) -> Explanation {
        let occurrences = first(facts)
        var detail: String?
        if occurrences == nil {
            let missing = slots.filter { slot in
                !slot.contains { (facts.occurrences[$0] ?? []).contains { fields.contains($0.span.field) } }
            }
            let names = missing.map { slot in slot.map { "'\(facts.term($0))'" }.joined(separator: " or ") }
            detail =
                missing.isEmpty
                ? "they all occur, but not so near each other\(isOrdered ? " in this order" : "")"
                : "\(names.joined(separator: ", ")) \(missing.count == 1 ? "does" : "do") not occur there"
        }
        return Explanation(
            label(facts), held: occurrences != nil, detail: detail,
            spans: occurrences.flatMap(span).map { [$0] } ?? [])
    }
}
