public import WirewatchKit

/// Labelled articles, reduced to what is learned from.
public struct TrainingSet {
    struct Example {
        var words: [WordRegistry.Count]
        var measures: [TopicMeasure]
        /// Numbers of topics, ascending.
        var labels: [Int]
        /// The topics that terms alone give.
        var byTerms: Set<String>
    }

    /// The topics with terms, in the order of the measures.
    public let lexicon: [String]
    private(set) var examples: [Example] = []
    /// In alphabetical order after ``sorted()``.
    private(set) var topics: [String] = []
    private(set) var registry = WordRegistry()
    private var topicNumbers: [String: Int] = [:]

    public init(lexicon: [String]) { self.lexicon = lexicon }

    public var count: Int { examples.count }

    /// Adds an article.
    ///
    /// - Parameters:
    ///   - measures: what its terms say, one for each topic of ``lexicon``.
    ///   - topics: the ids that it is labelled with; none for an article of no topic.
    ///   - byTerms: the topics that terms alone give, to compare with; nil for those whose measures say so.
    public mutating func add(
        _ article: Article, measures: [TopicMeasure], topics: [String], byTerms: Set<String>? = nil
    ) {
        precondition(measures.count == lexicon.count, "one measure for each topic of the lexicon")
        var labels: [Int] = []
        for topic in topics {
            let label = number(topic)
            if !labels.contains(label) { labels.append(label) }
        }
        labels.sort()
        let byTerms = byTerms ?? Set(zip(lexicon, measures).filter { $1.isFound }.map(\.0))
        examples.append(
            Example(words: registry.counts(article), measures: measures, labels: labels, byTerms: byTerms))
    }

    private mutating func number(_ topic: String) -> Int {
        if let known = topicNumbers[topic] { return known }
        topicNumbers[topic] = topics.count
        topics.append(topic)
        return topics.count - 1
    }

    /// The same with topics numbered in alphabetical order.
    func sorted() -> TrainingSet {
        var set = self
        set.topics = topics.sorted()
        let order = topics.map { topic in set.topics.firstIndex(of: topic) ?? 0 }
        for index in examples.indices { set.examples[index].labels = examples[index].labels.map { order[$0] }.sorted() }
        return set
    }

    /// How many articles have each topic.
    var support: [Int] {
        var support = [Int](repeating: 0, count: topics.count)
        for example in examples { for label in example.labels { support[label] += 1 } }
        return support
    }
}
