internal import WirewatchKit

/// On the entities that the article names.
struct EntityCondition: LeafCondition {
    /// Ids or names, of which one must be there; empty for none asked for.
    private let any: [String]
    /// Each of these must be there.
    private let all: [String]
    /// One of these; empty for any type.
    private let types: [String]
    /// Nil where both will do.
    private let role: Entity.Role?
    /// As they were written.
    private let label: String

    init(any: [String], all: [String] = [], types: [String] = [], role: Entity.Role? = nil) {
        self.any = any.map { $0.lowercased() }
        self.all = all.map { $0.lowercased() }
        self.types = types
        self.role = role
        var parts = ["entity"]
        if !all.isEmpty { parts.append(all.joined(separator: " and ")) }
        if !all.isEmpty, !any.isEmpty { parts.append("and") }
        if !any.isEmpty {
            let shown = any.prefix(8).joined(separator: " or ")
            parts.append(any.count > 8 ? "\(shown) or \(any.count - 8) more" : shown)
        }
        if !types.isEmpty { parts.append("of type \(types.joined(separator: " or "))") }
        if let role { parts.append("as \(role.rawValue)") }
        label = parts.joined(separator: " ")
    }

    func holds(_ facts: Facts) -> Bool { !matches(facts).isEmpty }

    private static func isNamed(_ entity: Entity, _ names: [String]) -> Bool {
        names.contains(entity.id.lowercased()) || names.contains(entity.name.lowercased())
    }

    /// The entities that make the condition hold; none when it does not.
    private func matches(_ facts: Facts) -> [Entity] {
        let fitting = facts.article.entities.filter { misses($0) == nil }
        guard all.allSatisfy({ name in fitting.contains { Self.isNamed($0, [name]) } }) else { return [] }
        if !any.isEmpty, !fitting.contains(where: { Self.isNamed($0, any) }) { return [] }
        if any.isEmpty, all.isEmpty { return fitting }
        return fitting.filter { Self.isNamed($0, all) || Self.isNamed($0, any) }
    }

    /// Why an entity's type or role does not fit; nil when both do.
    private func misses(_ entity: Entity) -> String? {
        if !types.isEmpty, !types.contains(entity.type) { return "its type is \(entity.type)" }
        if let role, entity.role != role { return "it is a \(entity.role.rawValue)" }
        return nil
    }

    var clauses: [[Atom]] {
        var clauses = all.map { [Atom.entity($0)] }
        if !any.isEmpty { clauses.append(any.map(Atom.entity)) }
        return clauses.isEmpty ? [[.anyEntity]] : clauses
    }

    func collect(_ facts: Facts, into found: inout Findings) {
        let entities = matches(facts)
        guard let first = entities.first else { return }
        let span = first.mentions.first
        found.reasons.append(
            AlertReason(
                condition: label, span: span, text: span.flatMap { facts.article.text(of: $0) } ?? first.name))
        for entity in entities where !found.entities.contains(entity.id) { found.entities.append(entity.id) }
    }

    func explanation(_ facts: Facts) -> Explanation {
        let entities = matches(facts)
        if !entities.isEmpty {
            return Explanation(
                label, held: true, detail: entities.map(\.name).joined(separator: ", "),
                spans: entities.compactMap(\.mentions.first))
        }
        let near = facts.article.entities.filter { Self.isNamed($0, any + all) }
        let details = near.compactMap { entity in misses(entity).map { "\(entity.id): \($0)" } }
        let detail =
            near.isEmpty
            ? "none of the article's \(facts.article.entities.count) entities is one of these"
            : details.isEmpty ? "not all of them are there" : details.joined(separator: "; ")
        return Explanation(label, held: false, detail: detail, spans: near.compactMap(\.mentions.first))
    }
}
