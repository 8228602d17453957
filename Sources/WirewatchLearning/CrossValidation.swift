internal import WirewatchKit

/// Judges topics on articles that they were not learned from.
struct CrossValidation {
    let set: TrainingSet
    let options: TrainingOptions
    let folds: [Int]

    init(_ set: TrainingSet, _ options: TrainingOptions) {
        self.set = set
        self.options = options
        folds = Folds.assign(set.examples.map(\.labels), count: options.folds)
    }

    /// For each trial of the options and each of the topics the margin of every example, by weights learned from the
    /// other folds.
    func margins(topics: [Int]) -> [[[Double]]] {
        let trials = options.trials
        let none = [[Double]](repeating: Array(repeating: 0, count: set.examples.count), count: topics.count)
        var margins = [[[Double]]](repeating: none, count: trials.count)
        for fold in 0..<options.folds {
            let numbers = folds.indices.filter { folds[$0] != fold }
            let held = folds.indices.filter { folds[$0] == fold }
            let choice = WordChoice(set, rows: numbers, limit: options.features)
            let rows = choice.rows(set, held, lexiconScale: 1)
            for (place, trial) in trials.enumerated() {
                let learner = TopicLearner(set, choice, trial, numbers: numbers)
                for (index, topic) in topics.enumerated() {
                    let weights = learner.learn(topic)
                    let all = weights.words + weights.lexicon + [weights.intercept]
                    for (row, number) in held.enumerated() {
                        margins[place][index][number] = rows.product(row, all)
                    }
                }
            }
        }
        return margins
    }

    /// What is decided of a topic.
    struct Decision {
        /// Whether words decide; else the lexicon's terms do alone.
        var isLearned = true
        var threshold = 0.0
        /// The held-out judgement of each example.
        var found: [Bool]
    }

    /// Judges each fold by the thresholds, and by the choice between words and the lexicon alone, that the other folds
    /// speak for.
    ///
    /// - Parameters:
    ///   - topics: numbers of topics.
    ///   - margins: for each of them the margin of every example.
    func decide(topics: [Int], margins: [[Double]]) -> [Decision] {
        let judged = zip(topics, margins).map { JudgedTopic(set, topic: $0, margins: $1) }
        var decisions = judged.map { _ in Decision(found: Array(repeating: false, count: set.examples.count)) }
        for fold in 0..<options.folds {
            let choices = JudgedTopic.choose(judged, on: folds.indices.filter { folds[$0] != fold })
            for (topic, choice) in choices.enumerated() {
                decisions[topic].threshold += choice.threshold / Double(options.folds)
                for number in folds.indices where folds[number] == fold {
                    decisions[topic].found[number] = judged[topic].isFound(number, choice)
                }
            }
        }
        for (topic, choice) in JudgedTopic.choose(judged, on: Array(folds.indices)).enumerated() {
            decisions[topic].isLearned = choice.isLearned
        }
        return decisions
    }
}
