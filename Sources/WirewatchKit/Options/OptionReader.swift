/// Reads the options of one map, checked against its specs before, with defaults for what is absent.
///
/// A value that failed its check is reported already; reading it gives a neutral value, so that the reader goes on and
/// finds the other mistakes. Nothing is made from options with mistakes.
public struct OptionReader {
    public let value: OptionValue
    private let specs: [OptionSpec]
    private let diagnostics: Diagnostics
    /// The configuration around these options.
    public let scope: OptionScope
    /// The component's configured name; empty when the options are read apart from a configuration.
    public let owner: String

    /// Collects what is reported; shared by the readers of one configuration.
    public final class Diagnostics {
        public private(set) var all: [Diagnostic] = []

        public init() {}

        public func add(_ diagnostic: Diagnostic) { all.append(diagnostic) }
        public var hasErrors: Bool { all.contains { $0.severity == .error } }
    }

    public init(
        _ value: OptionValue, specs: [OptionSpec], diagnostics: Diagnostics, scope: OptionScope = OptionScope(),
        owner: String = ""
    ) {
        self.value = value
        self.specs = specs
        self.diagnostics = diagnostics
        self.scope = scope
        self.owner = owner
    }

    /// Reports a mistake that the specs cannot express; the configuration is then refused.
    public func report(_ message: String, at location: SourceLocation? = nil) {
        diagnostics.add(Diagnostic(at: location ?? value.location, message))
    }

    /// Reports a doubt: `check` shows it, `check --strict` refuses it.
    public func warn(_ message: String, at location: SourceLocation? = nil) {
        diagnostics.add(Diagnostic(.warning, at: location ?? value.location, message))
    }

    /// The value as written; nil when absent or null.
    public func raw(_ name: String) -> OptionValue? {
        guard let found = value[name] else { return nil }
        return found.isNull ? nil : found
    }

    /// Whether one of these options is given a value.
    public func hasAny(of names: [String]) -> Bool {
        guard case .map(let entries) = value.content else { return false }
        for index in entries.indices where !entries[index].value.isNull {
            for name in names where entries[index].key.isName(name) { return true }
        }
        return false
    }

    /// Where the option was written, or where its map begins.
    public func location(_ name: String) -> SourceLocation { value[name]?.location ?? value.location }

    public func string(_ name: String) -> String? {
        guard let found = raw(name) else { return defaultText(name) }
        return Self.text(found)
    }

    public func bool(_ name: String) -> Bool {
        guard let found = raw(name) else { return defaultText(name) == "true" }
        if case .bool(let value) = found.content { return value }
        return false
    }

    public func integer(_ name: String) -> Int? {
        guard let found = raw(name) else { return defaultText(name).flatMap { Int($0) } }
        if case .integer(let value) = found.content { return value }
        return nil
    }

    public func number(_ name: String) -> Double? {
        guard let found = raw(name) else { return defaultText(name).flatMap { Double($0) } }
        return Self.number(found)
    }

    public func duration(_ name: String) -> Duration? {
        string(name).flatMap { HumanUnits.duration($0) }
    }

    /// Bytes.
    public func size(_ name: String) -> Int? { string(name).flatMap { HumanUnits.size($0) } }

    /// A list of texts; also for `oneOrMore`.
    public func strings(_ name: String) -> [String] {
        guard let found = raw(name) else { return defaultText(name).map { [$0] } ?? [] }
        return Self.elements(found).compactMap(Self.text)
    }

    /// The elements of a list, a `oneOrMore`, or none.
    public func list(_ name: String) -> [OptionValue] { raw(name).map(Self.elements) ?? [] }

    /// The entries of a map, or none.
    public func entries(_ name: String) -> [OptionValue.Entry] {
        guard case .map(let entries)? = raw(name)?.content else { return [] }
        return entries
    }

    /// A reader for an option that is an object; nil when absent or not a map.
    public func group(_ name: String, _ group: OptionGroup) -> OptionReader? {
        raw(name).flatMap { reader(of: $0, group) }
    }

    /// A reader for a map found inside these options.
    public func reader(of value: OptionValue, _ group: OptionGroup) -> OptionReader? {
        guard case .map = value.content else { return nil }
        return OptionReader(value, specs: group.specs(), diagnostics: diagnostics, scope: scope, owner: owner)
    }

    /// A scalar as text; nil for lists and maps.
    public static func text(_ value: OptionValue) -> String? {
        switch value.content {
        case .string(let text): text
        case .integer, .number, .bool: value.scalarText
        default: nil
        }
    }

    public static func number(_ value: OptionValue) -> Double? {
        switch value.content {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    /// The elements of a list; a single value counts as a list of one.
    public static func elements(_ value: OptionValue) -> [OptionValue] {
        if case .list(let elements) = value.content { return elements }
        return [value]
    }

    private func defaultText(_ name: String) -> String? {
        specs.index(of: name).flatMap { specs[$0].defaultText }
    }
}
