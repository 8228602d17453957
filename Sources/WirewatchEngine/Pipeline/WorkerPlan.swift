import WirewatchConfig
import WirewatchKit

/// A pure stage with its name and figures.
struct StageSlot: Sendable {
    let component: Component
    let stage: any Stage
    let counters: Counters
}

/// The pure stages that workers run straight through: those before the first stateful one.
final class WorkerPlan: Sendable {
    struct Stages: Sendable {
        var slots: [StageSlot] = []
        /// Whether stages of the committer come after them, which may want the document's bytes.
        var hasSuccessors = false
    }

    private let stages = Monitor(Stages())

    var current: Stages { stages.withLock { $0 } }

    func replace(with new: Stages) { stages.withLock { $0 = new } }

    /// Runs one intake through the stages, and takes its document out of it: an article that nothing else holds is changed
    /// where it is.
    static func process(_ intake: inout Intake, stages: Stages, clock: any WirewatchClock) -> Processed {
        var item = IntakeItem.cursor
        swap(&item, &intake.item)
        let intake = intake
        func result(_ id: String, _ outcome: Processed.Outcome) -> Processed {
            Processed(
                source: intake.source, id: id, received: intake.received, outcome: outcome, cursor: intake.cursor,
                ticket: intake.ticket)
        }
        switch consume item {
        case .cursor:
            return result("", .cursor)
        case .rejection(let identity, let url, let reason, let excerpt):
            let id = Article.identifier(source: intake.source, identity: identity)
            let letter = DeadLetter(
                id: id, time: intake.received, source: intake.source, url: url, stage: intake.source,
                error: reason, document: excerpt)
            return result(id, .deadLetter(letter, content: nil))
        case .document(var document):
            var article = Self.noArticle
            swap(&article, &document.article)
            article.id = Article.identifier(source: intake.source, identity: document.identity)
            article.source = intake.source
            article.received = intake.received
            let id = article.id
            let event = ArticleEvent(article: consume article, content: document.content)
            return result(id, run(event, stages: stages, clock: clock))
        }
    }

    private static let noArticle = Article()

    private static func run(
        _ event: consuming ArticleEvent, stages: Stages, clock: any WirewatchClock
    ) -> Processed.Outcome {
        for slot in stages.slots {
            let start = monotonicNanoseconds()
            defer { slot.counters.spend(since: start) }
            slot.counters.add(received: 1, bytes: event.article.body.utf8.count)
            do {
                switch try slot.stage.process(&event) {
                case .keep: slot.counters.add(emitted: 1)
                case .drop(let reason):
                    slot.counters.drop(reason)
                    return .dropped
                }
            } catch {
                let now = clock.now()
                slot.counters.fail(String(describing: error), at: now)
                let (letter, content) = DeadLetter.failed(
                    event.article, content: event.content, stage: slot.component.name, error: error, at: now)
                return .deadLetter(letter, content: content)
            }
        }
        // Nobody reads the bytes any more, which would otherwise wait with the article for the committer.
        if !stages.hasSuccessors { event = ArticleEvent(article: event.article) }
        return .article(event)
    }
}
