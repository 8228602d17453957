/// A linear model of topics: for each a weight for every word, beside how much the terms of each topic weigh.
///
/// Made by ``TopicTraining``, kept in a file (``init(file:)``, ``fileBytes``). Immutable; any number of threads may use it.
public struct TopicModel: Sendable {
    /// The one version of the file's form that is written and read.
    public static let version = 1

    /// A number in ten-thousandths, so that a file holds exactly what was learned.
    struct Weight: Sendable, Hashable {
        static let unit = 10_000.0
        var tenThousandths: Int32

        init(tenThousandths: Int32) { self.tenThousandths = tenThousandths }

        /// Rounded; at most ±200,000.
        init(_ value: Double) {
            let scaled = value.isFinite ? (value * Self.unit).rounded() : 0
            tenThousandths = Int32(max(-2e9, min(2e9, scaled)))
        }

        var value: Double { Double(tenThousandths) / Self.unit }
    }

    struct Topic: Sendable, Hashable {
        var id: String
        /// What an article without anything has, above (or below) what the topic needs.
        var intercept: Weight
        /// For each topic of the lexicon, what the logarithm of its strength weighs.
        var lexicon: [Weight]
    }

    struct Word: Sendable, Hashable {
        /// As it counts for comparison: folded to lower case.
        var text: String
        /// Whether it counts in titles alone.
        var isTitle: Bool
        var idf: Weight
    }

    /// The ids of the topics whose terms were measured, in the order of the measures.
    public let lexicon: [String]
    let topics: [Topic]
    let words: [Word]
    /// Word by word, one for each topic.
    let weights: [Weight]
    let table: FeatureTable

    init(lexicon: [String], topics: [Topic], words: [Word], weights: [Weight]) {
        self.lexicon = lexicon
        self.topics = topics
        self.words = words
        self.weights = weights
        table = FeatureTable(words.map(\.key))
    }

    /// The ids of the topics that it decides, in alphabetical order.
    public var topicIDs: [String] { topics.map(\.id) }

    /// How many words it weighs.
    public var wordCount: Int { words.count }
}
