public import WirewatchKit
internal import WirewatchText

/// What the `classify` stage looks for.
public struct ClassifyOptions: PluginOptions {
    /// A topic: its terms, and how much of them makes it a topic of an article.
    struct TopicOptions: Sendable {
        var id: String
        var terms: [WeightedTerm] = []
        /// One of these must occur, if there are any.
        var required: [String] = []
        /// None of these may occur.
        var excluded: [String] = []
        var threshold = 2.5
        var fieldWeights = FieldWeights()
        var minimum = Minimum()
        /// The topic that this one is a part of, and whether it is found with this one.
        var parent: String?
        var includesParent = false
        /// BCP 47 tags; in articles of other languages the topic is not looked for. Empty for all.
        var languages: [String] = []
    }

    /// A term, what it weighs, and where it counts.
    struct WeightedTerm: Sendable {
        var term: Term
        var weight: Double
        var context: Context?
        /// As of a topic.
        var languages: [String] = []

        var isVague: Bool { weight < ClassifyOptions.preciseWeight }
    }

    /// What must and what must not stand near a term.
    struct Context: Sendable, Hashable {
        var near: [String] = []
        var notNear: [String] = []
        /// Words before and after the term.
        var within = 10
    }

    /// The points of a term of weight 1 in each field; in a field of 0 the terms do not count.
    struct FieldWeights: Sendable, Equatable {
        var title = 2.5
        /// The subtitle's as well.
        var lede = 1.0
        /// For each occurrence in a kilobyte.
        var body = 1.0
        var tags = 0.75
        var captions = 0.4
    }

    /// What of a topic's precise terms an article must have at least, whatever the points.
    struct Minimum: Sendable {
        var count = 0
        var distinct = 0
        /// Weighted occurrences in a kilobyte of body.
        var density = 0.0
    }

    /// A term below this weight never carries a topic without one that has it.
    static let preciseWeight = 0.5

    var topics: [TopicOptions]
    var evidenceLimit: Int

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "topics", .map(of: .object(topicGroup), keyName: "topic"), required: true,
            "The topics to find, by the id that records and rules use."),
        OptionSpec(
            "extend", .oneOrMore(.map(of: .object(extensionGroup), keyName: "topic")),
            example: "{robotics: {terms: [exosuit], threshold: 3}}",
            "More about the topics of `topics`, and topics beside them; several maps are taken one after the other. Terms are "
                + "added, what is written of a term again replaces what was, and so do the other options. The Chinese terms of "
                + "the shipped topics are such a map: `!include topics-zh.yaml`."),
        OptionSpec(
            "field_weights", .object(fieldWeightsGroup),
            "What the fields of an article count for, for all topics that say "
                + "nothing else."),
        OptionSpec(
            "evidence_limit", .integer(0...1000), default: "20",
            "How many occurrences of terms an article's record keeps for each topic, strongest first."),
    ]

    public init(_ options: OptionReader) throws {
        evidenceLimit = options.integer("evidence_limit") ?? 20
        topics = TopicsReader.topics(options)
    }
}
