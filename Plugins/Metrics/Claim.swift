import WirewatchKit

/// A quantity found in a sentence, before what stands around it is read. Positions are token indexes.
struct Claim {
    /// The tokens of the claim as reported, end exclusive.
    var first: Int
    var end: Int
    var low: Double?
    var high: Double?
    var isRange = false
    /// The two numbers of a range in the order of the text.
    var ends: (first: Double, second: Double)?
    var unit: String
    var dimension: Dimension
    var qualifier: Metric.Qualifier?
    var per: String?
    var equivalents: [Quantity] = []
    /// Kept apart: most claims have none, and claims are moved often.
    private var changeBox: ChangeBox?
    var change: Change? {
        get { changeBox?.change }
        set { changeBox = newValue.map(ChangeBox.init) }
    }
    var hasChange: Bool { changeBox != nil }
    /// The head of the noun counted; -1 when there is none.
    var noun = -1
    var confidence: Double
    /// Stands in a phrase of time: "within six days".
    var isTimeframe = false

    init(
        first: Int, end: Int, low: Double?, high: Double? = nil, isRange: Bool = false, unit: String,
        dimension: Dimension, qualifier: Metric.Qualifier? = nil, change: Change? = nil, confidence: Double
    ) {
        self.first = first
        self.end = end
        self.low = low
        self.high = high
        self.isRange = isRange
        self.unit = unit
        self.dimension = dimension
        self.qualifier = qualifier
        self.confidence = confidence
        self.change = change
    }

    var amount: Amount {
        if isRange { return .range(low: low, high: high) }
        return .value(low ?? high ?? 0)
    }

    var quantity: Quantity { Quantity(amount, unit: unit) }
}

/// The change of a claim; never changed itself.
private final class ChangeBox {
    let change: Change

    init(_ change: Change) { self.change = change }
}

/// A number as the number grammar reads it.
struct NumberPhrase {
    var value: Double
    /// The upper end of a vague magnitude: `tens of thousands`.
    var high: Double?
    var first: Int
    var end: Int
    /// Written in digits.
    var isDigits = false
    var hasMagnitude = false
    /// `two thirds`, `half`.
    var isPart = false
    /// The power of ten of a magnitude word or suffix.
    var magnitude = 0
    /// The number ends in a suffix letter such as `7B`.
    var hasSuffix = false
}
