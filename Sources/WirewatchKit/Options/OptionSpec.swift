/// What one option is: from this come validation, the reference page, the JSON Schema and the help.
public struct OptionSpec: Sendable {
    /// snake_case noun.
    public var name: String
    public var type: OptionType
    /// Whether the user must give it. An option that is neither required nor has a default may be absent.
    public var isRequired: Bool
    /// The default, as the user would write it in YAML.
    public var defaultText: String?
    /// What it means, in one or more sentences; units and limits come from the type.
    public var doc: String
    /// A value as a user might write it.
    public var example: String?

    public init(
        _ name: String, _ type: OptionType, required: Bool = false, default defaultText: String? = nil,
        example: String? = nil, _ doc: String
    ) {
        self.name = name
        self.type = type
        self.isRequired = required
        self.defaultText = defaultText
        self.example = example
        self.doc = doc
    }
}

extension [OptionSpec] {
    /// Where the option of a name stands.
    package func index(of name: String) -> Int? {
        for index in indices where self[index].name.isName(name) { return index }
        return nil
    }
}

/// The type of an option's value, with its unit and range.
public indirect enum OptionType: Sendable {
    case bool
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    /// A text; empty only when `allowsEmpty`.
    case string(allowsEmpty: Bool = false)
    /// One of these words, each with what it means.
    case choice([(name: String, doc: String)])
    /// `10m`, `1h 30m`, `500ms`: see ``HumanUnits``.
    case duration(ClosedRange<Duration>)
    /// `64MiB`, `10 kB`: bytes.
    case size(ClosedRange<Int>)
    /// A file or folder; relative ones start at the folder of the main configuration file.
    case path
    case list(of: OptionType, nonEmpty: Bool = false)
    /// A single value or a list of them; always read as a list.
    case oneOrMore(OptionType)
    /// Names of the user's choice, each with a value of the type.
    case map(of: OptionType, keyName: String)
    case object(OptionGroup)
    /// One of several forms, told apart by whether the value is a scalar, a list or a map.
    case either([OptionType])
    /// Anything; the plugin reads it by itself.
    case any
}

/// A named group of options, which may contain itself.
public struct OptionGroup: Sendable {
    /// Unique within its plugin; becomes a definition of the JSON Schema and a section of the reference.
    public var name: String
    public var doc: String
    public var specs: @Sendable () -> [OptionSpec]

    public init(_ name: String, _ doc: String, _ specs: @escaping @Sendable () -> [OptionSpec]) {
        self.name = name
        self.doc = doc
        self.specs = specs
    }
}
