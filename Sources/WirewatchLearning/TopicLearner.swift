internal import Glibc
internal import WirewatchKit

/// Learns the weights of topics one by one from the same rows.
struct TopicLearner {
    private let set: TrainingSet
    private let choice: WordChoice
    private let trial: TrainingOptions.Trial
    private let numbers: [Int]
    private let rows: SparseRows

    /// - Parameter numbers: the examples that may be looked at, which the words were chosen by.
    init(_ set: TrainingSet, _ choice: WordChoice, _ trial: TrainingOptions.Trial, numbers: [Int]) {
        (self.set, self.choice, self.trial, self.numbers) = (set, choice, trial, numbers)
        rows = choice.rows(set, numbers, lexiconScale: trial.scale)
    }

    /// The weights of a topic: those of the words, of the lexicon's measures, and the intercept.
    ///
    /// They start from what the topic's own terms say and depart from it as far as the examples ask for, so that few
    /// examples leave it as it is.
    func learn(_ topic: Int) -> TopicWeights {
        let labels = numbers.map { set.examples[$0].labels.contains(topic) }
        let positives = labels.count { $0 }
        let own = set.lexicon.firstIndex(of: set.topics[topic])
        var offsets = [Double](repeating: 0, count: numbers.count)
        if let own {
            offsets = numbers.map { trial.prior * (WordChoice.value(set.examples[$0].measures[own]) - log(2)) }
        }
        var regression = LogisticRegression()
        regression.negativeCost = trial.cost
        let imbalance = Double(numbers.count - positives) / Double(max(1, positives))
        regression.positiveCost = trial.cost * pow(imbalance, TrainingOptions.balance)
        let learned = regression.fit(rows, labels, offsets: offsets)
        var weights = TopicWeights(
            words: Array(learned[..<choice.words.count]),
            lexicon: learned[choice.words.count..<(learned.count - 1)].map { $0 * trial.scale },
            intercept: learned[learned.count - 1])
        if let own {
            weights.lexicon[own] += trial.prior
            weights.intercept -= trial.prior * log(2)
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
