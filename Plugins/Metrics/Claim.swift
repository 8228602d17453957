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
    var change: Change?
    /// The head of the noun counted; -1 when there is none.
    var noun = -1
    var confidence: Double
    /// Stands in a phrase of time: "within six days".
    var isTimeframe = false

    var amount: Amount {
        if isRange { return .range(low: low, high: high) }
        return .value(low ?? high ?? 0)
    }

    var quantity: Quantity { Quantity(amount, unit: unit) }
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
