public import WirewatchKit

extension ClassifyOptions: TopicMeasuring {
    public var measuredTopics: [String] { topics.map(\.id) }

    public func makeTopicMeasure() -> @Sendable (Article) -> [TopicMeasure] {
        let finder = TopicFinder(topics, TermSearch())
        let judge = TopicJudge(lexicon: finder.lexicon)
        return { article in
            var scratch = TopicScratch()
            finder.find(article, &scratch)
            judge.judge(&scratch)
            return judge.measures(scratch)
        }
    }
}

extension TopicJudge {
    /// The points of every topic as a multiple of its threshold. What a topic requires or excludes holds whatever a model
    /// says.
    func measures(_ scratch: TopicScratch) -> [TopicMeasure] {
        lexicon.topics.indices.map { topic in
            // Found, if only as the parent of another.
            let score = scratch.scores[topic]
            if score > 0 { return TopicMeasure(strength: score < 1 ? score / (1 - score) : 1e6) }
            if scratch.tallies[topic].hits == 0 {
                return TopicMeasure(strength: 0, isExcluded: scratch.tallies[topic].excludedBy >= 0)
            }
            switch veto(topic, scratch) {
            case .excluded, .requiredMissing: return TopicMeasure(strength: 0, isExcluded: true)
            case let veto:
                let strength = points(topic, scratch).points / lexicon.topics[topic].threshold
                return TopicMeasure(strength: veto == nil ? strength : min(strength, Self.unmetStrength))
            }
        }
    }

    /// The most that a topic has whose minimum is not met.
    private static let unmetStrength = 0.5
}
