public import WirewatchKit

extension Plugin {
    /// The `classify` stage.
    public static let classify = Plugin.stage(
        "classify", summary: "Finds an article's topics by weighted terms, with the text that tells each."
    ) { (options: ClassifyOptions, _) in try Classify(options) }
}

/// Finds topics by their terms: one pass over each text of the article for the terms of all topics.
struct Classify: Stage {
    private let options: ClassifyOptions
    private let finder: TopicFinder
    /// Nil without a model.
    private let learned: LearnedTopics?

    /// - Throws: ``ModelProblem`` when there is a model that cannot be used.
    init(_ options: ClassifyOptions) throws {
        self.options = options
        finder = TopicFinder(options)
        learned = try options.model.map { try LearnedTopics(file: $0, options) }
    }

    func process(_ event: inout ArticleEvent) throws -> Verdict {
        let article = event.article
        let scores = finder.scores(article)
        var topics: [Topic] = []
        for (group, topic) in zip(options.topics, scores) where !topic.hits.isEmpty && topic.veto == nil {
            if let learned, learned.decides(group.id) { continue }
            let score = score(topic, group, article)
            guard score >= 0.5 else { continue }
            topics.append(
                Topic(
                    id: group.id, score: score,
                    evidence: EvidenceChoice.evidence(topic, group, limit: options.evidenceLimit)))
        }
        if let learned { topics += learned.topics(article, scores) }
        topics.sort { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score }
        // Topics that another stage found stay; those of the same id are made anew.
        let own = Set(options.topics.map(\.id) + (learned?.topicIDs ?? []))
        event.article.topics = topics + article.topics.filter { !own.contains($0.id) }
        return .keep
    }

    private func score(_ topic: TopicScore, _ group: ClassifyOptions.TopicOptions, _ article: Article) -> Double {
        let parts = topic.parts(bodyBytes: article.body.utf8.count, titleWeight: group.titleWeight)
        return TopicScore.score(points: parts.total, threshold: group.threshold)
    }

    func explain(_ event: ArticleEvent) -> Explanation? {
        let article = event.article
        let scored = zip(options.topics, finder.scores(article))
            .filter { !$0.1.hits.isEmpty }
            .map { group, topic in (group, topic, score(topic, group, article)) }
            .sorted { $0.2 > $1.2 }
        let found = scored.count { $0.1.veto == nil && $0.2 >= 0.5 }
        return Explanation(
            "topics", detail: "\(found) found of \(options.topics.count), \(scored.count - found) more had a term",
            children: scored.map { TopicExplanation.make($0, $1, $2, article) })
    }
}
