public import WirewatchKit

extension DeliveryOptions {
    static let retryGroup = OptionGroup("retry", "When a failed attempt is made again, and when it is given up.") {
        [
            OptionSpec(
                "initial", .duration(.milliseconds(100)...(.seconds(3600))), default: "1s",
                "The longest wait after the first failure. It doubles with each failure in a row; chance picks a moment within it."
            ),
            OptionSpec(
                "max", .duration(.milliseconds(100)...(.seconds(86_400))), default: "5m",
                "No wait is longer, unless the receiver asks for it by Retry-After."),
            OptionSpec(
                "max_attempts", .integer(1...1_000_000), example: "100",
                "After so many attempts an alert becomes a dead letter; without it `max_age` decides alone."),
            OptionSpec(
                "max_age", .duration(.seconds(60)...(.seconds(365 * 86_400))), default: "3d",
                "An alert that waits longer becomes a dead letter when an attempt fails."),
        ]
    }

    static let quietGroup = OptionGroup(
        "quiet_hours", "When nobody is to be disturbed: alerts wait, and come in one digest afterwards."
    ) {
        [
            OptionSpec("from", .string(), required: true, example: "\"22:00\"", "When they begin, `HH:MM`."),
            OptionSpec(
                "to", .string(), required: true, example: "\"07:00\"", "When they end, on the next day perhaps."),
            OptionSpec(
                "days", .list(of: .choice(Weekday.allCases.map { ($0.rawValue, $0.rawValue) })),
                example: "[mon, tue, wed, thu, fri]", "On which days they begin; without it on all."),
        ]
    }

    /// The options that all delivering sinks have.
    ///
    /// - Parameter groups: false for a receiver that groups and repeats by itself.
    public static func specs(groups: Bool = true) -> [OptionSpec] {
        selection + (groups ? grouping : []) + queue
    }

    /// The options of ``AlertFilter``.
    public static var selectionSpecs: [OptionSpec] { selection }

    private static let selection = [
        OptionSpec(
            "min_severity",
            .choice(Alert.Severity.allCases.map { ($0.rawValue, "severity `\($0.rawValue)` and above") }),
            default: Alert.Severity.info.rawValue, "Alerts below this severity are not delivered; logs still have them."
        ),
        OptionSpec(
            "match", .object(AlertMatcher.group),
            example: "{rule: [humanoid-*, chip-orders], labels: {team: robotics}}",
            "Which alerts are delivered; without it all."),
        OptionSpec(
            "include_held", .bool, default: "false",
            "Whether alerts that are marked as held, by a silence say, are delivered all the same."),
    ]

    private static let grouping = [
        OptionSpec(
            "group_by", .oneOrMore(.string()), example: "[rule, story]",
            """
            What alerts of one notice have in common: `rule`, `story`, `source`, `severity`, `topic`, `key` (of a window), \
            `label.NAME`, or `all` for a single group. Without it each alert is a notice of its own.
            """),
        OptionSpec(
            "group_wait", .duration(.zero...(.seconds(86_400))), default: "30s",
            "How long the first alert of a group waits for others, after a restart too."),
        OptionSpec(
            "group_interval", .duration(.zero...(.seconds(7 * 86_400))), default: "5m",
            "The least time between two notices of one group."),
        OptionSpec(
            "max_alerts", .integer(1...1000), default: "50", "The most alerts of one notice; further ones make another."
        ),
        OptionSpec(
            "repeat_interval", .duration(.zero...(.seconds(365 * 86_400))), default: "0s",
            """
            For so long after a notice, alerts of the same rule about the same story or window key are held back unless \
            they bring a new metric, a changed figure or a greater severity. They are counted in the next notice about it. \
            0s sends all.
            """),
        OptionSpec(
            "quiet_hours", .object(quietGroup), example: "{from: \"22:00\", to: \"07:00\"}",
            "When alerts wait, to come in one digest afterwards."),
        OptionSpec(
            "digest_at", .oneOrMore(.string()), example: "[\"07:30\", \"17:00\"]",
            "Times of day, `HH:MM`, at which all alerts since the last one come in one digest, and never in between."),
        OptionSpec(
            "urgent", .choice(Alert.Severity.allCases.map { ($0.rawValue, "severity `\($0.rawValue)` and above") }),
            default: Alert.Severity.critical.rawValue,
            "Alerts of at least this severity wait for neither quiet hours nor a digest."),
        OptionSpec(
            "time_zone", .string(), default: "local", example: "Europe/Berlin",
            "Whose hours these are: `local` (the machine's), `UTC`, `+01:00`, or a name of the system's time zones."),
    ]

    private static let queue = [
        OptionSpec(
            "retry", .object(retryGroup), example: "{max: 10m, max_age: 7d}",
            "When a failed attempt is made again, and when it is given up."),
        OptionSpec(
            "concurrency", .integer(1...64), default: "1",
            "Attempts at once. With one, alerts arrive in the order in which they were raised."),
        OptionSpec(
            "max_queued", .integer(1...1_000_000), default: "10000", "The most notices that wait for delivery."),
        OptionSpec(
            "on_full",
            .choice([
                ("dead_letter", "the oldest that waits becomes a dead letter, kept and counted; the logs go on"),
                ("block", "the whole pipeline waits until there is room: nothing moves, nothing is set aside"),
            ]), default: "dead_letter", "What happens when `max_queued` wait."),
        OptionSpec(
            "keep_dead_letters", .duration(.seconds(3600)...(.seconds(3650 * 86_400))), default: "30d",
            "How long what could not be delivered is kept, to be tried again by `wirewatch deliveries`."),
    ]
}
