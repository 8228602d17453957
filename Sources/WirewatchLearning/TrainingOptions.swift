/// How topics are learned.
public struct TrainingOptions: Sendable, Hashable {
    /// The most words, with title words of their own, that a model keeps. 1 or more; default 10,000.
    public var features = 10_000
    /// How many parts are held out in turn to judge what was learned from the others. 2 or more; default 5.
    public var folds = 5
    /// The fewest articles of a topic that are learned from, and at least one a fold; default 10.
    public var minimumExamples = 10
    /// What mistakes cost beside the penalty for weights: greater fits the set more closely. Default nil: that of
    /// several with which the articles held out are judged best.
    public var cost: Double?
    /// The articles that a topic must have to count in macro averages. Default 20.
    public var minimumSupport = 20

    public init() {}

    /// What is tried on articles held out, the first of equals is taken.
    var trials: [Trial] {
        Trial.trusts.flatMap { trust in
            (cost.map { [$0] } ?? Trial.costs).map { Trial(cost: $0, prior: trust.prior, scale: trust.scale) }
        }
    }

    /// A way to learn.
    struct Trial {
        /// What mistakes cost beside the penalty for weights.
        var cost: Double
        /// How much a topic's own terms weigh before anything is learned.
        var prior: Double
        /// The scale of the terms' measures beside words, of which all of an article's have the norm 1.
        var scale: Double

        /// Small and noisy sets ask for the first, large and clean ones for the last.
        static let costs = [1.0, 3, 8]
        /// Terms are trusted first of all where they were made for articles like these; articles of another kind have
        /// words of their own, beside which terms are but a hint.
        static let trusts = [(prior: 3.0, scale: 0.5), (prior: 0, scale: 0.1)]
    }

    /// How much all topics together decide of a topic's threshold, 0 to 1.
    static let pooling = 0.5
    /// The power of the rate of articles without a topic to those with it that the latter weigh more.
    static let balance = 0.5
}

/// Why nothing could be learned.
public struct TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
