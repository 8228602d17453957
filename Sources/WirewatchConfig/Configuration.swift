public import WirewatchKit

/// A configuration in which everything is checked: what the engine builds its pipeline from.
///
/// Two are equal when they configure the same, wherever it is written.
public struct Configuration: Sendable, Equatable {
    /// The main file, absolute.
    public var file: String
    /// Every file that was read, the main one first, absolute; included files and secrets too.
    public var files: [String]
    /// Absolute; need not exist yet.
    public var stateDirectory: String
    public var sources: [Component]
    public var pipeline: [Component]
    public var sinks: [Component]
    public var engine: EngineOptions
    public var log: LogOptions
    /// Nil when the daemon has no HTTP endpoint.
    public var listen: ListenOptions?
    /// What currencies are worth where rules compare amounts.
    public var rates: ExchangeRates
    /// The paths of the endpoint that sources serve.
    public var servedPaths: [ServedPath]

    /// For hosts that put a configuration together by themselves; ``load(path:environment:registry:)`` is the usual way.
    public init(
        file: String, files: [String] = [], stateDirectory: String, sources: [Component] = [],
        pipeline: [Component] = [], sinks: [Component] = [], engine: EngineOptions = EngineOptions(),
        log: LogOptions = LogOptions(), listen: ListenOptions? = nil, rates: ExchangeRates = .shipped,
        servedPaths: [ServedPath] = []
    ) {
        self.file = file
        self.files = files
        self.stateDirectory = stateDirectory
        self.sources = sources
        self.pipeline = pipeline
        self.sinks = sinks
        self.engine = engine
        self.log = log
        self.listen = listen
        self.rates = rates
        self.servedPaths = servedPaths
    }
}

/// A path of the HTTP endpoint that belongs to a source.
public struct ServedPath: Sendable, Hashable {
    public var path: String
    /// Whether everything below it belongs to the source too.
    public var includesBelow: Bool

    public init(path: String, includesBelow: Bool) {
        self.path = path
        self.includesBelow = includesBelow
    }
}

/// A configured source, stage or sink.
public struct Component: Sendable {
    /// Unique among its kind.
    public var name: String
    public var plugin: Plugin
    /// As read by the plugin; what its factory takes.
    public var options: any PluginOptions
    /// The options as a value, with absolute paths, variables and includes filled in.
    public var value: OptionValue
    public var location: SourceLocation
    /// The rates that it was read with.
    public var rates: ExchangeRates

    public init(
        name: String, plugin: Plugin, options: any PluginOptions, value: OptionValue, location: SourceLocation,
        rates: ExchangeRates = .shipped
    ) {
        self.name = name
        self.plugin = plugin
        self.options = options
        self.value = value
        self.location = location
        self.rates = rates
    }
}

extension Component: Equatable {
    /// Whether a reload may keep the running instance.
    public static func == (a: Component, b: Component) -> Bool {
        a.name == b.name && a.plugin.kind == b.plugin.kind && a.plugin.name == b.plugin.name && a.value == b.value
            && a.rates == b.rates
    }
}

/// What came of reading a configuration.
public struct LoadResult: Sendable {
    /// Nil when there are errors.
    public var configuration: Configuration?
    /// In the order of the files, each from top to bottom.
    public var diagnostics: [Diagnostic]
    /// The text of each file, under the name that its diagnostics carry.
    public var texts: [String: String]

    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
    public var hasWarnings: Bool { diagnostics.contains { $0.severity == .warning } }
}
