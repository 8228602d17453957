/// What a source is given. Values only; safe to keep, and small: copies share what they hold.
public struct SourceContext: Sendable {
    private var shared: Shared

    /// A source and the parts of it hold several contexts of some 300 bytes, and there may be ten thousand sources.
    private final class Shared: Sendable {
        let values: Values

        init(_ values: Values) { self.values = values }
    }

    private struct Values: Sendable {
        var name: String
        var drain: Bool
        var clock: any WirewatchClock
        var log: Logger
        var state: any StateReader
        var report: SourceReport
        var endpoint: (any InboundEndpoint)?
        var isRemoved: @Sendable () -> Bool
    }

    /// The configured name.
    public var name: String {
        get { shared.values.name }
        set { change { $0.name = newValue } }
    }

    /// True for `run --once`: yield what is there, then return.
    public var drain: Bool {
        get { shared.values.drain }
        set { change { $0.drain = newValue } }
    }

    public var clock: any WirewatchClock {
        get { shared.values.clock }
        set { change { $0.clock = newValue } }
    }

    public var log: Logger {
        get { shared.values.log }
        set { change { $0.log = newValue } }
    }

    /// The source's own durable state as of the last checkpoint.
    public var state: any StateReader {
        get { shared.values.state }
        set { change { $0.state = newValue } }
    }

    /// Where the source tells how it does; `wirewatch status` shows it.
    public var report: SourceReport {
        get { shared.values.report }
        set { change { $0.report = newValue } }
    }

    /// The daemon's HTTP listener; nil when the configuration has no `listen:`.
    public var endpoint: (any InboundEndpoint)? {
        get { shared.values.endpoint }
        set { change { $0.endpoint = newValue } }
    }

    /// Whether the source has gone from the configuration: asked after its task was cancelled, to undo within a few
    /// seconds what it arranged elsewhere. False when the daemon stops or the source only changes.
    public var isRemoved: @Sendable () -> Bool {
        get { shared.values.isRemoved }
        set { change { $0.isRemoved = newValue } }
    }

    public init(
        name: String, drain: Bool, clock: any WirewatchClock, log: Logger, state: any StateReader,
        report: SourceReport = SourceReport(), endpoint: (any InboundEndpoint)? = nil
    ) {
        shared = Shared(
            Values(
                name: name, drain: drain, clock: clock, log: log, state: state, report: report, endpoint: endpoint,
                isRemoved: { false }))
    }

    private mutating func change(_ edit: (inout Values) -> Void) {
        var values = shared.values
        edit(&values)
        shared = Shared(values)
    }
}
