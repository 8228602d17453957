internal import WirewatchKit
internal import WirewatchLearning

extension LearnedTopics {
    /// The model's decisions on the topics that it learned, the nearest to being found first.
    ///
    /// - Parameter terms: how the terms of a topic of the options are explained.
    func explanations(
        _ article: Article, _ scores: [TopicScore], terms: (Int) -> [Explanation]
    ) -> [(margin: Double, explanation: Explanation)] {
        judging(article, scores) { judgement in
            topicIDs.enumerated().map { number, id in
                (judgement.margin(number), explanation(number, id, &judgement, terms))
            }.sorted { $0.0 > $1.0 }
        }
    }

    private func explanation(
        _ number: Int, _ id: String, _ judgement: inout Judgement, _ terms: (Int) -> [Explanation]
    ) -> Explanation {
        let margin = judgement.margin(number)
        var children: [Explanation] = []
        for item in judgement.terms(number) {
            children.append(
                Explanation(
                    "terms of \(item.topic)", detail: Self.signed(item.weight),
                    children: index(ofTopic: item.topic).map(terms) ?? []))
        }
        for (label, against) in [("words for it", false), ("words against it", true)] {
            let words = judgement.words(number, against: against, limit: 8)
            guard !words.isEmpty else { continue }
            children.append(
                Explanation(
                    label,
                    children: words.map { Explanation($0.word, detail: Self.signed($0.weight), spans: [$0.span]) }))
        }
        let missing = judgement.missingWords(number, limit: 8)
        if margin < 0, !missing.isEmpty {
            children.append(Explanation("heaviest words that do not occur", detail: missing.joined(separator: ", ")))
        }
        let distance = margin < 0 ? "\(Rounded.text(-margin)) short" : "\(Rounded.text(margin)) over"
        return Explanation(
            id, held: isFound(number, id, judgement),
            detail: "score \(Rounded.text(TopicModel.score(margin: margin))) by the model, \(distance)",
            children: children)
    }

    private static func signed(_ weight: Double) -> String { (weight < 0 ? "" : "+") + Rounded.text(weight) }
}
