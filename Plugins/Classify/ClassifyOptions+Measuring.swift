public import WirewatchKit

extension ClassifyOptions: TopicMeasuring {
    public var measuredTopics: [String] { topics.map(\.id) }

    public func makeTopicMeasure() -> @Sendable (Article) -> [TopicMeasure] {
        let finder = TopicFinder(self)
        return { article in zip(topics, finder.scores(article)).map { $1.measure(in: article, for: $0) } }
    }
}

extension TopicScore {
    /// The points as a multiple of the threshold. What the topic requires or excludes holds whatever a model says.
    func measure(in article: Article, for topic: ClassifyOptions.TopicOptions) -> TopicMeasure {
        guard !hits.isEmpty, veto == nil else { return TopicMeasure(strength: 0, isExcluded: veto != nil) }
        let points = parts(bodyBytes: article.body.utf8.count, titleWeight: topic.titleWeight).total
        return TopicMeasure(strength: points / topic.threshold)
    }
}
