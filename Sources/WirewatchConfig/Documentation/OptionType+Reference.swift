import WirewatchKit

extension OptionType {
    /// The type with its range, for documentation: `duration, from 1s to 1h`. `group` writes the name of a group.
    func reference(_ group: (OptionGroup) -> String) -> String {
        let base =
            switch self {
            case .bool: "true or false"
            case .integer: "whole number"
            case .number: "number"
            case .string(let allowsEmpty): allowsEmpty ? "text, may be empty" : "text"
            case .choice(let choices): "one of " + Words.or(choices.map(\.name))
            case .duration: "duration"
            case .size: "size"
            case .path: "path"
            case .list(let type, let nonEmpty):
                "list of \(type.inner(group))" + (nonEmpty ? ", at least one" : "")
            case .oneOrMore(let type): "\(type.inner(group)), or a list of them"
            case .map(let type, let keyName): "map from \(keyName) to \(type.inner(group))"
            case .object(let own): "map, \(group(own))"
            case .either(let types): types.map { $0.inner(group) }.joined(separator: "; or ")
            case .any: "any"
            }
        return limits.map { "\(base), \($0)" } ?? base
    }

    private func inner(_ group: (OptionGroup) -> String) -> String {
        switch self {
        case .object(let own): group(own)
        case .list, .map, .either, .oneOrMore: "(\(reference(group)))"
        default: reference(group)
        }
    }

    /// The words of a choice with what each means; also of a choice within a list.
    var choices: [(name: String, doc: String)] {
        switch self {
        case .choice(let choices): choices
        case .list(let type, _), .oneOrMore(let type), .map(let type, _): type.choices
        case .either(let types): types.flatMap(\.choices)
        default: []
        }
    }
}
