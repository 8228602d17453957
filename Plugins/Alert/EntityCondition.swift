internal import WirewatchKit

/// On companies, products, people and organisations that the article speaks of.
struct EntityCondition: LeafCondition {
    /// Ids or names in any case; one of them must be there, if there are any.
    var any: [String] = []
    /// Each must be there.
    var all: [String] = []
    /// One of these; empty for any type.
    var types: [String] = []
    var role: Entity.Role?

    private var label: String {
        var parts = ["entity"]
        if !all.isEmpty { parts.append(all.joined(separator: " and ")) }
        if !any.isEmpty { parts.append(any.prefix(8).joined(separator: " or ") + (any.count > 8 ? " or more" : "")) }
        if !types.isEmpty { parts.append("of type \(types.joined(separator: " or "))") }
        if let role { parts.append("as \(role.rawValue)") }
        return parts.joined(separator: " ")
    }

    private func isWanted(_ entity: Entity) -> Bool {
        (role == nil || entity.role == role) && (types.isEmpty || types.contains(entity.type))
    }

    private func found(_ name: String, _ facts: Facts) -> Entity? {
        let name = name.lowercased()
        return facts.article.entities.first {
            ($0.id.lowercased() == name || $0.name.lowercased() == name) && isWanted($0)
        }
    }

    func holds(_ facts: Facts) -> Bool {
        if facts.article.entities.isEmpty { return false }
        guard all.allSatisfy({ found($0, facts) != nil }) else { return false }
        if any.isEmpty { return !all.isEmpty || facts.article.entities.contains(where: isWanted) }
        return any.contains { found($0, facts) != nil }
    }

    var clauses: [[Atom]] {
        var clauses = all.map { [Atom.entity($0.lowercased())] }
        if !any.isEmpty { clauses.append(any.map { .entity($0.lowercased()) }) }
        return clauses.isEmpty ? [[.anyEntity]] : clauses
    }

    /// The entities that the condition is about, each once.
    private func matches(_ facts: Facts) -> [Entity] {
        if all.isEmpty && any.isEmpty { return facts.article.entities.filter(isWanted) }
        var seen: Set<String> = []
        return (all + any).compactMap { found($0, facts) }.filter { seen.insert($0.id).inserted }
    }

    func collect(_ facts: Facts, into found: inout Findings) {
        let matches = matches(facts)
        found.entities += matches.map(\.id).filter { !found.entities.contains($0) }
        guard let first = matches.first else { return }
        let span = first.mentions.first
        found.reasons.append(
            AlertReason(
                condition: label, span: span, text: span.flatMap { facts.article.text(of: $0) } ?? first.name))
    }

    func explanation(_ facts: Facts) -> Explanation {
        let entities = facts.article.entities
        let held = holds(facts)
        let matches = held ? matches(facts) : []
        let shown = (held ? matches : entities).prefix(12).map { "\($0.id) (\($0.type), \($0.role.rawValue))" }
        let detail =
            entities.isEmpty
            ? "the article has no entities" : (held ? "" : "the entities are ") + shown.joined(separator: ", ")
        return Explanation(label, held: held, detail: detail, spans: matches.compactMap(\.mentions.first))
    }
}
