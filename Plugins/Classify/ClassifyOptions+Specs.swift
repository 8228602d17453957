internal import WirewatchKit

extension ClassifyOptions {
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
}
