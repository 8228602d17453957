internal import WirewatchKit

// The lists of specs are made once: a group that makes its own for each of thousands of rules is felt.
extension AlertOptions {
    static let ruleGroup = OptionGroup("rule", "Conditions, and the alert to raise when they hold.") { ruleSpecs }
    static let alertGroup = OptionGroup("alert", "What an alert says, and how often.") { alertSpecs }
    static let windowGroup = OptionGroup("window", "What must happen over time for a rule to raise an alert.") {
        windowSpecs
    }
    static let testGroup = OptionGroup(
        "test", "An article, or several in their order, and what the rule must make of the last."
    ) { testSpecs }
    static let testArticleGroup = OptionGroup("test_article", "An article of a test.") { testArticleSpecs }
    static let testStoryGroup = OptionGroup("test_story", "The story of a test's article.") {
        [
            OptionSpec("id", .string(), required: true, "The story's id."),
            OptionSpec("sources", .integer(1...1_000_000), default: "1", "How many sources have reported it."),
            OptionSpec(
                "age", .duration(.zero ... .seconds(86_400 * 3650)), default: "0s",
                "How long ago it was first reported."),
        ]
    }

    private static let ruleSpecs: [OptionSpec] = [
        OptionSpec("id", .string(), required: true, "The rule's name in records; unique."),
        OptionSpec("description", .string(), "What the rule is for, in a sentence."),
        OptionSpec(
            "when", .object(conditionGroup), required: true, example: "{topic: robotics, text: {any: [recall]}}",
            "The conditions that must all hold."),
        OptionSpec(
            "not", .oneOrMore(.object(conditionGroup)),
            "Exceptions: when one of these groups of conditions holds, there is no alert."),
        OptionSpec(
            "window", .object(windowGroup), example: "{over: 24h, by: entity, distinct: story, at_least: 3}",
            "Articles for which the conditions hold are counted over time; the alert is raised when the window says so."
        ),
        OptionSpec(
            "once_per", .choice([("story", "one alert for each story"), ("article", "one for each article")]),
            default: "story",
            "What a rule without a window raises one alert for. Without a stage `story` before this one, and for an "
                + "article that belongs to no story, it is the article."),
        OptionSpec("alert", .object(alertGroup), "What the alert says."),
        OptionSpec(
            "tests", .list(of: .object(testGroup)), example: "[{text: Robot vacuum review, expect: none}]",
            "Tests of the rule, run by `wirewatch test`."),
    ]

    private static let alertSpecs: [OptionSpec] = [
        OptionSpec(
            "severity",
            .choice([
                ("info", "good to know"), ("low", "can wait"), ("medium", "worth a look today"),
                ("high", "worth a look now"), ("critical", "act now"),
            ]), default: "medium", "How urgent the alert is."),
        OptionSpec(
            "message", .string(), default: "{title}", example: "\"{title}: {metric.surface}\"",
            "The alert's text. Placeholders: \(MessageTemplate.Placeholder.list). Braces are written '{{' and '}}'."),
        OptionSpec(
            "labels", .map(of: .string(allowsEmpty: true), keyName: "label"),
            "Texts that are copied into the alert, for whoever reads it."),
        OptionSpec(
            "repeat_interval", .duration(.seconds(1)...(.seconds(86_400 * 3650))), example: "6h",
            "After how long the same story may raise the alert again, and then only when it brings a quantity that was "
                + "not reported before; without it never. For a rule with a window: how long it is quiet for the same "
                + "key; by default for the window's own time, a spike's for a day."),
        OptionSpec(
            "update_sources", .oneOrMore(.integer(2...256)), example: "[3, 10]",
            "At how many sources of a story the alert is raised again, as an update, once for each number, whatever "
                + "`repeat_interval` says. Without it no further source raises it."),
    ]

    private static let windowSpecs: [OptionSpec] = [
        OptionSpec(
            "kind",
            .choice([
                ("sliding", "counts over the last `over`"),
                ("tumbling", "counts from each multiple of `over` to the next, in UTC"),
                ("new_term", "holds for a key that was not seen for `over`"),
                ("spike", "holds when the count of the last `over` stands out from those of the `baseline`"),
                ("flatline", "holds when nothing came for `over`"),
                ("sequence", "holds when the conditions of `then` follow, each in a later article, within `over`"),
            ]), default: "sliding", "What the window looks for."),
        OptionSpec(
            "over", .duration(.seconds(1)...(.seconds(86_400 * 366))), required: true, example: "24h",
            "The length of time, by the articles' arrival."),
        OptionSpec(
            "by",
            .choice([
                ("entity", "the entities that the conditions found, or all of the article's"),
                ("topic", "the topics that the conditions found, or all of the article's"),
                ("term", "the terms that the conditions found"), ("source", "the source"), ("site", "the site"),
                ("language", "the language"), ("author", "each author"), ("tag", "each tag"),
                ("story", "the story"),
            ]), "Has a window of its own for each; without it there is one for the rule."),
        OptionSpec(
            "distinct",
            .choice([
                ("article", "articles"), ("story", "stories; an article without one counts by itself"),
                ("source", "sources"), ("site", "sites"), ("entity", "entities that the conditions found"),
            ]), default: "article", "What is counted, each once."),
        OptionSpec("at_least", .integer(1...1000), "How many there must be: the same as `count: \">= n\"`."),
        OptionSpec("count", .string(), example: "\">= 3\"", "How many there must be, up to 1000."),
        OptionSpec(
            "sum", .string(), example: "\">= 1 billion USD\"",
            "What the quantities that the rule's `metric` conditions found add up to, of each article the largest."),
        OptionSpec("max", .string(), example: "\">= 50 %\"", "The same for the largest of all."),
        OptionSpec(
            "baseline", .duration(.seconds(60)...(.seconds(86_400 * 366))), default: "14d",
            "Of a spike: how far back counts are compared."),
        OptionSpec(
            "score", .number(0.5...100), default: "2.5",
            "Of a spike: how many spreads the logarithm of the count must lie above the median of the baseline. The "
                + "spread is that of the upper half, so what often rises must rise further."),
        OptionSpec(
            "warm_up", .duration(.zero ... .seconds(86_400 * 366)),
            "Of `new_term` and `spike`: for how long after the rule's first article nothing is raised. Default: 0s for "
                + "`new_term`, two sevenths of the baseline for `spike`."),
        OptionSpec(
            "then", .oneOrMore(.object(conditionGroup)), example: "{text: {any: [recall]}}",
            "Of a sequence: what must follow, in this order."),
    ]

    private static let testArticleSpecs: [OptionSpec] = [
        OptionSpec("text", .string(), "The article: its title, and from the second line its body."),
        OptionSpec(
            "file", .path,
            "A file that holds the article, in any form that `wirewatch process` reads; of several articles the first."),
        OptionSpec("source", .string(), default: "test", "The name of its source."),
        OptionSpec("url", .string(), "Its address."),
        OptionSpec("site", .string(), "Its site."),
        OptionSpec("language", .string(), "Its language."),
        OptionSpec("tags", .list(of: .string()), "The publisher's tags."),
        OptionSpec("authors", .list(of: .string()), "Its authors."),
        OptionSpec(
            "age", .duration(.zero ... .seconds(86_400 * 3650)), "How long before its arrival it was published."),
        OptionSpec("story", .object(testStoryGroup), "Its story, where no stage finds one."),
        OptionSpec(
            "after", .duration(.zero ... .seconds(86_400 * 3650)), default: "1m",
            "How long after the article before it arrives."),
    ]

    private static let testSpecs: [OptionSpec] =
        testArticleSpecs + [
            OptionSpec(
                "articles", .list(of: .object(testArticleGroup), nonEmpty: true),
                "Several articles in the order of their arrival, for rules with a window."),
            OptionSpec(
                "expect", .choice([("alert", "the rule raises an alert"), ("none", "it raises none")]), required: true,
                "What the rule must make of the last article."),
            OptionSpec(
                "because", .oneOrMore(.string()), example: "[metric, near]",
                "Texts each of which must be part of a condition that the alert names, or of the words that met it."),
            OptionSpec("message", .string(), "What the alert's message must be."),
        ]
}
