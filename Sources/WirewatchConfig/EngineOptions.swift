public import WirewatchKit

/// The `engine` section: how much runs at once and how long things are kept.
public struct EngineOptions: PluginOptions, Equatable {
    /// Threads that run the pure stages; nil for one per core.
    public var workers: Int?
    /// Documents that may wait for a worker.
    public var queueArticles: Int
    /// Bytes of documents that may wait for a worker.
    public var queueBytes: Int
    /// Documents handed to a worker at once.
    public var batch: Int
    public var stopTimeout: Duration
    public var seenRetention: Duration

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "workers", .integer(1...256), example: "4",
            "Threads that extract, classify and measure articles at the same time. Without it, one for each core."),
        OptionSpec(
            "queue_articles", .integer(1...1_000_000), default: "256",
            "Documents that may wait for a worker. When so many wait, sources pause until there is room."),
        OptionSpec(
            "queue_bytes", .size((64 << 10)...(1 << 40)), default: "64MiB",
            "The size of all documents that may wait for a worker; beyond it, sources pause as well."),
        OptionSpec(
            "batch", .integer(1...4096), default: "32",
            "Documents handed to a worker at once. More is faster, fewer appear sooner in the logs."),
        OptionSpec(
            "stop_timeout", .duration(.seconds(1)...(.seconds(3600))), default: "20s",
            "How long the daemon, when told to stop, goes on with what it has begun. What is left then is done "
                + "again after the next start."),
        OptionSpec(
            "seen_retention", .duration(.seconds(3600)...(.seconds(86400 * 36500))), default: "365d",
            "How long a document that has been processed is remembered, so that it is not processed again."),
    ]

    /// The defaults.
    public init() { self.init(.empty(Self.specs)) }

    public init(_ options: OptionReader) {
        workers = options.integer("workers")
        queueArticles = options.integer("queue_articles") ?? 256
        queueBytes = options.size("queue_bytes") ?? 64 << 20
        batch = options.integer("batch") ?? 32
        stopTimeout = options.duration("stop_timeout") ?? .seconds(20)
        seenRetention = options.duration("seen_retention") ?? .seconds(86400 * 365)
    }
}
