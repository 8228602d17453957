internal import WirewatchKit

/// Learns a model from a set of labelled articles. The same set and options give the same model, to the last bit.
public struct TopicTraining {
    /// What came of it.
    public struct Result: Sendable {
        public var model: TopicModel
        public var report: TrainingReport
    }

    private let set: TrainingSet
    private let options: TrainingOptions

    public init(_ set: TrainingSet, options: TrainingOptions = TrainingOptions()) {
        self.set = set.sorted()
        self.options = options
    }

    /// Judges by cross-validation what can be learned, then learns from all articles.
    ///
    /// - Throws: ``TrainingError`` when the set is empty, or when no topic has both articles with it and without.
    public func run() throws(TrainingError) -> Result {
        let support = set.support
        guard set.count > 0 else { throw TrainingError("there is no labelled article") }
        guard support.contains(where: { $0 > 0 }) else {
            throw TrainingError("none of the \(set.count) articles has a topic; label them with 'topics'")
        }
        let fewest = max(options.minimumExamples, options.folds)
        let learnable = set.topics.indices.filter { support[$0] >= fewest && set.count - support[$0] >= fewest }
        guard !learnable.isEmpty else { throw TrainingError(nothingToLearn(support, fewest)) }
        let validation = CrossValidation(set, options)
        typealias Tried = (
            trial: TrainingOptions.Trial, decisions: [Int: CrossValidation.Decision], report: TrainingReport
        )
        var best: Tried?
        for (trial, margins) in zip(options.trials, validation.margins(topics: learnable)) {
            let decided = validation.decide(topics: learnable, margins: margins)
            let decisions = Dictionary(uniqueKeysWithValues: zip(learnable, decided))
            let report = report(decisions, support)
            if best.map({ report.heldOut.micro.f1 > $0.report.heldOut.micro.f1 }) ?? true {
                best = (trial, decisions, report)
            }
        }
        guard let best else { throw TrainingError("there is nothing to try") }
        return Result(model: learn(best.decisions, best.trial), report: best.report)
    }

    private func nothingToLearn(_ support: [Int], _ fewest: Int) -> String {
        if set.topics.count == 1, support[0] == set.count {
            return "all \(set.count) articles have the one topic '\(set.topics[0])'; add articles without it"
        }
        let most = set.topics.indices.max { support[$0] < support[$1] } ?? 0
        return "no topic has at least \(fewest) articles with it and \(fewest) without it: the most frequent, "
            + "'\(set.topics[most])', is on \(support[most]) of \(set.count)"
    }

    private func learn(_ decisions: [Int: CrossValidation.Decision], _ trial: TrainingOptions.Trial) -> TopicModel {
        let learned = set.topics.indices.filter { decisions[$0]?.isLearned == true }
        let all = Array(set.examples.indices)
        let choice = WordChoice(set, rows: all, limit: options.features)
        let learner = TopicLearner(set, choice, trial, numbers: all)
        var topics: [TopicModel.Topic] = []
        var weights: [[Double]] = []
        for topic in learned {
            let found = learner.learn(topic)
            weights.append(found.words)
            topics.append(
                TopicModel.Topic(
                    id: set.topics[topic],
                    intercept: TopicModel.Weight(found.intercept - (decisions[topic]?.threshold ?? 0)),
                    lexicon: found.lexicon.map { TopicModel.Weight($0) }))
        }
        var words: [TopicModel.Word] = []
        var matrix: [TopicModel.Weight] = []
        for (place, number) in choice.words.enumerated() {
            let row = weights.map { TopicModel.Weight($0[place]) }
            // What weighs nothing for any topic still counts for the length of an article.
            let entry = set.registry.entries[Int(number)]
            words.append(
                TopicModel.Word(
                    text: entry.text, isTitle: entry.isTitle, idf: TopicModel.Weight(choice.idf[place])))
            matrix += row
        }
        return TopicModel(lexicon: set.lexicon, topics: topics, words: words, weights: matrix)
    }

    private func report(_ decisions: [Int: CrossValidation.Decision], _ support: [Int]) -> TrainingReport {
        var report = TrainingReport(articles: set.count, topics: set.topics)
        for (number, example) in set.examples.enumerated() {
            let labelled = Set(example.labels.map { set.topics[$0] })
            var found: Set<String> = []
            for (topic, id) in set.topics.enumerated() {
                if decisions[topic]?.found[number] ?? example.byTerms.contains(id) { found.insert(id) }
            }
            report.lexicon.add(found: example.byTerms, labelled: labelled)
            report.heldOut.add(found: found, labelled: labelled)
        }
        for (topic, id) in set.topics.enumerated() {
            let hasTerms = set.lexicon.contains(id)
            report.deciders[id] =
                if let decision = decisions[topic] { decision.isLearned ? .words : .terms } else if hasTerms {
                    .termsForLackOfExamples
                } else { .nothing }
        }
        return report
    }
}

/// How well a model did on articles that it had not seen, beside the lexicon alone.
public struct TrainingReport: Sendable {
    /// What decides of a topic.
    public enum Decider: String, Sendable, Hashable {
        /// Learned words beside the topic's terms.
        case words
        /// The topic's terms alone, which did no worse.
        case terms
        /// The topic's terms alone, for there are too few examples.
        case termsForLackOfExamples = "terms_for_lack_of_examples"
        /// Nothing: too few examples, and no terms.
        case nothing
    }

    public var articles: Int
    /// The topics' terms alone.
    public var lexicon: TopicScores
    /// What the model will decide by, on the articles held out.
    public var heldOut: TopicScores
    public var deciders: [String: Decider] = [:]

    init(articles: Int, topics: [String]) {
        self.articles = articles
        lexicon = TopicScores(topics: topics)
        heldOut = TopicScores(topics: topics)
    }
}
