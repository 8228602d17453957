import Testing
import WirewatchKit

@Suite("Rates and units")
struct QuantityTests {
    @Test("A rate leads over the dollar from any currency to any other")
    func cross() throws {
        let rates = ExchangeRates(date: "2026-01-02", dollars: ["CNY": 0.125, "EUR": 1.25])
        #expect(rates.rate(from: "CNY", to: "USD") == 0.125)
        #expect(rates.rate(from: "EUR", to: "CNY") == 10)
        #expect(rates.rate(from: "CNY", to: "CNY") == 1)
        #expect(rates.rate(from: "CNY", to: "XAF") == nil)
        #expect(!rates.isShipped)
        #expect(ExchangeRates.shipped.isShipped)
    }

    private func read(_ entries: [(String, String)]) -> (rates: ExchangeRates?, messages: [String]) {
        let place = SourceLocation(file: "a.yaml", line: 1, column: 1)
        let map = entries.map { entry in
            OptionValue.Entry(
                key: entry.0, keyLocation: place, value: OptionValue(.string(entry.1), at: place, scalarText: entry.1))
        }
        let top = OptionValue.Entry(key: "rates", keyLocation: place, value: OptionValue(.map(map), at: place))
        let diagnostics = OptionReader.Diagnostics()
        let rates = ExchangeRates(
            OptionReader(OptionValue(.map([top]), at: place), specs: [ExchangeRates.spec], diagnostics: diagnostics))
        return (rates, diagnostics.all.map(\.message))
    }

    @Test("Rates of a configuration may lead over each other, in any order")
    func chained() throws {
        let read = read([("HKD", "0.5 CNY"), ("date", "2026-01-02"), ("CNY", "0.125 USD")])
        #expect(read.messages == [])
        #expect(read.rates?.rate(from: "HKD", to: "USD") == 0.0625)
        #expect(read.rates?.date == "2026-01-02")
        #expect(read.rates?.currencies == ["CNY", "HKD", "USD"])
    }

    static let mistakes: [([(String, String)], String)] = [
        ([("CNY", "0.14 USD")], "'rates' has no 'date'; add the day that the rates are of, such as 2026-01-02"),
        ([("date", "soon")], "'date' is \"soon\", not a day such as 2026-01-02"),
        (
            [("date", "2026-01-02"), ("yuan", "0.14 USD")],
            "\"yuan\" is no currency; write its ISO 4217 code, such as CNY"
        ),
        (
            [("date", "2026-01-02"), ("CNY", "0.14")],
            "\"0.14\" is no rate; write what one CNY is worth, such as '0.14 USD'"
        ),
        (
            [("date", "2026-01-02"), ("CNY", "0 USD")],
            "\"0 USD\" is no rate; write what one CNY is worth, such as '0.14 USD'"
        ),
        (
            [("date", "2026-01-02"), ("HKD", "0.93 CNY")],
            "no rate leads from HKD to USD; give one of HKD or CNY in USD"
        ),
    ]

    @Test("A mistake in rates is explained", arguments: mistakes)
    func mistake(_ entries: [(String, String)], _ message: String) {
        let read = read(entries)
        #expect(read.rates == nil)
        #expect(read.messages == [message])
    }

    @Test("Units of a dimension are compared in one unit")
    func scales() throws {
        func factor(_ a: String, _ b: String) throws -> Double {
            let a = try #require(UnitScale.base(of: a))
            let b = try #require(UnitScale.base(of: b))
            #expect(a.unit == b.unit)
            return a.factor / b.factor
        }
        #expect(try factor("[mi_i]", "km") == 1.609344)
        #expect(abs(try factor("kW.h", "MJ") - 3.6) < 1e-9)
        #expect(abs(try factor("TBy", "GBy") - 1000) < 1e-9)
        #expect(abs(try factor("GBy/s", "Gbit/s") - 8) < 1e-9)
        #expect(UnitScale.base(of: "robot") == nil)
    }
}
