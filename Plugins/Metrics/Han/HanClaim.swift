import WirewatchKit

/// A claim of a Chinese sentence, as byte offsets into the whole text.
struct HanClaim {
    var start: Int
    var end: Int
    var low: Double
    var high: Double?
    var unit: String
    var dimension: Dimension
    var qualifier: Metric.Qualifier?
    var per: String?
    var change: Change?
    var equivalents: [Quantity] = []
    var confidence: Double
    /// Where the number begins, behind the qualifier.
    var numberStart: Int

    var amount: Amount { high.map { .range(low: low, high: $0) } ?? .value(low) }
    var quantity: Quantity { Quantity(amount, unit: unit) }
}
