internal import WirewatchKit

/// Why a topic was found in an article, or what it lacked.
enum TopicReasons {
    /// How many terms and words of each sort are named.
    private static let limit = 10

    /// - Parameter decision: the explanation of the topic among all others.
    static func make(
        _ topic: ClassifyOptions.TopicOptions, _ score: TopicScore, _ decision: Explanation, _ article: Article,
        byTerms: Bool
    ) -> Explanation {
        var reasons = decision
        let points = score.parts(bodyBytes: article.body.utf8.count, titleWeight: topic.titleWeight).total
        var lacks: [Explanation] = []
        if let veto = score.veto {
            var lack = Explanation("ruled out", held: false, detail: veto)
            if !topic.required.isEmpty {
                lack.children = [Explanation("one of these must occur", detail: topic.required.joined(separator: ", "))]
            }
            lacks.append(lack)
        }
        if points < topic.threshold, byTerms {
            lacks.append(
                Explanation(
                    "points", held: false,
                    detail: "\(Rounded.text(topic.threshold - points)) short: \(Rounded.text(points)) of "
                        + Rounded.text(topic.threshold)))
        }
        if points == 0, !score.hits.isEmpty {
            lacks.append(
                Explanation("precise terms", held: false, detail: "none occurs, and vague ones never carry a topic alone"))
        }
        let missing = MissingTerms(topic, found: Set(score.hits.map(\.term)), in: article)
        if !missing.nearMisses.isEmpty {
            lacks.append(
                Explanation(
                    "nearly there",
                    children: missing.nearMisses.prefix(limit).map {
                        Explanation($0.term, detail: $0.reason, spans: Array($0.spans.prefix(2)))
                    }))
        }
        if !missing.absent.isEmpty {
            let names = missing.absent.prefix(limit).map { "\($0.term.text) (\(Rounded.text($0.weight)))" }
            let more = missing.absent.count - names.count
            lacks.append(
                Explanation(
                    "heaviest terms that do not occur",
                    detail: names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")))
        }
        reasons.children += lacks
        return reasons
    }
}
