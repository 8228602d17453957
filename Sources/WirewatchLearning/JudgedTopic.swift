internal import WirewatchKit

/// What is known of a topic in every example: its label, its margin by words, and what its terms say alone.
struct JudgedTopic {
    /// By what a topic is given.
    struct Choice {
        var isLearned: Bool
        var threshold: Double
    }

    private let hasTerms: Bool
    private let margins: [Double]
    private let labels: [Bool]
    private let isExcluded: [Bool]
    private let byTerms: [Bool]
    /// Examples that are not excluded, by margin, descending.
    private let order: [Int]

    init(_ set: TrainingSet, topic: Int, margins: [Double]) {
        let own = set.lexicon.firstIndex(of: set.topics[topic])
        hasTerms = own != nil
        self.margins = margins
        labels = set.examples.map { $0.labels.contains(topic) }
        isExcluded = set.examples.map { example in own.map { example.measures[$0].isExcluded } ?? false }
        byTerms = set.examples.map { example in own.map { example.measures[$0].isFound } ?? false }
        order = margins.indices.filter { [isExcluded] in !isExcluded[$0] }
            .sorted { margins[$0] == margins[$1] ? $0 < $1 : margins[$0] > margins[$1] }
    }

    func isFound(_ number: Int, _ choice: Choice) -> Bool {
        choice.isLearned ? margins[number] >= choice.threshold && !isExcluded[number] : byTerms[number]
    }

    /// How topics are best given, by some of the examples.
    ///
    /// A threshold lies between that which is best for the topic alone and that which is best for all decisions taken
    /// together: the first makes too much of a few examples where a topic is rare or hard to tell.
    static func choose(_ topics: [JudgedTopic], on numbers: [Int]) -> [Choice] {
        let chosen = Set(numbers)
        let examples = topics.map { topic in
            topic.order.filter { chosen.contains($0) }.map { (score: topic.margins[$0], label: topic.labels[$0]) }
        }
        let best = examples.map { Threshold.best($0) }
        let all = best.reduce(TopicFigures()) { $0 + ($1?.figures ?? TopicFigures()) }
        return topics.indices.map { index in
            guard let own = best[index] else { return Choice(isLearned: !topics[index].hasTerms, threshold: 0) }
            let f1 = TrainingOptions.pooling * all.f1 + (1 - TrainingOptions.pooling) * own.figures.f1
            let found = Threshold.worthwhile(examples[index], f1: f1) ?? own
            return Choice(
                isLearned: !topics[index].hasTerms || found.figures.f1 > topics[index].terms(numbers).f1,
                threshold: found.threshold)
        }
    }

    /// How well the terms alone do.
    private func terms(_ numbers: [Int]) -> TopicFigures {
        numbers.reduce(into: TopicFigures()) { $0.add(found: byTerms[$1], labelled: labels[$1]) }
    }
}
