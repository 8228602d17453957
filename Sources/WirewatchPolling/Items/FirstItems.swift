public import WirewatchKit

/// How much of what is there a source takes at its first poll: its option `first`.
public enum FirstItems: Sendable, Equatable {
    case newest(Int)
    case notOlder(than: Duration)

    /// Reads the option `first`; nil when it is absent or, then reported, neither number nor age.
    public init?(_ options: OptionReader) {
        guard let text = options.string("first") else { return nil }
        if let count = Int(text), (0...100_000).contains(count) {
            self = .newest(count)
        } else if let age = HumanUnits.duration(text), age >= .zero {
            self = .notOlder(than: age)
        } else {
            options.report(
                "'first' is '\(text)': write a number of items, such as 20, or an age, such as 2d",
                at: options.location("first"))
            return nil
        }
    }

    /// The option, with a number of items or an age as its default.
    public static func spec(default text: String = "20") -> OptionSpec {
        OptionSpec(
            "first", .string(), default: text, example: "2d",
            """
            What a new source takes of what is there already: so many of the newest items, or those not older than an \
            age. The others are known from then on, and taken only if they change.
            """)
    }
}
