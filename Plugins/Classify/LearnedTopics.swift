internal import Synchronization
internal import WirewatchKit
internal import WirewatchLearning

/// What a trained model makes of an article, beside what the terms say.
final class LearnedTopics: Sendable {
    private let model: TopicModel
    private let judge: TopicJudge
    private let evidenceLimit: Int
    /// For each topic of the model's lexicon its index among the configured topics.
    private let lexicon: [Int]
    /// The topics that the model decides, by id.
    private let numbers: [String: Int]
    /// Room to work in, one for each thread that was inside at once.
    private let pool = Mutex<[TopicModel.Scratch]>([])

    /// - Throws: ``ModelProblem`` when the file cannot be read, is no model, or learned beside other topics.
    init(file: String, _ judge: TopicJudge, evidenceLimit: Int) throws {
        model = try ModelReading.model(file)
        self.judge = judge
        self.evidenceLimit = evidenceLimit
        let configured = judge.lexicon.topics.map(\.id)
        let missing = model.lexicon.filter { !configured.contains($0) }
        guard missing.isEmpty else { throw ModelProblem(file: file, foreign: missing) }
        lexicon = model.lexicon.compactMap { configured.firstIndex(of: $0) }
        numbers = Dictionary(uniqueKeysWithValues: model.topicIDs.enumerated().map { ($1, $0) })
    }

    /// Whether words decide of a topic; else its terms do.
    func decides(_ topic: String) -> Bool { numbers[topic] != nil }

    var topicIDs: [String] { model.topicIDs }

    /// An article as the model judged it.
    struct Judgement {
        let measures: [TopicMeasure]
        fileprivate(set) var scratch: TopicModel.Scratch

        func margin(_ topic: Int) -> Double { scratch.margins[topic] }
    }

    /// Calls `body` with the article judged.
    ///
    /// - Parameter terms: what was found of the terms.
    func judging<Result>(
        _ article: Article, _ terms: TopicScratch, _ body: (inout Judgement) throws -> Result
    ) rethrows -> Result {
        let all = judge.measures(terms)
        var judgement = Judgement(
            measures: lexicon.map { all[$0] }, scratch: pool.withLock { $0.popLast() } ?? TopicModel.Scratch())
        model.judge(article, judgement.measures, &judgement.scratch)
        defer { pool.withLock { [scratch = judgement.scratch] in $0.append(scratch) } }
        return try body(&judgement)
    }

    /// The topics that the model finds, with the terms and words that weighed most.
    func topics(_ article: Article, _ terms: inout TopicScratch) -> [Topic] {
        judging(article, terms) { judgement in
            var topics: [Topic] = []
            for (number, id) in model.topicIDs.enumerated() where isFound(number, judgement) {
                topics.append(
                    Topic(
                        id: id, score: TopicModel.score(margin: judgement.margin(number)),
                        evidence: evidence(number, article, &judgement, &terms)))
            }
            return topics
        }
    }

    func isFound(_ number: Int, _ judgement: Judgement) -> Bool {
        guard judgement.margin(number) >= 0 else { return false }
        guard let own = model.lexicon.firstIndex(of: model.topicIDs[number]) else { return true }
        return !judgement.measures[own].isExcluded
    }

    /// What weighed most: terms, each with its share of what all of its topic's terms weigh together, and words.
    private func evidence(
        _ number: Int, _ article: Article, _ judgement: inout Judgement, _ terms: inout TopicScratch
    ) -> [TopicEvidence] {
        var evidence: [TopicEvidence] = []
        for item in model.terms(ofTopic: number, judgement.measures) where item.weight > 0 {
            guard let topic = index(ofTopic: item.topic) else { continue }
            let found = EvidenceChoice.evidence(
                Int(terms.witnesses[topic]), judge.lexicon, limit: evidenceLimit, &terms)
            let total = found.reduce(0) { $0 + $1.weight }
            evidence += found.map {
                TopicEvidence(term: $0.term, span: $0.span, weight: item.weight * $0.weight / max(total, 1e-9))
            }
        }
        for word in model.words(ofTopic: number, in: article, &judgement.scratch, limit: evidenceLimit)
        where !evidence.contains(where: { $0.span.field == word.span.field && $0.span.range.overlaps(word.span.range) })
        {
            evidence.append(TopicEvidence(term: word.word, span: word.span, weight: word.weight))
        }
        // Stable, so that terms of the same weight keep their order.
        let order = evidence.indices.sorted {
            evidence[$0].weight == evidence[$1].weight ? $0 < $1 : evidence[$0].weight > evidence[$1].weight
        }
        return order.prefix(evidenceLimit).map { evidence[$0] }
    }

    /// The index of a topic among those configured.
    private func index(ofTopic id: String) -> Int? { judge.lexicon.topics.firstIndex { $0.id == id } }
}

// MARK: Explaining

extension LearnedTopics {
    /// What the model decides of all its topics, the nearest to being found first, beside what the terms say.
    func explanation(_ article: Article, _ terms: inout TopicScratch, beside byTerms: Explanation) -> Explanation {
        judging(article, terms) { judgement in
            let order = model.topicIDs.indices.sorted { judgement.margin($0) > judgement.margin($1) }
            let found = order.count { isFound($0, judgement) }
            // Those of which hardly anything speaks are none that a reader would ask after.
            let shown = order.filter { judgement.margin($0) > Self.leastShown }
            let decisions = shown.map { explanation($0, article, &judgement, wordLimit: 6) }
            return Explanation(
                "topics", detail: "by terms and by a model of \(model.wordCount) words",
                children: [
                    Explanation(
                        "model", detail: "\(found) found of \(model.topicIDs.count)", children: decisions), byTerms,
                ])
        }
    }

    private static let leastShown = -3.0

    /// What the model decides of one topic; nil when it has not learned it.
    func explanation(topic: String, _ article: Article, _ terms: TopicScratch) -> Explanation? {
        guard let number = numbers[topic] else { return nil }
        return judging(article, terms) { explanation(number, article, &$0, wordLimit: 12) }
    }

    private func explanation(
        _ number: Int, _ article: Article, _ judgement: inout Judgement, wordLimit: Int
    ) -> Explanation {
        let margin = judgement.margin(number)
        let terms = model.terms(ofTopic: number, judgement.measures)
        var children: [Explanation] = []
        if !terms.isEmpty {
            let names = terms.map { "\($0.topic) \(Self.signed($0.weight))" }
            children.append(Explanation("terms of topics", detail: names.joined(separator: ", ")))
        }
        for (label, against) in [("words for it", false), ("words against it", true)] {
            let words = model.words(
                ofTopic: number, in: article, &judgement.scratch, against: against, limit: wordLimit)
            if words.isEmpty { continue }
            children.append(
                Explanation(
                    label,
                    children: words.map { Explanation($0.word, detail: Self.signed($0.weight), spans: [$0.span]) }))
        }
        let missing = model.missingWords(ofTopic: number, judgement.scratch, limit: wordLimit)
        if margin < 0, !missing.isEmpty {
            children.append(Explanation("heaviest words that do not occur", detail: missing.joined(separator: ", ")))
        }
        let isFound = isFound(number, judgement)
        let distance = margin < 0 ? "\(shown(-margin)) short" : "\(shown(margin)) over"
        let ruledOut = margin >= 0 && !isFound ? "; ruled out by a required or excluded term" : ""
        return Explanation(
            model.topicIDs[number], held: isFound,
            detail: "score \(shown(TopicModel.score(margin: margin))), \(distance)\(ruledOut)", children: children)
    }

    private static func signed(_ weight: Double) -> String { (weight < 0 ? "-" : "+") + shown(abs(weight)) }
}
