import WirewatchConfig
import WirewatchKit

/// A sink in use, on the committer's thread.
final class SinkSlot {
    let component: Component
    let sink: any Sink
    let report: SinkReport
    let accepts: Set<RecordKind>

    init(_ component: Component, sink: any Sink, report: SinkReport) {
        self.component = component
        self.sink = sink
        self.report = report
        accepts = sink.accepts
    }

    /// The component's name in the state.
    var stateName: String { "sink/" + component.name }
}

/// What others may know of a sink: figures, and why it is blocked.
final class SinkReport: Sendable {
    let name: String
    let type: String
    let counters = Counters()
    private let detail = Monitor<[(name: String, value: String)]>([])
    private let blocked = Monitor<(reason: String, since: Timestamp)?>(nil)

    init(_ component: Component) {
        name = component.name
        type = component.plugin.name
    }

    var blockedReason: (reason: String, since: Timestamp)? { blocked.withLock { $0 } }

    /// Notes a failure to write; true when the sink was not blocked before.
    func block(_ reason: String, at now: Timestamp) -> Bool {
        counters.fail(reason, at: now)
        return blocked.withLock { state in
            defer { state = (reason, state?.since ?? now) }
            return state == nil
        }
    }

    /// Notes that the sink writes again; how long it was blocked, when it was.
    func unblock(at now: Timestamp) -> Duration? {
        blocked.withLock { state in
            defer { state = nil }
            return state.map { now - $0.since }
        }
    }

    func update(_ status: [(name: String, value: String)]) { detail.withLock { $0 = status } }

    var status: [(name: String, value: String)] { detail.withLock { $0 } }
}
