public import WirewatchKit

/// How long the `dedupe` stage remembers.
public struct DedupeOptions: PluginOptions {
    var window: Duration

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "window", .duration(.seconds(60)...(.seconds(86_400 * 3650))), default: "30d",
            "How long an article is remembered after it was last seen.")
    ]

    public init(_ options: OptionReader) throws {
        window = options.duration("window") ?? .seconds(30 * 86_400)
    }
}
