internal import Glibc
public import WirewatchKit

/// What the `story` stage compares, how readily it joins, and for how long.
public struct StoryOptions: PluginOptions {
    var window: Duration
    var threshold: Double
    var fields: Set<Field>
    /// Bytes of the text that are read, from its beginning.
    var textBytes: Int
    var maxStories: Int

    enum Field: String, CaseIterable { case title, subtitle, body }

    /// The score at which an article joins: the log odds of ``threshold``.
    var leastScore: Float { Float(log(threshold / (1 - threshold))) }

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "window", .duration(.seconds(3600)...(.seconds(86_400 * 90))), default: "7d",
            "How long after its first article a story is open to more. What is told of it later founds a story anew."),
        OptionSpec(
            "threshold", .number(0.05...0.95), default: "0.47",
            """
            How likely it must be that an article tells a story for it to join. A higher number splits stories, and alerts \
            come twice; a lower one joins what is apart, and alerts are missed.
            """),
        OptionSpec(
            "fields",
            .list(
                of: .choice([
                    ("title", "the headline"), ("subtitle", "the line below it"),
                    ("body", "the text, from its beginning"),
                ]), nonEmpty: true), default: "[title, subtitle, body]", "What articles are compared by."),
        OptionSpec(
            "text", .size(200...65_536), default: "2000 B",
            "How much of the body is read. The event is told at its beginning; more takes longer and gains little."),
        OptionSpec(
            "max_stories", .integer(1000...10_000_000), default: "400000",
            "The most stories that are open at once; the oldest is closed for a new one. 400,000 take some 400 MB."),
    ]

    public init(_ options: OptionReader) throws {
        window = options.duration("window") ?? .seconds(7 * 86_400)
        threshold = options.number("threshold") ?? 0.47
        let named = options.strings("fields").compactMap(Field.init)
        fields = named.isEmpty ? Set(Field.allCases) : Set(named)
        textBytes = options.size("text") ?? 2000
        maxStories = options.integer("max_stories") ?? 400_000
    }
}
