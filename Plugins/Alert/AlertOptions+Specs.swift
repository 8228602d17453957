internal import WirewatchKit

extension AlertOptions {
    static let ruleGroup: OptionGroup = OptionGroup("rule", "Conditions, and the alert to raise when they hold.") {
        [
            OptionSpec("id", .string(), required: true, "The rule's name in records; unique."),
            OptionSpec("description", .string(), "What the rule is for, in a sentence."),
            OptionSpec(
                "when", .object(conditionGroup), required: true, example: "{topic: robotics, text: {any: [recall]}}",
                "The conditions that must all hold."),
            OptionSpec(
                "not", .oneOrMore(.object(conditionGroup)),
                "Exceptions: when one of these groups of conditions holds, there is no alert."),
            OptionSpec("alert", .object(alertGroup), "What the alert says."),
        ]
    }

    static let alertGroup: OptionGroup = OptionGroup("alert", "What an alert says.") {
        [
            OptionSpec(
                "severity",
                .choice([
                    ("info", "good to know"), ("low", "can wait"), ("medium", "worth a look today"),
                    ("high", "worth a look now"), ("critical", "act now"),
                ]), default: "medium", "How urgent the alert is."),
            OptionSpec(
                "message", .string(), default: "{title}", example: "\"{title}: {metric.surface}\"",
                "The alert's text. Placeholders: \(MessageTemplate.Placeholder.list). Braces are written '{{' and '}}'."
            ),
            OptionSpec(
                "labels", .map(of: .string(allowsEmpty: true), keyName: "label"),
                "Texts that are copied into the alert, for whoever reads it."),
        ]
    }

    static let conditionGroup: OptionGroup = OptionGroup(
        "condition", "One or more conditions; all of those that are written must hold."
    ) {
        [
            OptionSpec("all", .list(of: .object(conditionGroup), nonEmpty: true), "Each of these must hold."),
            OptionSpec("any", .list(of: .object(conditionGroup), nonEmpty: true), "At least one of these must hold."),
            OptionSpec("not", .oneOrMore(.object(conditionGroup)), "None of these may hold."),
            OptionSpec(
                "topic",
                .either([.string(), .list(of: .string(), nonEmpty: true), .map(of: .string(), keyName: "topic")]),
                example: "{robotics: \">= 0.6\"}",
                "A topic that the article must have, a list of which it must have one, or a map of topics with "
                    + "comparisons of their scores, which must all hold. A topic that was not found has the score 0."),
            OptionSpec(
                "entity", .either([.string(), .list(of: .string(), nonEmpty: true), .object(entityGroup)]),
                example: "{any: [acme-robotics, example-motors], role: subject}",
                "An entity that the article must name, by its id, a list of which it must name one, or a map that says "
                    + "more. One entity must meet everything that is written."),
            OptionSpec("metric", .object(metricGroup), "A quantity that the article must claim."),
            OptionSpec("text", .object(textGroup), "Words that the article must hold."),
            OptionSpec("source", .oneOrMore(.string()), "The name of the article's source, or one of several."),
            OptionSpec(
                "language", .oneOrMore(.string()), example: "en",
                "The article's language, or one of several; 'en' holds for 'en-GB' too."),
            OptionSpec("tag", .oneOrMore(.string()), "A tag of the publisher's, in any case, or one of several."),
        ]
    }

    static let entityGroup: OptionGroup = OptionGroup(
        "entity_condition", "Entities that the 'entities' stage found."
    ) {
        [
            OptionSpec("any", .oneOrMore(.string()), example: "[acme-robotics]", "One of these ids."),
            OptionSpec("all", .oneOrMore(.string()), "Each of these ids."),
            OptionSpec(
                "type", .oneOrMore(.string()), example: "company",
                "What the entity is, or one of several; without 'any' and 'all', any entity of the type will do."),
            OptionSpec(
                "role",
                .choice([("subject", "the article is about it"), ("mention", "it is named in passing")]),
                "How much the article is about it; without it, both will do."),
        ]
    }

    static let metricGroup: OptionGroup = OptionGroup(
        "metric", "A quantity; one metric must meet everything that is written."
    ) {
        [
            OptionSpec("kind", .oneOrMore(.string()), example: "downloads", "The metric's kind, or one of several."),
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
            OptionSpec(
                "subject", .oneOrMore(.string()),
                "Terms of which one must occur in what is measured (in the sentence, where the subject is not known)."),
            OptionSpec("sentence", .oneOrMore(.string()), "Terms of which one must occur in the metric's sentence."),
        ]
    }

    static let textGroup: OptionGroup = OptionGroup(
        "text", "Words and phrases, matched whole as the terms of topics are."
    ) {
        [
            OptionSpec("any", .oneOrMore(.string()), "At least one of these must occur."),
            OptionSpec("all", .oneOrMore(.string()), "Each of these must occur."),
            OptionSpec(
                "in",
                .oneOrMore(
                    .choice([
                        ("title", "the title"), ("subtitle", "the subtitle"), ("body", "the body"),
                        ("captions", "the captions of pictures"), ("tags", "the publisher's tags"),
                        ("anywhere", "all of these"),
                    ])), default: "anywhere", "Where they must occur."),
            OptionSpec(
                "case", .bool, default: "false", "Whether letters must have the case that is written here."),
        ]
    }
}
