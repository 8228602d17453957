import WirewatchKit

/// Finds the groups that options lead to, each once and in the order of first mention; groups may contain themselves.
enum GroupCollector {
    static func groups(of specs: [OptionSpec]) -> [OptionGroup] {
        var found: [OptionGroup] = []
        var queue = specs[...]
        while let spec = queue.popFirst() {
            for group in groups(in: spec.type) where !found.contains(where: { $0.name == group.name }) {
                found.append(group)
                queue += group.specs()
            }
        }
        return found
    }

    private static func groups(in type: OptionType) -> [OptionGroup] {
        switch type {
        case .object(let group): [group]
        case .list(let type, _), .oneOrMore(let type), .map(let type, _): groups(in: type)
        case .either(let types): types.flatMap { groups(in: $0) }
        default: []
        }
    }
}
