/// Why nobody is told of an alert. It stands in the log all the same, so that nothing is dropped without a line.
public struct AlertHold: Sendable, Hashable {
    public enum Cause: String, Sendable, Hashable, CaseIterable {
        /// Somebody asked for quiet.
        case silence
        /// Another alert makes this one needless.
        case inhibition
        /// Its rule has raised as many as it may in a time.
        case budget
    }

    public var by: Cause
    /// One line for people: which silence, which other alert, which budget.
    public var reason: String

    public init(by: Cause, reason: String) {
        self.by = by
        self.reason = reason
    }
}
