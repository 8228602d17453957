import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchKit

/// `wirewatch rates`
struct RatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rates",
        abstract: "Show what currencies are worth where rules compare amounts, and of which day that is.",
        discussion: """
            The rates are those of `rates` in the configuration, or the ones that ship. A rule such as \
            `value: ">= 100 million USD"` compares an amount in another currency by them; without a rate it does not hold, \
            and `wirewatch explain` says so.
            """)

    @ArgumentParser.OptionGroup var file: ConfigurationFile

    @Option(name: .long, help: "The currency to show them in.")
    var into = "USD"

    @Flag(name: .long, help: "Show the rates that ship, whatever the configuration says.")
    var shipped = false

    func run() throws {
        let rates = shipped ? ExchangeRates.shipped : try file.load(showingDoubts: false).rates
        let target = into.uppercased()
        guard rates.rate(from: target, to: target) != nil, rates.currencies.contains(target) else {
            throw Failure(
                .usage, "there is no rate for '\(into)'; there are \(rates.currencies.joined(separator: ", "))")
        }
        let terminal = Terminal.text(for: STDOUT_FILENO)
        var out = terminal.paint("Rates of \(rates.date)\(rates.isShipped ? ", as shipped" : "")", .heading) + "\n"
        for currency in rates.currencies where currency != target {
            guard let rate = rates.rate(from: currency, to: target) else { continue }
            out += "  1 \(currency) = \(Self.text(rate)) \(target)\n"
        }
        try StandardOutput.write(out)
    }

    /// Four digits that matter.
    private static func text(_ rate: Double) -> String {
        var scale = 1.0
        while rate * scale < 1000, scale < 1e12 { scale *= 10 }
        return "\((rate * scale).rounded() / scale)"
    }
}
