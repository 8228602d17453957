/// What a rule with a window counted, in its alert.
public struct AlertWindow: Sendable, Hashable {
    /// `sliding`, `tumbling`, `new_term`, `spike`, `flatline`, `sequence`, ...
    public var kind: String
    /// What there is a window for each of: `entity`, `source`, ...; nil for one window for the rule.
    public var by: String?
    /// Which of these it is; nil without ``by``.
    public var key: String?
    public var over: Duration
    /// When the first of what was counted arrived.
    public var from: Timestamp
    /// When the alert was raised.
    public var to: Timestamp
    public var count: Int
    /// What the quantities add up to, or the largest of them, in ``unit``; nil where the rule asks for neither.
    public var sum: Double?
    public var unit: String?

    public init(
        kind: String, by: String? = nil, key: String? = nil, over: Duration, from: Timestamp, to: Timestamp,
        count: Int, sum: Double? = nil, unit: String? = nil
    ) {
        self.kind = kind
        self.by = by
        self.key = key
        self.over = over
        self.from = from
        self.to = to
        self.count = count
        self.sum = sum
        self.unit = unit
    }
}
