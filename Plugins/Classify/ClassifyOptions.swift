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
        var threshold: Double
        var titleWeight: Double
    }

    struct WeightedTerm: Sendable {
        var term: Term
        var weight: Double
        var isVague: Bool { weight < ClassifyOptions.preciseWeight }
    }

    /// A term below this weight never carries a topic without one that has it.
    static let preciseWeight = 0.5

    var topics: [TopicOptions]
    var evidenceLimit: Int
    /// An absolute path; nil for topics by their terms alone.
    var model: String?

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "topics", .map(of: .object(topicGroup), keyName: "topic"), required: true,
            "The topics to find, by the id that records and rules use."),
        OptionSpec(
            "evidence_limit", .integer(0...1000), default: "20",
            "How many occurrences of terms an article's record keeps for each topic, strongest first."),
        OptionSpec(
            "model", .path, example: "topics.model",
            "A model that `wirewatch train` made with these topics. It decides of the topics that it learned, by words and "
                + "by what the terms say; what a topic requires or excludes holds all the same."),
    ]

    public init(_ options: OptionReader) throws {
        evidenceLimit = options.integer("evidence_limit") ?? 20
        model = options.string("model")
        topics = []
        for entry in options.entries("topics") {
            guard let reader = options.reader(of: entry.value, Self.topicGroup) else { continue }
            topics.append(TopicReader.topic(entry.key, reader))
        }
        if topics.isEmpty, case .map? = options.raw("topics")?.content {
            options.report(
                "no topics; name at least one, such as 'robotics: {terms: [robot]}'", at: options.location("topics"))
        }
    }
}
