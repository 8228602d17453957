/// A quantity that an article claims.
///
/// Numbers are in base units: percent as 70 with unit `%`, money as ISO 4217, other units in UCUM or as the singular
/// noun counted.
public struct Metric: Sendable, Hashable {
    /// The kind by the taxonomy: `downloads`, `orders_contracts`, `cost_change`, `other_count`, ...
    public var kind: String
    public var span: TextSpan
    /// The claim as written.
    public var surface: String
    public var amount: Amount
    public var unit: String
    public var qualifier: Qualifier?
    public var change: Change?
    /// The denominator of a rate: `year`, `kilometre`, `token`.
    public var per: String?
    /// When the claim holds, as written: `within six days of its launch`.
    public var timeframe: String?
    /// What is measured, as written.
    public var subject: String?
    /// The id of the entity that the claim is about.
    public var entity: String?
    /// Who says so, as written: `Bain`, `the company`; nil when the article itself does.
    public var attribution: String?
    /// How the claim is held; nil when it is stated as a fact.
    public var modality: Modality?
    /// The same amount in other units, as written beside it.
    public var equivalents: [Quantity]
    /// 0 to 1.
    public var confidence: Double
    /// The byte range of the sentence in the same field.
    public var sentence: Range<Int>

    public init(
        kind: String, span: TextSpan, surface: String, amount: Amount, unit: String,
        qualifier: Qualifier? = nil, change: Change? = nil, per: String? = nil,
        timeframe: String? = nil, subject: String? = nil, entity: String? = nil,
        attribution: String? = nil, modality: Modality? = nil,
        equivalents: [Quantity] = [], confidence: Double = 1, sentence: Range<Int>
    ) {
        self.kind = kind
        self.span = span
        self.surface = surface
        self.amount = amount
        self.unit = unit
        self.qualifier = qualifier
        self.change = change
        self.per = per
        self.timeframe = timeframe
        self.subject = subject
        self.entity = entity
        self.attribution = attribution
        self.modality = modality
        self.equivalents = equivalents
        self.confidence = confidence
        self.sentence = sentence
    }

    /// How exact the writer says the number is.
    public enum Qualifier: String, Sendable, Hashable, CaseIterable {
        case about, over
        case upTo = "up_to"
        case under, nearly, estimated
    }

    /// How a claim is held that is not stated as a fact.
    public enum Modality: String, Sendable, Hashable, CaseIterable {
        /// Said not to be so: `did not raise`, `denied`.
        case negated
        /// May be so, or under a condition: `could`, `might`, `if`.
        case possible
        /// Foreseen by somebody: `is expected to`, `forecast`, `likely`.
        case expected
        /// Meant by somebody: `will`, `plans to`, `aims to`, `a target of`.
        case planned
    }
}

/// One number, or a range whose ends may be open.
public enum Amount: Sendable, Hashable {
    case value(Double)
    /// At least one end is present.
    case range(low: Double?, high: Double?)

    /// The smallest number that the amount allows.
    public var low: Double? {
        switch self {
        case .value(let value): value
        case .range(let low, _): low
        }
    }

    /// The largest number that the amount allows.
    public var high: Double? {
        switch self {
        case .value(let value): value
        case .range(_, let high): high
        }
    }
}

/// An amount with its unit.
public struct Quantity: Sendable, Hashable {
    public var amount: Amount
    public var unit: String

    public init(_ amount: Amount, unit: String) {
        self.amount = amount
        self.unit = unit
    }
}

/// A change that a metric describes: from 30-40 % to 70 %, or down by 29 %.
public struct Change: Sendable, Hashable {
    public enum Direction: String, Sendable, Hashable { case up, down }

    public var direction: Direction?
    public var from: Quantity?
    public var to: Quantity?
    public var by: Quantity?

    public init(
        direction: Direction?, from: Quantity? = nil, to: Quantity? = nil, by: Quantity? = nil
    ) {
        self.direction = direction
        self.from = from
        self.to = to
        self.by = by
    }
}
