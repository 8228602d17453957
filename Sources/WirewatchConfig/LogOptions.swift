public import WirewatchKit

/// The `log` section: what the daemon says about itself, on standard error.
public struct LogOptions: PluginOptions, Equatable {
    /// The lowest level that is written.
    public var level: Logger.Level

    public static let specs: [OptionSpec] = [
        OptionSpec(
            "level",
            .choice([
                ("trace", "everything, for hunting one fault"),
                ("debug", "each step taken"),
                ("info", "what an operator wants to see"),
                ("notice", "what is out of the ordinary"),
                ("warning", "what may need attention"),
                ("error", "what failed"),
                ("critical", "what stops the daemon"),
            ]),
            default: "info",
            "The least important messages of the daemon itself that are written to standard error.")
    ]

    /// The defaults.
    public init() { self.init(.empty(Self.specs)) }

    public init(_ options: OptionReader) {
        level = options.string("level").flatMap { Logger.Level(rawValue: $0) } ?? .info
    }
}
