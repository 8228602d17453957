internal import Synchronization
public import WirewatchKit

extension Plugin {
    /// The `classify` stage.
    public static let classify = Plugin.stage(
        "classify", summary: "Finds an article's topics by weighted terms, with the text that tells each."
    ) { (options: ClassifyOptions, context) in try Classify(options, context.search) }
}

/// Finds topics by their terms: one pass over the texts of the article for the terms of all topics.
final class Classify: Stage {
    /// Articles of more occurrences are rare: what they needed is given back.
    private static let mostKept = 1 << 16

    private let finder: TopicFinder
    private let judge: TopicJudge
    private let evidenceLimit: Int
    private let ids: Set<String>
    /// Nil without a model.
    private let learned: LearnedTopics?
    /// One for each thread that was ever inside at once.
    private let pool = Mutex<[TopicScratch]>([])

    /// - Throws: ``ModelProblem`` when there is a model that cannot be used.
    init(_ options: ClassifyOptions, _ search: TermSearch = TermSearch()) throws {
        finder = TopicFinder(options.topics, search)
        let judge = TopicJudge(lexicon: finder.lexicon)
        self.judge = judge
        evidenceLimit = options.evidenceLimit
        learned = try options.model.map { file in
            try LearnedTopics(file: file, judge, evidenceLimit: options.evidenceLimit)
        }
        ids = Set(options.topics.map(\.id) + (learned?.topicIDs ?? []))
    }

    func process(_ event: inout ArticleEvent) throws -> Verdict {
        var scratch = pool.withLock { $0.popLast() } ?? TopicScratch()
        finder.find(event.article, &scratch)
        judge.judge(&scratch)
        var topics = found(event.article, &scratch)
        if scratch.hits.capacity <= Self.mostKept { pool.withLock { [scratch] in $0.append(scratch) } }
        // Topics that another stage found stay; those of the same id are made anew.
        for topic in event.article.topics where !ids.contains(topic.id) { topics.append(topic) }
        event.article.topics = topics
        return .keep
    }

    /// The topics with their evidence, the highest score first.
    private func found(_ article: Article, _ scratch: inout TopicScratch) -> [Topic] {
        let count = scratch.scores.count { $0 > 0 }
        var topics: [Topic] = []
        topics.reserveCapacity(count)
        for (number, topic) in finder.lexicon.topics.enumerated() where scratch.scores[number] > 0 {
            if let learned, learned.decides(topic.id) { continue }
            let evidence = EvidenceChoice.evidence(
                Int(scratch.witnesses[number]), finder.lexicon, limit: evidenceLimit, &scratch)
            topics.append(Topic(id: topic.id, score: scratch.scores[number], evidence: evidence))
        }
        if let learned { topics += learned.topics(article, &scratch) }
        if topics.count > 1 { topics.sort { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score } }
        return topics
    }
}

extension Classify: TopicExplaining {
    var explainedTopics: [String] {
        let own = finder.lexicon.topics.map(\.id)
        return own + (learned?.topicIDs ?? []).filter { !own.contains($0) }
    }

    func explain(_ event: ArticleEvent) -> Explanation? {
        var scratch = traced(event)
        let all = TopicExplanation(scratch, judge).all
        guard let learned else { return all }
        return learned.explanation(event.article, &scratch, beside: all)
    }

    func explain(topic: String, of event: ArticleEvent) -> Explanation? {
        var scratch = traced(event)
        return TopicReasons(topic, event.article, judge, learned).explanation(&scratch)
    }

    private func traced(_ event: ArticleEvent) -> TopicScratch {
        var scratch = TopicScratch()
        scratch.isTracing = true
        finder.find(event.article, &scratch)
        judge.judge(&scratch)
        return scratch
    }
}
