import Synchronization
import WirewatchKit

/// A thread that takes batches from the queue, runs the pure stages and hands the results to the committer.
final class Worker: Sendable {
    /// When the batch in work was begun, in monotonic milliseconds; zero while waiting.
    private let busySince = Atomic<Int64>(0)

    /// - Parameter ended: called on the worker's thread after the queue is closed and empty.
    init(
        number: Int, queue: IntakeQueue, batchSize: Int, plan: WorkerPlan, mailbox: CommitterMailbox,
        clock: any WirewatchClock
    ) throws {
        _ = try EngineThread("worker-\(number)") { [self] in
            while var batch = queue.receive(max: batchSize) {
                busySince.store(monotonicMilliseconds(), ordering: .relaxed)
                let stages = plan.current
                let results = batch.items.indices.map {
                    WorkerPlan.process(&batch.items[$0], stages: stages, clock: clock)
                }
                busySince.store(0, ordering: .relaxed)
                mailbox.deliver(batch.sequence, results)
            }
            mailbox.workerEnded()
        }
    }

    /// How long the batch in work has been worked on; zero while waiting.
    func busy(at now: Int64) -> Duration {
        let since = busySince.load(ordering: .relaxed)
        return since == 0 ? .zero : .milliseconds(now - since)
    }
}
