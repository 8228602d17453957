@_exported public import Logging

/// The options of a plugin, apart from its behaviour: what they are, and their values once read.
public protocol PluginOptions: Sendable {
    /// What the user may write. Validation, the reference page, the JSON Schema and `plugins show` come from it.
    static var specs: [OptionSpec] { get }
    /// Reads validated options. Pure: it touches nothing outside. Mistakes that the specs cannot express are
    /// reported with ``OptionReader/report(_:at:)``, all of them, before it returns or throws.
    init(_ options: OptionReader) throws
}

/// What a plugin is: its name, its options, and how to make an instance.
public struct Plugin: Sendable {
    public enum Kind: String, Sendable, Hashable, CaseIterable { case source, stage, sink }

    public enum Factory: Sendable {
        case source(@Sendable (any PluginOptions, SourceContext) throws -> any Source)
        case stage(@Sendable (any PluginOptions, StageContext) throws -> any Stage)
        case statefulStage(@Sendable (any PluginOptions, StageContext) throws -> any StatefulStage)
        case sink(@Sendable (any PluginOptions, SinkContext) throws -> any Sink)
    }

    /// Ten thousand sources hold theirs.
    private let shared: Shared

    private final class Shared: Sendable {
        let name: String
        let kind: Kind
        let summary: String
        let specs: [OptionSpec]
        let readOptions: @Sendable (OptionReader) throws -> any PluginOptions
        let factory: Factory
        let executor: (@Sendable () -> any TaskExecutor)?

        init(
            name: String, kind: Kind, summary: String, options: any PluginOptions.Type, factory: Factory,
            executor: (@Sendable () -> any TaskExecutor)?
        ) {
            self.name = name
            self.kind = kind
            self.summary = summary
            self.specs = options.specs
            self.readOptions = { try options.init($0) }
            self.factory = factory
            self.executor = executor
        }
    }

    /// What the configuration's `type:` says: lower-case words joined by `_`.
    public var name: String { shared.name }
    public var kind: Kind { shared.kind }
    /// One sentence.
    public var summary: String { shared.summary }
    public var specs: [OptionSpec] { shared.specs }
    public var readOptions: @Sendable (OptionReader) throws -> any PluginOptions { shared.readOptions }
    public var factory: Factory { shared.factory }
    /// Where the tasks of its sources run; nil: on the shared pool. Asked for when the first of them starts.
    public var executor: (@Sendable () -> any TaskExecutor)? { shared.executor }

    init(
        name: String, kind: Kind, summary: String, options: any PluginOptions.Type, factory: Factory,
        executor: (@Sendable () -> any TaskExecutor)? = nil
    ) {
        shared = Shared(
            name: name, kind: kind, summary: summary, options: options, factory: factory, executor: executor)
    }

    /// - Parameter executor: where the tasks of its sources are to run, for sources that wait for one thread nearly always,
    ///   such as that of an HTTP client: what they do between two waits needs no other thread then. Default the shared pool.
    public static func source<Options: PluginOptions>(
        _ name: String, summary: String, executor: (@Sendable () -> any TaskExecutor)? = nil,
        make: @escaping @Sendable (Options, SourceContext) throws -> any Source
    ) -> Plugin {
        Plugin(
            name: name, kind: .source, summary: summary, options: Options.self,
            factory: .source { try make(expect($0), $1) }, executor: executor)
    }

    public static func stage<Options: PluginOptions>(
        _ name: String, summary: String,
        make: @escaping @Sendable (Options, StageContext) throws -> any Stage
    ) -> Plugin {
        Plugin(
            name: name, kind: .stage, summary: summary, options: Options.self,
            factory: .stage { try make(expect($0), $1) })
    }

    public static func statefulStage<Options: PluginOptions>(
        _ name: String, summary: String,
        make: @escaping @Sendable (Options, StageContext) throws -> any StatefulStage
    ) -> Plugin {
        Plugin(
            name: name, kind: .stage, summary: summary, options: Options.self,
            factory: .statefulStage { try make(expect($0), $1) })
    }

    public static func sink<Options: PluginOptions>(
        _ name: String, summary: String,
        make: @escaping @Sendable (Options, SinkContext) throws -> any Sink
    ) -> Plugin {
        Plugin(
            name: name, kind: .sink, summary: summary, options: Options.self,
            factory: .sink { try make(expect($0), $1) })
    }

    /// The options of a plugin come from its own `readOptions`, so a mismatch is a host's mistake.
    private static func expect<Options>(_ options: any PluginOptions) throws -> Options {
        guard let own = options as? Options else {
            throw OptionError("options of \(type(of: options)) were handed to a plugin of \(Options.self)")
        }
        return own
    }
}

/// A mistake in options that reading them cannot go on from.
public struct OptionError: Error, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
