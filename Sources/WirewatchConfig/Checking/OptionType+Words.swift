import WirewatchKit
import WirewatchYAML

extension OptionType {
    /// What a value of the type is, in words: `a duration such as 10m`.
    var words: String {
        switch self {
        case .bool: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .string: "a text"
        case .choice(let choices): "one of " + Words.or(choices.map { "'\($0.name)'" })
        case .duration: "a duration such as 90s, 10m or 1h 30m"
        case .size: "a size such as 500kB or 64MiB"
        case .path: "a path"
        case .list(let type, _): "a list of \(type.plural)"
        case .oneOrMore(let type): "\(type.words), or a list of them"
        case .map(let type, let keyName): "a map from \(keyName) to \(type.words)"
        case .object: "a map of options"
        case .either(let types): types.map(\.words).joined(separator: ", or ")
        case .any: "any value"
        }
    }

    private var plural: String {
        switch self {
        case .bool: "true and false"
        case .integer: "whole numbers"
        case .number: "numbers"
        case .string: "texts"
        case .choice(let choices): "words out of " + Words.list(choices.map { "'\($0.name)'" }, "and")
        case .duration: "durations such as 10m"
        case .size: "sizes such as 64MiB"
        case .path: "paths"
        case .list: "lists"
        case .map, .object: "maps"
        case .oneOrMore(let type): type.plural
        case .either(let types): Words.or(types.map(\.plural))
        case .any: "values"
        }
    }

    /// `from 1 to 256`, `at least 1s`; nil where there is no limit worth naming.
    var limits: String? {
        switch self {
        case .integer(let range):
            Self.limits(
                range.lowerBound == .min ? nil : "\(range.lowerBound)",
                range.upperBound == .max ? nil : "\(range.upperBound)")
        case .number(let range):
            Self.limits(
                range.lowerBound <= -.greatestFiniteMagnitude ? nil : Words.number(range.lowerBound),
                range.upperBound >= .greatestFiniteMagnitude ? nil : Words.number(range.upperBound))
        case .duration(let range):
            Self.limits(
                range.lowerBound <= .zero ? nil : HumanUnits.text(range.lowerBound),
                range.upperBound > .seconds(86400 * 365_000) ? nil : HumanUnits.text(range.upperBound))
        case .size(let range):
            Self.limits(
                range.lowerBound <= 0 ? nil : HumanUnits.text(bytes: range.lowerBound),
                range.upperBound >= 1 << 60 ? nil : HumanUnits.text(bytes: range.upperBound))
        default: nil
        }
    }

    private static func limits(_ low: String?, _ high: String?) -> String? {
        switch (low, high) {
        case (let low?, let high?): "from \(low) to \(high)"
        case (let low?, nil): "at least \(low)"
        case (nil, let high?): "at most \(high)"
        case (nil, nil): nil
        }
    }

    /// Whether a value of this shape may be of the type, whatever is in it.
    func accepts(shapeOf value: OptionValue) -> Bool {
        switch self {
        case .bool, .integer, .number, .string, .choice, .duration, .size, .path: value.shape == .scalar
        case .list: value.shape == .list
        case .map, .object: value.shape == .map
        case .oneOrMore(let type): value.shape == .list || type.accepts(shapeOf: value)
        case .either(let types): types.contains { $0.accepts(shapeOf: value) }
        case .any: true
        }
    }
}

extension OptionValue {
    enum Shape { case scalar, list, map }

    var shape: Shape {
        switch content {
        case .list: .list
        case .map: .map
        default: .scalar
        }
    }

    /// A text that was quoted, though plain it would be a number or a truth value.
    var isNeedlesslyQuoted: Bool {
        guard case .string(let text) = content else { return false }
        switch CoreSchema.resolve(text) {
        case .text, .null: return false
        default: return true
        }
    }
}

/// Small pieces of English.
enum Words {
    static func or(_ words: [String]) -> String { list(words, "or") }

    static func list(_ words: [String], _ conjunction: String) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }

    /// Without `.0` where the number is whole.
    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) <= 1e15 ? "\(Int(value))" : "\(value)"
    }

    static func article(_ word: String) -> String {
        word.first.map { "aeiou".contains($0) } == true ? "an \(word)" : "a \(word)"
    }
}
