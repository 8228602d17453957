/// Options of a stage that measures an article's topics by terms, beside which `wirewatch train` learns weights for words.
public protocol TopicMeasuring: PluginOptions {
    /// The ids of the topics that have terms, in the order of the measures.
    var measuredTopics: [String] { get }

    /// What measures articles; made once, safe to use from any thread. A learned model has no part in it.
    func makeTopicMeasure() -> @Sendable (Article) -> [TopicMeasure]
}

/// How much an article's terms speak for a topic.
public struct TopicMeasure: Sendable, Hashable {
    /// The points of the topic's terms as a multiple of what it needs: found from 1 on, 0 without any term.
    public var strength: Double
    /// Whether the topic is ruled out whatever else speaks for it.
    public var isExcluded: Bool

    public init(strength: Double, isExcluded: Bool = false) {
        self.strength = strength
        self.isExcluded = isExcluded
    }

    public var isFound: Bool { strength >= 1 && !isExcluded }
}
