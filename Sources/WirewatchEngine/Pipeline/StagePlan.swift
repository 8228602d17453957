import WirewatchConfig
import WirewatchKit

/// The configured pipeline, split at the first stateful stage: workers run what stands before it, the committer the
/// rest.
struct StagePlan: Sendable {
    private(set) var workerStages: [StageSlot] = []
    private var committerComponents: [(component: Component, counters: Counters, pure: (any Stage)?)] = []
    private let clock: any WirewatchClock
    private let log: Logger

    /// - Parameters:
    ///   - search: what the pure stages look for terms with; the same for those that are kept.
    ///   - reusing: stages in use; one whose configuration is the same is kept, with its figures.
    init(
        _ pipeline: [Component], clock: any WirewatchClock, log: Logger, search: TermSearch, reusing: [StageSlot]
    ) throws {
        self.clock = clock
        self.log = log
        for component in pipeline {
            let counters = Counters()
            let context = StageContext(name: component.name, clock: clock, log: log, search: search) {
                counters.note($0)
            }
            switch component.plugin.factory {
            case .stage(let make):
                if let old = reusing.first(where: { $0.component == component }), committerComponents.isEmpty {
                    workerStages.append(old)
                    continue
                }
                let stage = try make(component.options, context)
                if committerComponents.isEmpty {
                    workerStages.append(StageSlot(component: component, stage: stage, counters: counters))
                } else {
                    committerComponents.append((component, counters, stage))
                }
            case .statefulStage:
                committerComponents.append((component, counters, nil))
            case .source, .sink:
                throw EngineError("'\(component.plugin.name)' is no stage")
            }
        }
    }

    /// What the workers run.
    var workerPlan: WorkerPlan.Stages {
        WorkerPlan.Stages(slots: workerStages, hasSuccessors: !committerComponents.isEmpty)
    }

    /// Makes the committer's stages, on its thread.
    func makeCommitterStages(reusing old: [CommitterStage]) throws -> [CommitterStage] {
        try committerComponents.map { component, counters, pure in
            if let same = old.first(where: { $0.component == component }) { return same }
            if let pure { return CommitterStage(component, kind: .pure(pure), counters: counters) }
            guard case .statefulStage(let make) = component.plugin.factory else {
                throw EngineError("'\(component.plugin.name)' is no stateful stage")
            }
            let context = StageContext(name: component.name, clock: clock, log: log) { counters.note($0) }
            let stage = try make(component.options, context)
            return CommitterStage(component, kind: .stateful(stage), counters: counters)
        }
    }

    /// Every stage with its figures, in the order of the pipeline.
    var counters: [(component: Component, counters: Counters)] {
        workerStages.map { ($0.component, $0.counters) } + committerComponents.map { ($0.component, $0.counters) }
    }
}
