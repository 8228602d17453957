internal import Synchronization
public import WirewatchKit

extension Plugin {
    /// The `classify` stage.
    public static let classify = Plugin.stage(
        "classify", summary: "Finds an article's topics by weighted terms, with the text that tells each."
    ) { (options: ClassifyOptions, context) in Classify(options, context.search) }
}

/// Finds topics by their terms: one pass over the texts of the article for the terms of all topics.
final class Classify: Stage {
    /// Articles of more occurrences are rare: what they needed is given back.
    private static let mostKept = 1 << 16

    private let finder: TopicFinder
    private let judge: TopicJudge
    private let evidenceLimit: Int
    private let ids: Set<String>
    /// One for each thread that was ever inside at once.
    private let pool = Mutex<[TopicScratch]>([])

    init(_ options: ClassifyOptions, _ search: TermSearch = TermSearch()) {
        finder = TopicFinder(options.topics, search)
        judge = TopicJudge(lexicon: finder.lexicon)
        evidenceLimit = options.evidenceLimit
        ids = Set(options.topics.map(\.id))
    }

    func process(_ event: inout ArticleEvent) throws -> Verdict {
        var scratch = pool.withLock { $0.popLast() } ?? TopicScratch()
        finder.find(event.article, &scratch)
        judge.judge(&scratch)
        var topics = found(&scratch)
        if scratch.hits.capacity <= Self.mostKept { pool.withLock { [scratch] in $0.append(scratch) } }
        // Topics that another stage found stay; those of the same id are made anew.
        for topic in event.article.topics where !ids.contains(topic.id) { topics.append(topic) }
        event.article.topics = topics
        return .keep
    }

    /// The topics with their evidence, the highest score first.
    private func found(_ scratch: inout TopicScratch) -> [Topic] {
        let count = scratch.scores.count { $0 > 0 }
        if count == 0 { return [] }
        var topics: [Topic] = []
        topics.reserveCapacity(count)
        for (number, topic) in finder.lexicon.topics.enumerated() where scratch.scores[number] > 0 {
            let evidence = EvidenceChoice.evidence(
                Int(scratch.witnesses[number]), finder.lexicon, limit: evidenceLimit, &scratch)
            topics.append(Topic(id: topic.id, score: scratch.scores[number], evidence: evidence))
        }
        topics.sort { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score }
        return topics
    }

    func explain(_ event: ArticleEvent) -> Explanation? {
        var scratch = TopicScratch()
        scratch.isTracing = true
        finder.find(event.article, &scratch)
        judge.judge(&scratch)
        return TopicExplanation(scratch, judge).all
    }
}
