internal import WirewatchKit

/// `< 2d`: an operator and a duration.
struct DurationComparison: Sendable, Hashable, CustomStringConvertible {
    private let comparison: Comparison.Operator
    let duration: Duration
    let description: String

    /// Nil when the text is no such thing.
    init?(_ text: String) {
        guard let (op, rest) = Comparison.splitOperator(text), let duration = HumanUnits.duration(String(rest)) else {
            return nil
        }
        comparison = op
        self.duration = duration
        description = text
    }

    func holds(_ other: Duration) -> Bool {
        switch comparison {
        case .atLeast: other >= duration
        case .atMost: other <= duration
        case .above: other > duration
        case .below: other < duration
        case .equal: other == duration
        }
    }
}
