/// How well topics were found in labelled articles.
public struct TopicFigures: Sendable, Hashable {
    public var truePositives = 0
    public var falsePositives = 0
    public var falseNegatives = 0

    public init() {}

    /// Articles that have the topic.
    public var support: Int { truePositives + falseNegatives }
    /// The share of right ones among those found, 0 to 1; 0 when none was found.
    public var precision: Double { Self.share(truePositives, truePositives + falsePositives) }
    /// The share of those found among all that have the topic, 0 to 1; 0 when none has.
    public var recall: Double { Self.share(truePositives, support) }
    /// The harmonic mean of precision and recall, 0 to 1.
    public var f1: Double { Self.share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives) }

    public mutating func add(found: Bool, labelled: Bool) {
        switch (found, labelled) {
        case (true, true): truePositives += 1
        case (true, false): falsePositives += 1
        case (false, true): falseNegatives += 1
        case (false, false): break
        }
    }

    public static func + (a: Self, b: Self) -> Self {
        var sum = a
        sum.truePositives += b.truePositives
        sum.falsePositives += b.falsePositives
        sum.falseNegatives += b.falseNegatives
        return sum
    }

    private static func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

/// The figures of several topics, with what they come to together.
public struct TopicScores: Sendable, Hashable {
    /// By topic, in alphabetical order.
    public private(set) var topics: [(id: String, figures: TopicFigures)] = []

    public init(topics: [String]) { self.topics = topics.sorted().map { ($0, TopicFigures()) } }

    public subscript(topic: String) -> TopicFigures? {
        get { topics.first { $0.id == topic }?.figures }
        set {
            guard let newValue, let index = topics.firstIndex(where: { $0.id == topic }) else { return }
            topics[index].figures = newValue
        }
    }

    /// Counts one article; topics that are not judged are passed over.
    public mutating func add(found: Set<String>, labelled: Set<String>) {
        for index in topics.indices {
            let id = topics[index].id
            topics[index].figures.add(found: found.contains(id), labelled: labelled.contains(id))
        }
    }

    /// All decisions on all topics taken together.
    public var micro: TopicFigures { topics.reduce(TopicFigures()) { $0 + $1.figures } }

    /// The mean over the topics that enough articles have; nil when there is none.
    public func macro(minimumSupport: Int) -> TopicMean? {
        let enough = topics.map(\.figures).filter { $0.support >= max(1, minimumSupport) }
        guard !enough.isEmpty else { return nil }
        func mean(_ value: (TopicFigures) -> Double) -> Double {
            enough.reduce(0) { $0 + value($1) } / Double(enough.count)
        }
        return TopicMean(
            precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1), topics: enough.count)
    }

    public static func == (a: Self, b: Self) -> Bool {
        a.topics.elementsEqual(b.topics) { $0.id == $1.id && $0.figures == $1.figures }
    }

    public func hash(into hasher: inout Hasher) {
        for topic in topics {
            hasher.combine(topic.id)
            hasher.combine(topic.figures)
        }
    }
}

/// Means of figures over topics.
public struct TopicMean: Sendable, Hashable {
    public var precision: Double
    public var recall: Double
    public var f1: Double
    /// Over how many topics.
    public var topics: Int
}
