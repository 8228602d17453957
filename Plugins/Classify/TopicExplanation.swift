internal import WirewatchKit
internal import WirewatchText

/// What the scores of an article's topics are made of, in words.
struct TopicExplanation {
    private let scratch: TopicScratch
    private let judge: TopicJudge
    private var lexicon: TopicLexicon { judge.lexicon }

    /// - Parameter scratch: what was found and judged, refused terms included.
    init(_ scratch: TopicScratch, _ judge: TopicJudge) {
        self.scratch = scratch
        self.judge = judge
    }

    /// The topics that have a term, the highest score first.
    var all: Explanation {
        let scored = lexicon.topics.indices
            .filter { scratch.tallies[$0].hits > 0 || scratch.scores[$0] > 0 || isRefused($0) }
            .map { (topic: $0, score: max(judge.score($0, scratch), scratch.scores[$0])) }
            .sorted { $0.score == $1.score ? $0.topic < $1.topic : $0.score > $1.score }
        let found = scored.count { scratch.scores[$0.topic] > 0 }
        return Explanation(
            "topics",
            detail: "\(found) found of \(lexicon.topics.count), \(scored.count - found) more had a term",
            children: scored.map { explanation($0.topic) })
    }

    private func isRefused(_ topic: Int) -> Bool {
        scratch.refused.contains { Int(lexicon.entries[Int($0.entry)].topic) == topic }
    }

    /// How one topic was judged, term by term.
    func explanation(_ topic: Int) -> Explanation {
        let options = lexicon.topics[topic]
        let parts = judge.points(topic, scratch)
        var detail =
            "score \(shown(judge.score(topic, scratch))): \(shown(parts.points)) points of \(shown(options.threshold)) (title "
            + "\(shown(parts.title)), lede \(shown(parts.lede)), density \(shown(parts.density)), distinct terms "
            + "\(shown(parts.distinct)))"
        let witness = Int(scratch.witnesses[topic])
        if witness != topic { detail += "; found as the parent of \(lexicon.topics[witness].id)" }
        if let veto = judge.veto(topic, scratch) { detail += "; \(text(veto))" }
        if parts.points == 0, scratch.tallies[topic].hits > 0 { detail += "; vague terms alone" }
        return Explanation(
            options.id, held: scratch.scores[topic] > 0, detail: detail,
            children: terms(topic, scratch.hits, "times")
                + terms(topic, scratch.refused, "times where it does not count"))
    }

    /// Each term with its occurrences, the one that tells most first.
    private func terms(_ topic: Int, _ hits: [TopicHit], _ what: String) -> [Explanation] {
        let own = hits.filter { Int(lexicon.entries[Int($0.entry)].topic) == topic }
        return Dictionary(grouping: own, by: \.entry)
            .map { (entry: lexicon.entries[Int($0.key)], hits: $0.value) }
            .sorted {
                let (a, b) = (Double($0.hits.count) * $0.entry.weight, Double($1.hits.count) * $1.entry.weight)
                return a == b ? $0.entry.term < $1.entry.term : a > b
            }
            .map { entry, hits in
                Explanation(
                    lexicon.topics[topic].terms[Int(entry.term)].term.text,
                    detail: "weight \(shown(entry.weight)), \(hits.count) \(what)", spans: hits.map(scratch.span))
            }
    }

    private func text(_ veto: TopicJudge.Veto) -> String {
        switch veto {
        case .excluded(let term): "excluded by '\(term)'"
        case .requiredMissing: "none of its required terms occurs"
        case .tooFew(let count, let least): "\(count) occurrences of at least \(least)"
        case .tooFewDistinct(let count, let least): "\(count) different terms of at least \(least)"
        case .tooSparse(let density, let least):
            "\(shown(density)) occurrences in a kilobyte of at least \(shown(least))"
        }
    }
}
