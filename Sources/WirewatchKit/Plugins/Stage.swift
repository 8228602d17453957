/// What a stage decides about an event.
public enum Verdict: Sendable, Hashable {
    case keep
    /// The event goes no further; it is counted under this reason (a few fixed words, for it becomes a label).
    case drop(reason: String)
}

/// A pure stage: turns an article event into a better one, or drops it.
///
/// One instance serves all workers at once, so it holds no changing state. The result depends on the event and the
/// options alone.
///
/// ## Lifecycle
/// *describe* and *validate* as for ``Source``; *make* once per configuration; then `process` from any number of
/// threads at once. An error thrown dead-letters that one event and nothing else.
public protocol Stage: Sendable {
    func process(_ event: inout ArticleEvent) throws -> Verdict

    /// Why the stage decided as it did, for `wirewatch explain`. `event` is the event after ``process(_:)``.
    func explain(_ event: ArticleEvent) -> Explanation?
}

extension Stage {
    public func explain(_ event: ArticleEvent) -> Explanation? { nil }
}

/// A stage that remembers: dedupe, story grouping, alert windows.
///
/// Made, used and let go on the committer's thread alone; sees events in the order in which they arrived. Everything
/// that later decisions depend on lives in `state`, so that a crash and a replay lead to the same decisions.
public protocol StatefulStage: AnyObject {
    func process(_ event: inout ArticleEvent, state: any StateAccess) throws -> Verdict
    func explain(_ event: ArticleEvent) -> Explanation?
    /// What time alone brings about; called about once a second, busy or idle, so it must cost nothing when nothing is due.
    ///
    /// An alert's id and content must not depend on the moment of the call: after a crash it comes again, later.
    ///
    /// - Parameter alerts: what the stages before this one raised in the same tick; what is left of them after the last
    ///   stage is written to the sinks. Default: nothing happens.
    func tick(_ now: Timestamp, _ alerts: inout [Alert], state: any StateAccess) throws
    /// Does what an operator asks of the running stage through the control socket, and answers.
    ///
    /// What it changes in `state` is durable before the answer goes out. Default: throws, for most stages take no orders.
    ///
    /// - Throws: what the operator is told.
    func answer(_ request: [UInt8], state: any StateAccess) throws -> [UInt8]
}

extension StatefulStage {
    public func explain(_ event: ArticleEvent) -> Explanation? { nil }
    public func tick(_ now: Timestamp, _ alerts: inout [Alert], state: any StateAccess) throws {}
    public func answer(_ request: [UInt8], state: any StateAccess) throws -> [UInt8] {
        throw OptionError("this stage takes no orders")
    }
}

/// What a stage is given. Values only; safe to keep.
public struct StageContext: Sendable {
    public var name: String
    public var clock: any WirewatchClock
    public var log: Logger
    /// Counts something of note that happened under one of a few fixed words; `wirewatch status` and `/metrics` show the
    /// sums. From any thread.
    public var count: @Sendable (String) -> Void
    /// The search for terms that the pure stages of a pipeline share.
    public var search: TermSearch

    public init(
        name: String, clock: any WirewatchClock, log: Logger, search: TermSearch = TermSearch(),
        count: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.search = search
        self.name = name
        self.clock = clock
        self.log = log
        self.count = count
    }
}

/// A tree of reasons, as `wirewatch explain` shows it.
public struct Explanation: Sendable, Hashable {
    /// One line: a condition, a field, a term.
    public var label: String
    /// Whether it held; nil where that is no question.
    public var held: Bool?
    /// What was found or what was missing.
    public var detail: String?
    public var spans: [TextSpan]
    public var children: [Explanation]

    public init(
        _ label: String, held: Bool? = nil, detail: String? = nil, spans: [TextSpan] = [],
        children: [Explanation] = []
    ) {
        self.label = label
        self.held = held
        self.detail = detail
        self.spans = spans
        self.children = children
    }
}
