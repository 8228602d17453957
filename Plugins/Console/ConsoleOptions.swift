public import WirewatchKit

/// How the console prints alerts.
public struct ConsoleOptions: PluginOptions {
    /// When to use colour.
    public enum Color: String, Sendable { case auto, always, never }

    public var color: Color
    /// Alerts below this are not printed.
    public var minimum: Alert.Severity

    public static var specs: [OptionSpec] {
        [
            OptionSpec(
                "color",
                .choice([
                    ("auto", "on a terminal, unless NO_COLOR is set"),
                    ("always", "whatever the output is"),
                    ("never", "plain text"),
                ]), default: "auto", "When to highlight severities and the text that matched."),
            OptionSpec(
                "min_severity",
                .choice(Alert.Severity.allCases.map { ($0.rawValue, "severity `\($0.rawValue)` and above") }),
                default: Alert.Severity.info.rawValue,
                "Alerts below this severity are not printed; logs still have them."),
        ]
    }

    public init(_ options: OptionReader) throws {
        color = options.string("color").flatMap { Color(rawValue: $0) } ?? .auto
        minimum = options.string("min_severity").flatMap { Alert.Severity(rawValue: $0) } ?? .info
    }
}
