internal import WirewatchKit

extension ClassifyOptions {
    static let topicGroup = OptionGroup("topic", "A topic and the terms that tell it.") { topicSpecs(isComplete: true) }

    static let extensionGroup = OptionGroup("extension", "A new topic, or more about one of `topics`.") {
        topicSpecs(isComplete: false)
    }

    private static func topicSpecs(isComplete: Bool) -> [OptionSpec] {
        [
            OptionSpec(
                "terms", .list(of: .either([.string(), .object(termGroup)]), nonEmpty: true), required: isComplete,
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
                "threshold", .number(0.1...100), default: isComplete ? "2.5" : nil,
                "The points that make a score of 0.5, at which the topic is found."),
            OptionSpec(
                "field_weights", .object(fieldWeightsGroup), example: "{title: 3, captions: 0}",
                "What the fields of an article count for; what is not written here is as for all topics."),
            OptionSpec(
                "title_weight", .number(0...100), "The same as `field_weights: {title: ...}`."),
            OptionSpec(
                "at_least", .object(minimumGroup), example: "{distinct: 2}",
                "What an article must have of the topic's terms, whatever the points. Terms below weight 0.5 do not count."
            ),
            OptionSpec(
                "parent", .string(), example: "robotics",
                "The topic that this one is a part of. It is not found with this one unless `include_parent` says so."),
            OptionSpec(
                "include_parent", .bool, default: isComplete ? "false" : nil,
                "Whether the parent is found wherever this topic is, with at least its score; an `excluded` term of the "
                    + "parent keeps it out."),
            OptionSpec(
                "languages", .oneOrMore(.string()), example: "[en, de]",
                "The topic is looked for in articles of these languages alone, and in those of unknown language; 'zh' "
                    + "takes in 'zh-Hant'."),
        ]
    }

    static let termGroup = OptionGroup("term", "Terms with their weight, and where they count.") {
        [
            OptionSpec(
                "term", .oneOrMore(.string()), required: true, "The word or phrase; several, to say the same of all."),
            OptionSpec(
                "weight", .number(0.01...10), default: "1",
                "How much it speaks for the topic. Below 0.5 it only counts beside a term of at least 0.5."),
            OptionSpec(
                "case", .bool, default: "false",
                "Whether letters must have the case that is written here. Where the same term stands in the list without it, "
                    + "this one comes first."),
            OptionSpec(
                "near", .oneOrMore(.string()), example: "[gripper, robot*]",
                "The term counts only near one of these, in the same text."),
            OptionSpec(
                "not_near", .oneOrMore(.string()), example: "[pie, orchard]",
                "The term does not count near one of these."),
            OptionSpec(
                "within", .string(), default: "10 words",
                "How far before and after the term those of `near` and `not_near` may stand: 1 to 200 words. An ideograph is "
                    + "a word."),
            OptionSpec(
                "languages", .oneOrMore(.string()),
                "The term counts in articles of these languages alone, and in those of unknown language."),
        ]
    }

    static let fieldWeightsGroup = OptionGroup(
        "field_weights", "The points of a term of weight 1 in each field; in a field of 0 the terms do not count."
    ) {
        [
            OptionSpec("title", .number(0...100), "Points in the title; 2.5 unless written."),
            OptionSpec(
                "lede", .number(0...100),
                "Points in the subtitle and the lede, which is the first two paragraphs, at least 600 and at most 1,200 bytes; 1 "
                    + "unless written. With 0 the lede is body."),
            OptionSpec(
                "body", .number(0...100), "Points for each occurrence in a kilobyte of the body; 1 unless written."),
            OptionSpec("tags", .number(0...100), "Points in the tags; 0.75 unless written."),
            OptionSpec("captions", .number(0...100), "Points in captions; 0.4 unless written."),
        ]
    }

    static let minimumGroup = OptionGroup("at_least", "What an article must have of a topic's terms.") {
        [
            OptionSpec("count", .integer(1...1000), "Occurrences of terms, in all fields."),
            OptionSpec("distinct", .integer(1...1000), "Different terms."),
            OptionSpec(
                "density", .number(0.01...100),
                "Occurrences in a kilobyte of body, by weight; a body counts as 1.5 kB at least."),
        ]
    }
}
