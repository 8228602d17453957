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
