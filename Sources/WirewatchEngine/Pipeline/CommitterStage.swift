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
}
