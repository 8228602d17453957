internal import Synchronization
public import WirewatchKit

extension Plugin {
    /// The `entities` stage.
    public static let entities = Plugin.stage(
        "entities", summary: "Finds companies, products, people and organisations by a watchlist, with every mention."
    ) { (options: EntitiesOptions, context) in Entities(options, context.search) }
}

/// Finds the entities that an article names, and how much it is about each.
final class Entities: Stage {
    /// Articles of more names are rare: what they needed is given back.
    private static let mostKept = 1 << 16

    private let finder: EntityFinder
    private let threshold: Double
    /// One for each thread that was ever inside at once.
    private let pool = Mutex<[Scratch]>([])

    init(_ options: EntitiesOptions, _ search: TermSearch = TermSearch()) {
        finder = EntityFinder(options, search)
        threshold = options.subjectThreshold
    }

    func process(_ event: inout ArticleEvent) throws -> Verdict {
        var scratch = pool.withLock { $0.popLast() } ?? Scratch()
        scratch.isTracing = false
        let bodyBytes = event.article.body.utf8.count
        let found = finder.find(event.article, &scratch) {
            EntityReport($0, finder.watchlist, bodyBytes: bodyBytes, threshold: threshold).entities
        }
        if scratch.hits.capacity <= Self.mostKept { pool.withLock { [scratch] in $0.append(scratch) } }
        // Entities that another stage found stay; those of the same id are made anew.
        let others =
            event.article.entities.isEmpty
            ? []
            : event.article.entities.filter { old in
                !finder.watchlist.ids.contains(old.id) && !found.contains { $0.id == old.id }
            }
        event.article.entities = found + others
        return .keep
    }

    func explain(_ event: ArticleEvent) -> Explanation? {
        var scratch = Scratch()
        scratch.isTracing = true
        return finder.find(event.article, &scratch) {
            EntityReport(
                $0, finder.watchlist, bodyBytes: event.article.body.utf8.count, threshold: threshold
            ).explanation
        }
    }
}
