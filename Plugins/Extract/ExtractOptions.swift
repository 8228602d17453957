public import WirewatchKit

/// The options of the `extract` stage.
public struct ExtractOptions: PluginOptions {
    /// Bytes of body below which an article is refused; 0 takes all that have a title or a body.
    public var minimumBody = 0
    /// The language of all articles, whatever pages say; nil to read it from each.
    public var language: String?

    public init() {}

    public static var specs: [OptionSpec] {
        [
            OptionSpec(
                "min_body", .size(0...16_777_216), default: "0", example: "500",
                """
                The least size of an article's body. A page with less is refused and kept as a dead letter: index pages and \
                paywall stubs have little text.
                """),
            OptionSpec(
                "language", .string(), example: "en",
                "The language of all articles as a BCP 47 tag. Without it each page's own statement and its text decide."
            ),
        ]
    }

    public init(_ options: OptionReader) throws {
        minimumBody = options.size("min_body") ?? 0
        language = options.string("language")
    }
}
