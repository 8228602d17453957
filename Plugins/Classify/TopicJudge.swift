internal import WirewatchText

/// Decides which topics an article has, by the tallies of their terms.
struct TopicJudge: Sendable {
    let lexicon: TopicLexicon

    /// Leaves the score of every topic that is found in `scratch`, and 0 for the others.
    func judge(_ scratch: inout TopicScratch) {
        for topic in lexicon.rules.indices {
            scratch.witnesses[topic] = Int32(topic)
            scratch.scores[topic] = 0
            let tally = scratch.tallies[topic]
            guard tally.hits > 0, veto(topic, scratch) == nil else { continue }
            let score = score(topic, scratch)
            if score >= 0.5 { scratch.scores[topic] = score }
        }
        for topic in lexicon.rules.indices where scratch.witnesses[topic] == Int32(topic) && scratch.scores[topic] > 0 {
            include(parentOf: topic, &scratch)
        }
    }

    /// The score by the topic's own terms.
    func score(_ topic: Int, _ scratch: TopicScratch) -> Double {
        TopicScore.score(points: points(topic, scratch).points, threshold: lexicon.rules[topic].threshold)
    }

    func points(_ topic: Int, _ scratch: TopicScratch) -> TopicScore {
        TopicScore(scratch.tallies[topic], bodyBytes: scratch.bodyBytes, lexicon.rules[topic].weights)
    }

    /// Gives the parents of a topic that was found at least its score. Parents make no loops.
    private func include(parentOf topic: Int, _ scratch: inout TopicScratch) {
        let score = scratch.scores[topic]
        var parent = Int(lexicon.rules[topic].parent)
        while parent >= 0, scratch.tallies[parent].excludedBy < 0, scratch.scores[parent] < score {
            let isFound = scratch.scores[parent] > 0
            scratch.scores[parent] = score
            if !isFound || scratch.witnesses[parent] != Int32(parent) { scratch.witnesses[parent] = Int32(topic) }
            parent = Int(lexicon.rules[parent].parent)
        }
    }

    /// What keeps a topic out whatever its points; nil for nothing.
    enum Veto: Sendable {
        case excluded(by: String)
        case requiredMissing
        case tooFew(Int, of: Int)
        case tooFewDistinct(Int, of: Int)
        case tooSparse(Double, of: Double)
    }

    func veto(_ topic: Int, _ scratch: TopicScratch) -> Veto? {
        let tally = scratch.tallies[topic]
        let rules = lexicon.rules[topic]
        if tally.excludedBy >= 0 { return .excluded(by: lexicon.terms[Int(tally.excludedBy)].text) }
        if rules.requires, !tally.hasRequired { return .requiredMissing }
        let minimum = rules.minimum
        if tally.count < minimum.count { return .tooFew(tally.count, of: minimum.count) }
        if tally.distinct < minimum.distinct { return .tooFewDistinct(tally.distinct, of: minimum.distinct) }
        if minimum.density > 0 {
            let density = TopicScore.density(tally.precise, bodyBytes: scratch.bodyBytes)
            if density < minimum.density { return .tooSparse(density, of: minimum.density) }
        }
        return nil
    }
}
