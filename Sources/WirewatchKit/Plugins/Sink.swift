/// The kinds of record that a sink can ask for.
public enum RecordKind: String, Sendable, Hashable, CaseIterable {
    case articles, alerts
    case deadLetters = "dead_letters"
}

/// A line of a log.
///
/// The size of a reference: articles, which most are, share their contents, and the rest stands apart.
public enum Record: Sendable {
    case article(Article)
    indirect case alert(Alert)
    indirect case deadLetter(DeadLetter)

    public var kind: RecordKind {
        switch self {
        case .article: .articles
        case .alert: .alerts
        case .deadLetter: .deadLetters
        }
    }

    /// Deterministic and unique within the kind.
    public var id: String {
        switch self {
        case .article(let article): article.id
        case .alert(let alert): alert.id
        case .deadLetter(let letter): letter.id
        }
    }
}

/// A destination of records: a log, a terminal, a service.
///
/// Made, used and closed on the committer's thread alone, so it needs no locks.
///
/// ## Lifecycle
/// *describe* and *validate* as for ``Source``, then
/// 1. *make* and ``open(_:)``: takes up what an earlier run left behind.
/// 2. ``write(_:)`` any number of times. It takes all records of the call or, when it throws, none of them: the
///    engine calls again with the same records, holding back everything upstream, until it succeeds.
/// 3. ``checkpoint(_:)``: makes what was written durable, and records its position in the state, which the
///    engine commits right after. Also retried until it succeeds.
/// 4. ``committed()``: what the checkpoint put into the state is durable, with everything else.
/// 5. ``tick(_:)`` about once a second, busy or idle; ``reopen()`` on SIGUSR1 and SIGHUP.
/// 6. ``settle(_:)`` again and again, with checkpoints between as it wants them, until it is done or time is up; then
///    ``close()``, after a last checkpoint.
///
/// After a crash the engine replays what was not committed. A sink whose output outlives the process takes up in
/// ``open(_:)`` the ids of records beyond its committed position, and skips them when they come again, so that each
/// record is there exactly once.
public protocol Sink: AnyObject {
    /// The kinds of record that ``write(_:)`` is given; the engine passes no others. Default: all.
    var accepts: Set<RecordKind> { get }
    func open(_ state: any StateAccess) throws
    func write(_ records: [Record]) throws
    func checkpoint(_ state: any StateAccess) throws
    /// How long what was written may wait for its checkpoint; zero asks for one after each group. Default one second.
    var checkpointInterval: Duration { get }
    /// Called after each commit, so that nothing is acted upon that a crash could take back.
    func committed()
    /// Whether the state is to change although nothing was written, as when a delivery succeeded. Asked after each tick,
    /// and at once after ``SinkContext/wake``.
    var wantsCheckpoint: Bool { get }
    func tick(_ now: Timestamp) throws
    /// Whether the sink has got done what it can before it is closed. Must not wait: it is asked again soon.
    func settle(_ ending: SinkEnding) -> Bool
    func reopen() throws
    /// Begins a new file, for a sink that has files; asked for by `wirewatch rotate`.
    func rotate() throws
    func close() throws
    /// Does what somebody asks about records that could not be delivered; the text is for people.
    ///
    /// - Throws: ``OptionError`` saying why it cannot be done.
    func perform(_ request: SinkRequest) throws -> String
    /// Figures for `wirewatch status`, such as the live file's size.
    var status: [(name: String, value: String)] { get }
}

extension Sink {
    public var accepts: Set<RecordKind> { Set(RecordKind.allCases) }
    public func open(_ state: any StateAccess) throws {}
    public func checkpoint(_ state: any StateAccess) throws {}
    public var checkpointInterval: Duration { .seconds(1) }
    public func committed() {}
    public var wantsCheckpoint: Bool { false }
    public func tick(_ now: Timestamp) throws {}
    public func settle(_ ending: SinkEnding) -> Bool { true }
    public func reopen() throws {}
    public func rotate() throws {}
    public func close() throws {}
    public func perform(_ request: SinkRequest) throws -> String {
        throw OptionError("it writes at once and keeps no dead letters")
    }
    public var status: [(name: String, value: String)] { [] }
}

/// Why a sink is about to be closed.
public enum SinkEnding: Sendable, Hashable {
    /// The run has drained, as with `run --once`: nothing more will come, so nothing need wait for company.
    case drained
    /// The daemon stops: what is due is still done.
    case stopped
    /// The configuration changed: what is under way ends, nothing new begins.
    case replaced
}

/// What people ask of the records that a sink could not deliver.
public enum SinkRequest: Sendable, Hashable {
    /// A line for each dead letter.
    case list
    /// To try one again, by its id, or all of them.
    case requeue(id: String?)
    /// To forget one, or all of them.
    case discard(id: String?)
}

/// What a sink is given. Values only; safe to keep.
public struct SinkContext: Sendable {
    public var name: String
    public var clock: any WirewatchClock
    public var log: Logger
    /// Lets the committer look at the sink at once (``Sink/wantsCheckpoint``) and not within a second. From any thread.
    public var wake: @Sendable () -> Void

    public init(
        name: String, clock: any WirewatchClock, log: Logger, wake: @escaping @Sendable () -> Void = {}
    ) {
        self.name = name
        self.clock = clock
        self.log = log
        self.wake = wake
    }
}

/// What a sink tells the engine by throwing.
public enum SinkError: Error, Sendable {
    /// It cannot write now (disk full, peer down) and expects to later. The engine keeps the records and tries again
    /// after 1 s, growing to 30 s.
    case blocked(String)
    /// It can never work as configured (no such folder, held by another process). The engine does not start with it;
    /// when it happens in mid-run it is treated as blocked.
    case unusable(String)
}
