internal import WirewatchKit

extension EntitiesOptions {
    static let entryGroup = OptionGroup("entity", "An entity and its names.") { entitySpecs(isComplete: true) }

    static let extensionGroup = OptionGroup("extension", "A new entity, or more about one of the watchlist.") {
        entitySpecs(isComplete: false)
    }

    private static func entitySpecs(isComplete: Bool) -> [OptionSpec] {
        [
            OptionSpec(
                "id", .string(), required: true, example: "acme-robotics",
                "The id that records and rules use: small letters and digits, joined by hyphens; unique."),
            OptionSpec(
                "name", .string(), required: isComplete, example: "Acme Robotics",
                "The name in records. It is an alias too, unless 'aliases' says more of the same text."),
            OptionSpec(
                "type", .choice(EntityType.allCases.map { ($0.rawValue, $0.doc) }), required: isComplete,
                example: "company", "What it is."),
            OptionSpec(
                "aliases", .list(of: .either([.string(), .object(aliasGroup)])),
                example: "[Acme Corp, {alias: ACME, case: exact}]",
                "Other names, each a text or a map. They match as whole words with plural and possessive endings, across "
                    + "hyphen, space and line break."),
            OptionSpec(
                "short", .oneOrMore(.string()),
                "Forms that count only after a full name has occurred. A person's surname is one by itself."),
            OptionSpec(
                "except", .oneOrMore(.string()), example: "[Big Apple]",
                "Longer phrases in which a name of this entity means something else."),
        ]
    }

    static let aliasGroup = OptionGroup("alias", "A name with the conditions under which it is one.") {
        [
            OptionSpec("alias", .string(), required: true, "The name."),
            OptionSpec(
                "case",
                .choice([
                    ("capital", "the first and the last word begin with a capital where the alias does, but in tags"),
                    ("exact", "as written here"), ("any", "any case"),
                ]), default: "capital", "What case its letters must have."),
            OptionSpec(
                "with", .oneOrMore(.string()), example: "[robot, humanoid]",
                "The name counts only where one of these terms occurs, or where the article uses a name of the entity "
                    + "that needs no condition."),
            OptionSpec("not_with", .oneOrMore(.string()), "The name does not count where one of these terms occurs."),
            OptionSpec(
                "within", .string(), default: "article", example: "\"12 words\"",
                "Where the terms of 'with' and 'not_with' are looked for: 'article', 'sentence', or a number of words "
                    + "before and after the name, such as '12 words'."),
        ]
    }
}
