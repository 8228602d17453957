internal import Synchronization
internal import WirewatchKit
internal import WirewatchLearning

/// What a trained model makes of an article, beside what the terms say.
final class LearnedTopics: Sendable {
    private let model: TopicModel
    private let options: ClassifyOptions
    /// For each topic of the model's lexicon its index among the options' topics.
    private let lexicon: [Int]
    /// The topics that the model decides, by id.
    private let numbers: [String: Int]
    /// Room to work in, one for each thread that was inside at once.
    private let pool = Mutex<[TopicModel.Scratch]>([])

    /// - Throws: ``ModelProblem`` when the file cannot be read, is no model, or learned beside other topics.
    init(file: String, _ options: ClassifyOptions) throws {
        model = try ModelReading.model(file)
        self.options = options
        var lexicon: [Int] = []
        var missing: [String] = []
        for id in model.lexicon {
            if let index = options.topics.firstIndex(where: { $0.id == id }) { lexicon.append(index) } else {
                missing.append(id)
            }
        }
        guard missing.isEmpty else { throw ModelProblem(file: file, foreign: missing) }
        self.lexicon = lexicon
        numbers = Dictionary(uniqueKeysWithValues: model.topicIDs.enumerated().map { ($1, $0) })
    }

    /// Whether words decide of a topic; else its terms do.
    func decides(_ topic: String) -> Bool { numbers[topic] != nil }

    var topicIDs: [String] { model.topicIDs }

    /// The index of a topic among those of the options.
    func index(ofTopic id: String) -> Int? { options.topics.firstIndex { $0.id == id } }

    /// Calls `body` with the article judged.
    func judging<Result>(
        _ article: Article, _ scores: [TopicScore], _ body: (inout Judgement) throws -> Result
    ) rethrows -> Result {
        let measures = lexicon.map { scores[$0].measure(in: article, for: options.topics[$0]) }
        var judgement = Judgement(
            model: model, article: article, scores: scores, measures: measures,
            scratch: pool.withLock { $0.popLast() } ?? TopicModel.Scratch())
        model.judge(article, measures, &judgement.scratch)
        defer { pool.withLock { [scratch = judgement.scratch] in $0.append(scratch) } }
        return try body(&judgement)
    }

    /// The topics that the model finds, with the terms and words that weighed most.
    func topics(_ article: Article, _ scores: [TopicScore]) -> [Topic] {
        judging(article, scores) { judgement in
            var topics: [Topic] = []
            for (number, id) in model.topicIDs.enumerated() where isFound(number, id, judgement) {
                topics.append(
                    Topic(
                        id: id, score: TopicModel.score(margin: judgement.margin(number)),
                        evidence: evidence(number, &judgement)))
            }
            return topics
        }
    }

    func isFound(_ number: Int, _ id: String, _ judgement: borrowing Judgement) -> Bool {
        guard judgement.margin(number) >= 0 else { return false }
        guard let own = model.lexicon.firstIndex(of: id) else { return true }
        return !judgement.measures[own].isExcluded
    }

    /// An article as the model judged it.
    struct Judgement {
        let model: TopicModel
        let article: Article
        let scores: [TopicScore]
        let measures: [TopicMeasure]
        fileprivate(set) var scratch: TopicModel.Scratch

        func margin(_ topic: Int) -> Double { scratch.margins[topic] }

        mutating func words(_ topic: Int, against: Bool = false, limit: Int) -> [TopicModel.WordEvidence] {
            model.words(ofTopic: topic, in: article, &scratch, against: against, limit: limit)
        }

        func terms(_ topic: Int) -> [TopicModel.TermEvidence] { model.terms(ofTopic: topic, measures) }

        func missingWords(_ topic: Int, limit: Int) -> [String] {
            model.missingWords(ofTopic: topic, scratch, limit: limit)
        }
    }

    /// What weighed most: terms, each with its share of what all of its topic's terms weigh together, and words.
    private func evidence(_ number: Int, _ judgement: inout Judgement) -> [TopicEvidence] {
        var evidence: [TopicEvidence] = []
        for terms in judgement.terms(number) where terms.weight > 0 {
            guard let topic = index(ofTopic: terms.topic) else { continue }
            let found = EvidenceChoice.evidence(
                judgement.scores[topic], options.topics[topic], limit: options.evidenceLimit)
            let total = found.reduce(0) { $0 + $1.weight }
            evidence += found.map {
                TopicEvidence(term: $0.term, span: $0.span, weight: terms.weight * $0.weight / max(total, 1e-9))
            }
        }
        for word in judgement.words(number, limit: options.evidenceLimit)
        where !evidence.contains(where: { $0.span.field == word.span.field && $0.span.range.overlaps(word.span.range) }) {
            evidence.append(TopicEvidence(term: word.word, span: word.span, weight: word.weight))
        }
        // Stable, so that terms of the same weight keep their order.
        let order = evidence.indices.sorted {
            evidence[$0].weight == evidence[$1].weight ? $0 < $1 : evidence[$0].weight > evidence[$1].weight
        }
        return order.prefix(options.evidenceLimit).map { evidence[$0] }
    }
}
