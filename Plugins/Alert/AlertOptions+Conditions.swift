internal import WirewatchKit

extension AlertOptions {
    static let conditionGroup = OptionGroup(
        "condition", "One or more conditions; all of those that are written must hold."
    ) { conditionSpecs }
    static let metricGroup = OptionGroup(
        "metric", "A quantity; one metric must meet everything that is written."
    ) { metricSpecs }
    static let textGroup = OptionGroup(
        "text", "Words and phrases, matched whole as the terms of topics are, and regular expressions."
    ) { textSpecs }
    static let nearGroup = OptionGroup("near", "Words near each other.") { nearSpecs }
    static let entityGroup = OptionGroup("entity_condition", "Entities that the stage `entities` found.") {
        entitySpecs
    }
    static let storyGroup = OptionGroup("story", "The story that the article belongs to.") { storySpecs }
    static let atLeastGroup = OptionGroup("at_least", "So many of several conditions.") { atLeastSpecs }

    private static let conditionSpecs: [OptionSpec] = [
        OptionSpec("all", .list(of: .object(conditionGroup), nonEmpty: true), "Each of these must hold."),
        OptionSpec("any", .list(of: .object(conditionGroup), nonEmpty: true), "At least one of these must hold."),
        OptionSpec("not", .oneOrMore(.object(conditionGroup)), "None of these may hold."),
        OptionSpec(
            "at_least", .object(atLeastGroup), example: "{n: 2, of: [{topic: ai}, {topic: robotics}]}",
            "At least so many of several must hold."),
        OptionSpec(
            "topic",
            .either([.string(), .list(of: .string(), nonEmpty: true), .map(of: .string(), keyName: "topic")]),
            example: "{robotics: \">= 0.6\"}",
            "A topic that the article must have, a list of which it must have one, or a map of topics with "
                + "comparisons of their scores, which must all hold. A topic that was not found has the score 0."),
        OptionSpec(
            "entity", .either([.string(), .list(of: .string(), nonEmpty: true), .object(entityGroup)]),
            example: "{any: [unitree, agibot], role: subject}",
            "An entity that the article must speak of, by id or name, one of several, or a map."),
        OptionSpec("metric", .object(metricGroup), "A quantity that the article must claim."),
        OptionSpec("text", .object(textGroup), "Words that the article must hold."),
        OptionSpec(
            "near", .object(nearGroup), example: "{terms: [humanoid, order*], within: 12 words}",
            "Words that must stand near each other."),
        OptionSpec(
            "source", .oneOrMore(.string()),
            "The name of the article's source, or one of several; `*` stands for any characters."),
        OptionSpec(
            "site", .oneOrMore(.string()), example: "\"example.org\"",
            "The article's site, or the host of its address: a domain holds for those below it, `*` stands for any "
                + "characters. Or one of several."),
        OptionSpec(
            "language", .oneOrMore(.string()), example: "en",
            "The article's language, or one of several; 'en' holds for 'en-GB' too."),
        OptionSpec(
            "tag", .oneOrMore(.string()),
            "A tag of the publisher's, in any case, or one of several; `*` stands for any characters."),
        OptionSpec(
            "author", .oneOrMore(.string()),
            "An author, in any case, or one of several; `*` stands for any characters."),
        OptionSpec(
            "age", .string(), example: "\"< 2d\"",
            "How long before its arrival the article was published; does not hold where the date is not known."),
        OptionSpec("story", .object(storyGroup), example: "{sources: \">= 3\"}", "The story that it belongs to."),
    ]

    private static let atLeastSpecs: [OptionSpec] = [
        OptionSpec("n", .integer(1...1000), required: true, "How many must hold."),
        OptionSpec(
            "of", .list(of: .object(conditionGroup), nonEmpty: true), required: true, "Groups of conditions."),
    ]

    private static let entitySpecs: [OptionSpec] = [
        OptionSpec("any", .oneOrMore(.string()), "Ids or names, of which one must be there."),
        OptionSpec("all", .oneOrMore(.string()), "Ids or names, each of which must be there."),
        OptionSpec("type", .oneOrMore(.string()), example: "company", "The entity's type, or one of several."),
        OptionSpec(
            "role", .choice([("subject", "the article is about it"), ("mention", "it is mentioned only")]),
            "What part it has in the article; any by default."),
    ]

    private static let storySpecs: [OptionSpec] = [
        OptionSpec("first", .bool, "Whether the article must be the first of its story; false: must not."),
        OptionSpec("sources", .string(), example: "\">= 3\"", "How many sources have reported the story so far."),
        OptionSpec("age", .string(), example: "\"< 6h\"", "How long the story was known when the article arrived."),
    ]

    private static let metricSpecs: [OptionSpec] = [
        OptionSpec(
            "kind", .oneOrMore(.string()), example: "downloads",
            "The metric's kind, or one of several. A word of its name is enough where no other kind has it: `orders`."),
        OptionSpec(
            "value", .string(), example: "\">= 100 million USD\"",
            "An operator (>=, >, <=, <, =), a number with or without a magnitude (thousand, k, million, M, billion, "
                + "bn, trillion) and a unit (%, a currency by its ISO 4217 code, or the noun that is counted). A "
                + "currency is compared with amounts given in it, never converted. Of a range, '>=' and '>' look at "
                + "its upper end, '<=' and '<' at its lower."),
        OptionSpec("unit", .string(), example: "\"%\"", "The unit that the metric must have."),
        OptionSpec(
            "qualifier",
            .oneOrMore(
                .choice([
                    ("about", "about 10"), ("over", "over 10"), ("up_to", "up to 10"), ("under", "under 10"),
                    ("nearly", "nearly 10"), ("estimated", "an estimated 10"),
                ])), "How exact the writer says the number is: one of these."),
        OptionSpec(
            "change", .choice([("up", "a rise"), ("down", "a fall")]), "The direction of the change it describes."),
        OptionSpec("per", .oneOrMore(.string()), example: "year", "What it is a rate of: the noun after 'per'."),
        OptionSpec(
            "subject", .oneOrMore(.string()),
            "Terms of which one must occur in what is measured (in the sentence, where the subject is not known)."),
        OptionSpec(
            "entity", .oneOrMore(.string()), "The id of the entity that the claim is about, or one of several."),
        OptionSpec("sentence", .oneOrMore(.string()), "Terms of which one must occur in the metric's sentence."),
    ]

    private static let fields = OptionType.oneOrMore(
        .choice([
            ("title", "the title"), ("subtitle", "the subtitle"), ("body", "the body"),
            ("captions", "the captions of pictures"), ("tags", "the publisher's tags"),
            ("anywhere", "all of these"),
        ]))

    private static let textSpecs: [OptionSpec] = [
        OptionSpec("any", .oneOrMore(.string()), "At least one of these must occur."),
        OptionSpec("all", .oneOrMore(.string()), "Each of these must occur."),
        OptionSpec(
            "pattern", .oneOrMore(.string()), example: "'\\b[A-Z]{2}-\\d{4}\\b'",
            "A regular expression in the manner of Perl (PCRE2) that must match, or one of several; in single quotes. "
                + "'.' does not match a line's end, '^' and '$' match at lines. A search that takes too many steps gives "
                + "up, which is logged."),
        OptionSpec("in", fields, default: "anywhere", "Where they must occur."),
        OptionSpec(
            "count", .string(), example: "\">= 3\"",
            "How often the words of `any` and the patterns (or the words of `all`, where there are no others) occur "
                + "together."),
        OptionSpec("near", .object(nearGroup), "Words that must stand near each other in these fields."),
        OptionSpec(
            "case", .bool, default: "false", "Whether letters must have the case that is written here."),
    ]

    private static let nearSpecs: [OptionSpec] = [
        OptionSpec(
            "terms", .list(of: .oneOrMore(.string()), nonEmpty: true), required: true,
            example: "[humanoid, [order*, contract]]",
            "Words and phrases, each of which must occur; of those in an inner list, or of a macro, one."),
        OptionSpec(
            "within", .string(), default: "10 words",
            "How far apart their first words may lie at most, counted in words."),
        OptionSpec("ordered", .bool, default: "false", "Whether they must come in the order written."),
        OptionSpec("in", fields, default: "anywhere", "Where they must occur."),
        OptionSpec(
            "case", .bool, default: "false", "Whether letters must have the case that is written here."),
    ]
}
