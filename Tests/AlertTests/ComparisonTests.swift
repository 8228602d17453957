import Testing
import WirewatchKit

@testable import WirewatchAlert

@Suite("Comparisons")
struct ComparisonTests {
    @Test(
        "read operator, number, magnitude and unit",
        arguments: [
            (">= 100 million USD", .atLeast, 1e8, "USD"), ("> 1,000,000", .above, 1e6, nil),
            ("<=30%", .atMost, 30, "%"), ("≥ 25 percent", .atLeast, 25, "%"), ("= 3", .equal, 3, nil),
            ("< 1.5bn CNY", .below, 1.5e9, "CNY"), (">= $5M", .atLeast, 5e6, "USD"),
            (">= €2 billion", .atLeast, 2e9, "EUR"),
            (">= 10k downloads", .atLeast, 10_000, "download"), ("> 5 MW", .above, 5e6, "W"),
            (">= 1_000 companies", .atLeast, 1000, "company"), (">= 2 trillion yen", .atLeast, 2e12, "JPY"),
            ("> 8 GPUs", .above, 8, "GPU"), ("  >  2  ", .above, 2, nil),
        ] as [(String, Comparison.Operator, Double, String?)])
    func reads(_ text: String, _ op: Comparison.Operator, _ number: Double, _ unit: String?) throws {
        let comparison = try Comparison(text)
        #expect(comparison.op == op && comparison.number == number && comparison.unit == unit)
    }

    @Test(
        "refuse other texts with an example",
        arguments: [
            ("100 million USD", "no operator"), (">= many", "'many' is no number"), ("about 5", "no operator"),
            (">= 1,00 USD", "no number"), ("", "no operator"), (">=", "is no number"), (">= 1.2.3", "no number"),
            (">= 5 !!", "'!!' is no unit"), (">= $5 EUR", "two units"),
        ])
    func refuses(_ text: String, _ expected: String) {
        let mistake = #expect(throws: Comparison.Mistake.self) { try Comparison(text) }
        #expect(mistake?.description.contains(expected) == true)
    }

    @Test(
        "compare ranges by the end that was named",
        arguments: [
            (">= 35", Amount.range(low: 30, high: 40), true), ("> 40", .range(low: 30, high: 40), false),
            ("< 35", .range(low: 30, high: 40), true), ("= 35", .range(low: 30, high: 40), true),
            ("= 41", .range(low: 30, high: 40), false), (">= 100", .range(low: 10, high: nil), false),
            ("<= 10", .range(low: nil, high: 9), true), (">= 5", .value(5), true), ("> 5", .value(5), false),
        ])
    func ranges(_ text: String, _ amount: Amount, _ expected: Bool) throws {
        #expect(try Comparison(text).holds(amount) == expected)
    }
}
