internal import WirewatchKit
internal import WirewatchText

/// What a topic's score is made of, in words.
enum TopicExplanation {
    static func make(
        _ group: ClassifyOptions.TopicOptions, _ topic: TopicScore, _ score: Double, _ article: Article
    ) -> Explanation {
        let parts = topic.parts(bodyBytes: article.body.utf8.count, titleWeight: group.titleWeight)
        var detail =
            "score \(rounded(score)): \(rounded(parts.total)) points of \(rounded(group.threshold)) (title "
            + "\(rounded(parts.title)), lede \(rounded(parts.lede)), density \(rounded(parts.density)), distinct terms "
            + "\(rounded(parts.distinct)))"
        if let veto = topic.veto { detail += "; \(veto)" }
        if parts.total == 0 { detail += "; vague terms alone" }
        let terms = Dictionary(grouping: topic.hits, by: \.term).sorted {
            let (a, b) = (Double($0.value.count) * $0.value[0].weight, Double($1.value.count) * $1.value[0].weight)
            return a == b ? $0.key < $1.key : a > b
        }
        return Explanation(
            group.id, held: topic.veto == nil && score >= 0.5, detail: detail,
            children: terms.map { term, hits in
                Explanation(
                    group.terms[term].term.text, detail: "weight \(rounded(hits[0].weight)), \(hits.count) times",
                    spans: hits.map(\.span))
            })
    }

    private static func rounded(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        let fraction = hundredths % 100
        if fraction == 0 { return String(hundredths / 100) }
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction % 10 == 0 ? fraction / 10 : fraction)"
    }
}
