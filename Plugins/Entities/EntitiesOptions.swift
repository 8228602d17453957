public import WirewatchKit
internal import WirewatchText

/// What the `entities` stage looks for.
public struct EntitiesOptions: PluginOptions {
    /// A watched entity with its names.
    struct Entry: Sendable {
        var id: String
        var name: String
        var type: EntityType
        var aliases: [Alias] = []
        /// Forms that count once a full name has occurred.
        var short: [String] = []
        /// Longer phrases in which the names mean something else.
        var except: [String] = []
    }

    /// One name of an entity, and when it is one.
    struct Alias: Sendable {
        enum Case: Sendable {
            /// The first and the last word begin with a capital where the alias does; tags are in any case.
            case capital
            case exact
            case any
        }

        var text: String
        var letters = Case.capital
        var condition: Condition?
    }

    /// Words beside an ambiguous name that decide what it stands for.
    struct Condition: Sendable {
        /// How far away the words may be.
        enum Scope: Sendable, Hashable {
            case article
            case sentence
            case words(Int)
        }

        /// One of these must occur, if there are any.
        var with: [String] = []
        /// None of these may occur.
        var notWith: [String] = []
        var scope = Scope.article
    }

    /// Kinds of names that are found without being watched.
    enum Discovery: String, Sendable, CaseIterable { case people, organisations, companies }

    var entries: [Entry]
    var discovery: Set<Discovery>
    var subjectThreshold: Double

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "watchlist", .list(of: .object(entryGroup)), required: true,
            example: "[{id: acme-robotics, name: Acme Robotics, type: company, aliases: [Acme]}]",
            "The entities to find."),
        OptionSpec(
            "extend", .list(of: .object(extensionGroup)),
            "Entities of your own beside those of 'watchlist'. An id that is there already takes over what is written "
                + "here: aliases, short forms and exceptions are added, name and type replaced."),
        OptionSpec("ignore", .oneOrMore(.string()), example: "[orange]", "Ids of the watchlist that are not wanted."),
        OptionSpec(
            "types", .oneOrMore(.choice(EntityType.allCases.map { ($0.rawValue, $0.doc) })),
            "Only entities of these types are found; without it, of all."),
        OptionSpec(
            "discover",
            .list(
                of: .choice([
                    (
                        "people",
                        "people by the way texts introduce them: 'Jane Doe, chief economist of', 'said Jane Doe'"
                    ),
                    ("organisations", "universities, ministries, institutes and their like, by the word that says so"),
                    ("companies", "firms by their legal form: 'Acme Widgets Inc.'"),
                ])), example: "[people]",
            "Names that are found in a text without being watched. Without it, all of these; '[]' for none."),
        OptionSpec(
            "subject_threshold", .number(0.1...100), default: "2.5",
            "The points that make a score of 0.5, at which an entity is a subject of the article."),
    ]

    public init(_ options: OptionReader) throws {
        let reader = WatchlistReader(options)
        entries = reader.entries
        discovery = Set(options.strings("discover").compactMap(Discovery.init))
        if options.raw("discover") == nil { discovery = Set(Discovery.allCases) }
        let types = Set(options.strings("types").compactMap(EntityType.init))
        if !types.isEmpty {
            entries.removeAll { !types.contains($0.type) }
            if !types.contains(.person) { discovery.remove(.people) }
            if !types.contains(.organisation) { discovery.remove(.organisations) }
            if !types.contains(.company) { discovery.remove(.companies) }
        }
        subjectThreshold = options.number("subject_threshold") ?? 2.5
    }
}
