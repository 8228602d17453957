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

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "topics", .map(of: .object(topicGroup), keyName: "topic"), required: true,
            "The topics to find, by the id that records and rules use."),
        OptionSpec(
            "evidence_limit", .integer(0...1000), default: "20",
            "How many occurrences of terms an article's record keeps for each topic, strongest first."),
    ]

    static let topicGroup = OptionGroup("topic", "A topic and the terms that tell it.") {
        [
            OptionSpec(
                "terms", .list(of: .either([.string(), .object(termGroup)]), nonEmpty: true), required: true,
                example: "[humanoid robot, {term: LLM, case: true}, robot*]",
                "Words and phrases that speak for the topic, each a text or a map. They match as whole words in any "
                    + "case, with plural and possessive endings, across hyphen, space and line break; a '*' after a "
                    + "word stands for any ending."),
            OptionSpec(
                "vague", .list(of: .string()),
                "Terms of weight 0.3. They support precise terms but never carry the topic alone, nor count for more "
                    + "than the precise ones."),
            OptionSpec(
                "required", .oneOrMore(.string()), "At least one of these must occur in the article."),
            OptionSpec("excluded", .oneOrMore(.string()), "The topic is not given when one of these occurs."),
            OptionSpec(
                "threshold", .number(0.1...100), default: "2.5",
                "The points that make a score of 0.5, at which the topic is found."),
            OptionSpec(
                "title_weight", .number(0...100), default: "2.5",
                "The points of a term of weight 1 in the title."),
        ]
    }

    static let termGroup = OptionGroup("term", "A term with its weight.") {
        [
            OptionSpec("term", .string(), required: true, "The word or phrase."),
            OptionSpec(
                "weight", .number(0.01...10), default: "1",
                "How much it speaks for the topic. Below 0.5 it only counts beside a term of at least 0.5."),
            OptionSpec(
                "case", .bool, default: "false", "Whether letters must have the case that is written here."),
        ]
    }

    public init(_ options: OptionReader) throws {
        evidenceLimit = options.integer("evidence_limit") ?? 20
        topics = []
        for entry in options.entries("topics") {
            guard let reader = options.reader(of: entry.value, Self.topicGroup) else { continue }
            topics.append(Self.topic(entry.key, reader))
        }
        if topics.isEmpty, case .map? = options.raw("topics")?.content {
            options.report(
                "no topics; name at least one, such as 'robotics: {terms: [robot]}'", at: options.location("topics"))
        }
    }

    private static func topic(_ id: String, _ reader: OptionReader) -> TopicOptions {
        var topic = TopicOptions(
            id: id, threshold: reader.number("threshold") ?? 2.5, titleWeight: reader.number("title_weight") ?? 2.5)
        var seen: [Term: SourceLocation] = [:]
        func add(_ text: String, weight: Double, isCaseSensitive: Bool, at place: SourceLocation) {
            let term = Term(text, isCaseSensitive: isCaseSensitive)
            if let problem = term.problem {
                reader.report("the term '\(text)' of topic '\(id)' \(problem)", at: place)
            } else if let first = seen.updateValue(place, forKey: term) {
                reader.report(
                    "the term '\(text)' of topic '\(id)' was given before, in line \(first.line); remove one",
                    at: place)
            } else {
                topic.terms.append(WeightedTerm(term: term, weight: weight))
            }
        }
        for value in reader.list("terms") {
            if let term = reader.reader(of: value, termGroup) {
                guard let text = term.string("term") else { continue }
                add(
                    text, weight: term.number("weight") ?? 1, isCaseSensitive: term.bool("case"),
                    at: term.location("term"))
            } else if let text = OptionReader.text(value) {
                add(text, weight: 1, isCaseSensitive: false, at: value.location)
            }
        }
        for value in reader.list("vague") {
            if let text = OptionReader.text(value) {
                add(text, weight: 0.3, isCaseSensitive: false, at: value.location)
            }
        }
        topic.required = conditionTerms("required", of: id, reader)
        topic.excluded = conditionTerms("excluded", of: id, reader)
        if !topic.terms.isEmpty, topic.terms.allSatisfy(\.isVague) {
            reader.report(
                "topic '\(id)' has vague terms alone (below weight \(preciseWeight)), so it would never be found; "
                    + "add a precise one")
        }
        return topic
    }

    private static func conditionTerms(_ name: String, of id: String, _ reader: OptionReader) -> [String] {
        reader.list(name).compactMap { value in
            guard let text = OptionReader.text(value) else { return nil }
            if let problem = Term(text).problem {
                reader.report("the '\(name)' term '\(text)' of topic '\(id)' \(problem)", at: value.location)
                return nil
            }
            return text
        }
    }
}
