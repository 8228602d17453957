internal import WirewatchKit

/// On the entities that the article names.
struct EntityCondition: Sendable {
    /// One of these ids; empty for none asked for.
    var any: [String]
    /// Each of these ids.
    var all: [String] = []
    /// One of these; empty for any type.
    var types: [String] = []
    /// Nil where both will do.
    var role: Entity.Role?

    var label: String {
        var parts = ["entity"]
        if !all.isEmpty { parts.append(all.joined(separator: " and ")) }
        if !all.isEmpty, !any.isEmpty { parts.append("and") }
        if !any.isEmpty { parts.append(any.joined(separator: " or ")) }
        if !types.isEmpty { parts.append("of type \(types.joined(separator: " or "))") }
        if let role { parts.append("as \(role.rawValue)") }
        return parts.joined(separator: " ")
    }

    func holds(_ facts: Facts) -> Bool { !matches(facts).isEmpty }

    /// The entities that make the condition hold; none when it does not.
    private func matches(_ facts: Facts) -> [Entity] {
        let fitting = facts.article.entities.filter { misses($0) == nil }
        guard all.allSatisfy({ id in fitting.contains { $0.id == id } }) else { return [] }
        if !any.isEmpty, !fitting.contains(where: { any.contains($0.id) }) { return [] }
        if any.isEmpty, all.isEmpty { return fitting }
        return fitting.filter { all.contains($0.id) || any.contains($0.id) }
    }

    /// Why an entity's type or role does not fit; nil when both do.
    private func misses(_ entity: Entity) -> String? {
        if !types.isEmpty, !types.contains(entity.type) { return "its type is \(entity.type)" }
        if let role, entity.role != role { return "it is a \(entity.role.rawValue)" }
        return nil
    }

    func collect(_ facts: Facts, into found: inout Findings) {
        let entities = matches(facts)
        guard let first = entities.first else { return }
        let span = first.mentions.first
        found.reasons.append(
            AlertReason(
                condition: label, span: span, text: span.flatMap { facts.article.text(of: $0) } ?? first.name))
        for entity in entities where !found.entities.contains(entity.name) { found.entities.append(entity.name) }
    }

    func explanation(_ facts: Facts) -> Explanation {
        let entities = matches(facts)
        if !entities.isEmpty {
            return Explanation(
                label, held: true, detail: entities.map(\.name).joined(separator: ", "),
                spans: entities.compactMap(\.mentions.first))
        }
        let near = facts.article.entities.filter { any.contains($0.id) || all.contains($0.id) }
        let details = near.compactMap { entity in misses(entity).map { "\(entity.id): \($0)" } }
        let detail =
            near.isEmpty
            ? "none of the article's \(facts.article.entities.count) entities is one of these"
            : details.isEmpty ? "not all of them are there" : details.joined(separator: "; ")
        return Explanation(label, held: false, detail: detail, spans: near.compactMap(\.mentions.first))
    }
}
