/// What currencies are worth in each other, on one day.
///
/// Rates stand in the configuration under `rates`; without it, those that ship are used. They are for comparing
/// orders of magnitude in rules, not for accounts: each carries its day, so that whoever reads a comparison sees how
/// old it is.
public struct ExchangeRates: Sendable, Hashable {
    /// The day of the rates, as `2024-12-31`.
    public let date: String
    /// Whether they are those that ship.
    public let isShipped: Bool
    /// How many US dollars one unit is worth, by ISO 4217 code.
    private let dollars: [String: Double]

    /// - Parameters:
    ///   - date: the day of the rates, as `2024-12-31`.
    ///   - dollars: how many US dollars one unit is worth, by ISO 4217 code; more than 0. The dollar itself is known.
    public init(date: String, dollars: [String: Double]) {
        self.init(date: date, dollars: dollars, isShipped: false)
    }

    private init(date: String, dollars: [String: Double], isShipped: Bool) {
        self.date = date
        self.isShipped = isShipped
        self.dollars = dollars.merging(["USD": 1]) { $1 }
    }

    /// The currencies that have a rate, in order.
    public var currencies: [String] { dollars.keys.sorted() }

    /// What one unit of a currency is worth in another; nil when either has no rate.
    public func rate(from: String, to: String) -> Double? {
        if from == to { return 1 }
        guard let from = dollars[from], let to = dollars[to] else { return nil }
        return from / to
    }

    /// The reference rates of the European Central Bank of the last business day of 2024; for TWD, SAR, AED, VND and RUB
    /// those of the respective central banks, rounded.
    public static let shipped = ExchangeRates(
        date: "2024-12-31",
        dollars: [
            "AED": 0.2723, "AUD": 0.6194, "BRL": 0.1617, "CAD": 0.695, "CHF": 1.104, "CNY": 0.137, "CZK": 0.04125,
            "DKK": 0.1393, "EUR": 1.039, "GBP": 1.253, "HKD": 0.1288, "HUF": 0.002526, "IDR": 0.00006176, "ILS": 0.2742,
            "INR": 0.01168, "JPY": 0.006371, "KRW": 0.0006781, "MXN": 0.04821, "MYR": 0.2236, "NOK": 0.08808,
            "NZD": 0.5606, "PHP": 0.01723, "PLN": 0.243, "RUB": 0.00983, "SAR": 0.2667, "SEK": 0.09067, "SGD": 0.7335,
            "THB": 0.02912, "TRY": 0.02828, "TWD": 0.0305, "VND": 0.0000392, "ZAR": 0.05295,
        ], isShipped: true)
}

extension ExchangeRates {
    /// What `rates` in a configuration may hold.
    public static let spec = OptionSpec(
        "rates", .map(of: .string(), keyName: "currency"),
        example: "{date: 2026-01-02, CNY: 0.14 USD, EUR: 1.17 USD, HKD: 0.93 CNY}",
        """
        What currencies are worth, for rules that compare amounts across currencies: by ISO 4217 code, each with a number \
        and a code, and under `date` the day that they are of. They take the place of all rates that ship, which \
        `wirewatch rates` shows. A file of its own fits: `rates: !include rates.yaml`.
        """)

    /// Reads the option `rates`, checked against ``spec``; nil when it is absent or wrong, which is reported.
    public init?(_ options: OptionReader) {
        let entries = options.entries("rates")
        guard !entries.isEmpty else { return nil }
        var date: String?
        var open: [(from: String, factor: Double, to: String, place: SourceLocation)] = []
        var isRight = true
        func refuse(_ message: String, _ place: SourceLocation) {
            options.report(message, at: place)
            isRight = false
        }
        for entry in entries {
            let text = OptionReader.text(entry.value) ?? ""
            if entry.key == "date" {
                date = text
                if PublicationDate(text: text)?.text != text || text.utf8.count != 10 {
                    refuse("'date' is \"\(text)\", not a day such as 2026-01-02", entry.value.location)
                }
                continue
            }
            guard Self.isCode(entry.key) else {
                refuse("\"\(entry.key)\" is no currency; write its ISO 4217 code, such as CNY", entry.keyLocation)
                continue
            }
            let parts = text.split(separator: " ")
            guard parts.count == 2, let factor = Double(parts[0]), factor > 0, factor.isFinite,
                Self.isCode(String(parts[1]))
            else {
                refuse(
                    "\"\(text)\" is no rate; write what one \(entry.key) is worth, such as '0.14 USD'",
                    entry.value.location)
                continue
            }
            open.append((entry.key, factor, String(parts[1]), entry.value.location))
        }
        if date == nil {
            refuse(
                "'rates' has no 'date'; add the day that the rates are of, such as 2026-01-02",
                options.location("rates"))
        }
        var known = ["USD": 1.0]
        // Each turn makes at least one currency known, or ends.
        for _ in open.indices {
            let before = known.count
            for rate in open {
                if let worth = known[rate.to], known[rate.from] == nil {
                    known[rate.from] = rate.factor * worth
                } else if let worth = known[rate.from], known[rate.to] == nil {
                    known[rate.to] = worth / rate.factor
                }
            }
            if known.count == before { break }
        }
        for rate in open where known[rate.from] == nil {
            refuse(
                "no rate leads from \(rate.from) to USD; give one of \(rate.from) or \(rate.to) in USD", rate.place)
        }
        guard isRight, let date else { return nil }
        self.init(date: date, dollars: known)
    }

    private static func isCode(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
    }
}
