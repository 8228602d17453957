/// How a topic's terms in one article make points, and these a score.
///
/// Points come from the title, the lede, the density of hits in the body and the number of distinct terms: the parts
/// that editors go by. Precise and vague terms are added up apart, for vague ones count at most as much as precise.
struct TopicScore: Sendable {
    var title = 0.0
    var lede = 0.0
    var density = 0.0
    var distinct = 0.0

    var points: Double { title + lede + density + distinct }

    /// Bytes of body below which density is not trusted: two hits in three lines are no density.
    private static let shortestBody = 1500.0

    // Beyond these sums of weights more of the same tells nothing new.
    private static let mostInTitle = 2.0
    private static let mostInLede = 3.0
    private static let mostAside = 2.0
    private static let mostDensity = 4.0
    private static let mostDistinct = 6.0
    private static let distinctPoints = 0.5

    /// The points of a tally.
    init(_ tally: TopicTally, bodyBytes: Int, _ weights: ClassifyOptions.FieldWeights) {
        let precise = TopicScore(tally.precise, bodyBytes: bodyBytes, weights)
        guard precise.points > 0 else { return }
        let vague = TopicScore(tally.vague, bodyBytes: bodyBytes, weights)
        let share = vague.points > precise.points ? precise.points / vague.points : 1
        title = precise.title + share * vague.title
        lede = precise.lede + share * vague.lede
        density = precise.density + share * vague.density
        distinct = precise.distinct + share * vague.distinct
    }

    private init(_ sums: TopicTally.Sums, bodyBytes: Int, _ weights: ClassifyOptions.FieldWeights) {
        title = weights.title * min(sums.title, Self.mostInTitle)
        lede = weights.lede * min(sums.lede, Self.mostInLede) + min(sums.side, Self.mostAside)
        density = weights.body * min(Self.density(sums, bodyBytes: bodyBytes), Self.mostDensity)
        distinct = Self.distinctPoints * min(sums.distinct, Self.mostDistinct)
    }

    /// Weighted occurrences in a kilobyte of body.
    static func density(_ sums: TopicTally.Sums, bodyBytes: Int) -> Double {
        sums.body / (max(Double(bodyBytes), shortestBody) / 1000)
    }

    /// The most points that a topic's terms can make.
    static func mostPoints(_ topic: ClassifyOptions.TopicOptions) -> Double {
        func most(_ terms: some Sequence<ClassifyOptions.WeightedTerm>) -> Double {
            let sum = terms.reduce(0) { $0 + $1.weight }
            if sum == 0 { return 0 }
            let weights = topic.fieldWeights
            return weights.title * min(sum, mostInTitle) + weights.lede * min(sum, mostInLede)
                + min(sum * max(weights.tags, weights.captions), mostAside) + weights.body * mostDensity
                + distinctPoints * min(sum, mostDistinct)
        }
        let precise = most(topic.terms.filter { !$0.isVague })
        return precise + min(precise, most(topic.terms.filter(\.isVague)))
    }

    /// Points as a score from 0 to 1: half at the threshold, nearing 1 slowly.
    static func score(points: Double, threshold: Double) -> Double { points / (points + threshold) }
}
