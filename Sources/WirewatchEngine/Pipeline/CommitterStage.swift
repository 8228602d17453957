import WirewatchConfig
import WirewatchKit

/// A stage that runs on the committer's thread: a stateful one, or a pure one placed after it.
final class CommitterStage {
    enum Kind {
        case pure(any Stage)
        case stateful(any StatefulStage)
    }

    let component: Component
    let kind: Kind
    let counters: Counters

    init(_ component: Component, kind: Kind, counters: Counters) {
        self.component = component
        self.kind = kind
        self.counters = counters
    }

    func process(_ event: inout ArticleEvent, store: StateStore) throws -> Verdict {
        switch kind {
        case .pure(let stage): try stage.process(&event)
        case .stateful(let stage): try stage.process(&event, state: store.access("stage/" + component.name))
        }
    }

    func tick(_ now: Timestamp, _ alerts: inout [Alert], store: StateStore) throws {
        guard case .stateful(let stage) = kind else { return }
        try stage.tick(now, &alerts, state: store.access("stage/" + component.name))
    }

    func answer(_ request: [UInt8], store: StateStore) throws -> [UInt8] {
        guard case .stateful(let stage) = kind else { throw OptionError("this stage takes no orders") }
        return try stage.answer(request, state: store.access("stage/" + component.name))
    }
}
