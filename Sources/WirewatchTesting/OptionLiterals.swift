public import WirewatchKit

/// Option values written as Swift literals, for tests of plugins: `["topics": ["ai": ["terms": ["robot", "LLM"]]]]`.
public indirect enum OptionLiteral: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    case string(String), integer(Int), number(Double), bool(Bool)
    case list([OptionLiteral]), map([(String, OptionLiteral)])

    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: OptionLiteral...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, OptionLiteral)...) { self = .map(elements) }

    public var value: OptionValue {
        let place = SourceLocation(file: "test", line: 1, column: 1)
        return switch self {
        case .string(let text): OptionValue(.string(text), at: place, scalarText: text)
        case .integer(let number):
            OptionValue(.integer(number), at: place, scalarText: String(number))
        case .number(let number): OptionValue(.number(number), at: place, scalarText: "\(number)")
        case .bool(let truth): OptionValue(.bool(truth), at: place, scalarText: "\(truth)")
        case .list(let elements): OptionValue(.list(elements.map(\.value)), at: place)
        case .map(let entries):
            OptionValue(
                .map(entries.map { .init(key: $0.0, keyLocation: place, value: $0.1.value) }),
                at: place)
        }
    }
}

/// Options that were refused, with what was said of them.
public struct RefusedOptions: Error { public var diagnostics: [Diagnostic] }

/// Makes a plugin's options from literals. The specs are not checked, that is the configuration's part.
public func options<Options: PluginOptions>(
    _ type: Options.Type = Options.self, _ literal: OptionLiteral, scope: OptionScope = OptionScope()
) throws -> Options {
    let diagnostics = OptionReader.Diagnostics()
    let options = try Options(
        OptionReader(literal.value, specs: Options.specs, diagnostics: diagnostics, scope: scope, owner: "test"))
    if diagnostics.hasErrors { throw RefusedOptions(diagnostics: diagnostics.all) }
    return options
}

extension SourceContext {
    /// A context for tests.
    public static func test(
        clock: any WirewatchClock = ManualClock(), state: any StateReader = MemoryState(),
        drain: Bool = true, endpoint: (any InboundEndpoint)? = nil
    ) -> SourceContext {
        SourceContext(
            name: "test", drain: drain, clock: clock, log: Logger(label: "test"), state: state, endpoint: endpoint)
    }
}

extension StageContext {
    /// A context for tests.
    public static func test(clock: any WirewatchClock = ManualClock()) -> StageContext {
        StageContext(name: "test", clock: clock, log: Logger(label: "test"))
    }
}

extension SinkContext {
    /// A context for tests.
    public static func test(clock: any WirewatchClock = ManualClock()) -> SinkContext {
        SinkContext(name: "test", clock: clock, log: Logger(label: "test"))
    }
}
