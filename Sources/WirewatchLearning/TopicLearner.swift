internal import Glibc
internal import WirewatchKit

/// Learns the weights of topics one by one from the same rows.
struct TopicLearner {
    let set: TrainingSet
    let choice: WordChoice
    let numbers: [Int]
    private let rows: SparseRows

    /// - Parameter numbers: the examples that may be looked at.
    init(_ set: TrainingSet, _ options: TrainingOptions, numbers: [Int]) {
        self.set = set
        self.numbers = numbers
        choice = WordChoice(set, rows: numbers, limit: options.features)
        rows = choice.rows(set, numbers)
    }

    /// The weights of a topic: those of the words, of the lexicon's measures, and the intercept.
    ///
    /// They start from what the topic's own terms say and depart from it as far as the examples ask for, so that few
    /// examples leave it as it is.
    func learn(_ topic: Int, cost: Double) -> TopicWeights {
        let labels = numbers.map { set.examples[$0].labels.contains(topic) }
        let positives = labels.count { $0 }
        let own = set.lexicon.firstIndex(of: set.topics[topic])
        var offsets = [Double](repeating: 0, count: numbers.count)
        if let own {
            offsets = numbers.map { number in
                TrainingOptions.lexiconPrior * (WordChoice.value(set.examples[number].measures[own]) - log(2))
            }
        }
        var regression = LogisticRegression()
        regression.negativeCost = cost
        let imbalance = Double(numbers.count - positives) / Double(max(1, positives))
        regression.positiveCost = cost * pow(imbalance, TrainingOptions.balance)
        let learned = regression.fit(rows, labels, offsets: offsets)
        var weights = TopicWeights(
            words: Array(learned[..<choice.words.count]),
            lexicon: learned[choice.words.count..<(learned.count - 1)].map { $0 * TrainingOptions.lexiconScale },
            intercept: learned[learned.count - 1])
        if let own {
            weights.lexicon[own] += TrainingOptions.lexiconPrior
            weights.intercept -= TrainingOptions.lexiconPrior * log(2)
        }
        return weights
    }
}

/// A topic's linear function of an article.
struct TopicWeights {
    var words: [Double]
    /// Of the measures of the lexicon's topics.
    var lexicon: [Double]
    var intercept: Double
}
