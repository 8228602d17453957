import WirewatchBenchmarking
import WirewatchConfig
import WirewatchKit
import WirewatchStandardPlugins

/// What judging an article costs with few and with many rules of the same terms in all, on one thread:
/// `wirewatch-bench-rules [SECONDS]`
///
/// Prints a line for each number of rules, in processor time, and how the cost with 10,000 compares with that of 100.
@main struct RulesBenchmark {
    /// Terms of all rules together, whatever their number.
    private static let terms = 20_000
    private static let counts = [10, 100, 1_000, 10_000]
    private static let turns = 4

    static func main() throws {
        let seconds = CommandLine.arguments.dropFirst().first.flatMap { Double($0) } ?? 3
        let corpus = Corpus(articles: 400, terms: terms)
        let loaded = try counts.map { count in
            let start = processorTime()
            let stage = try stage(rules: corpus.rules(count))
            return (count: count, stage: stage, load: processorTime() - start)
        }
        // In turns, for a machine that others use too is not as fast at all times.
        var costs: [Int: Double] = [:]
        var alerts: [Int: Double] = [:]
        for _ in 0..<Self.turns {
            for (count, stage, _) in loaded {
                let (cost, found) = try measure(stage, corpus.articles, seconds / Double(Self.turns))
                costs[count] = min(cost, costs[count] ?? .infinity)
                alerts[count] = found
            }
        }
        print("rules    load s  us/article  articles/s  alerts/article")
        for (count, _, load) in loaded {
            guard let cost = costs[count], let alerts = alerts[count] else { continue }
            print(
                "\(padded(count, 6))  \(padded(rounded(load), 7))  \(padded(rounded(cost * 1e6), 10))  "
                    + "\(padded(Int(1 / cost), 10))  \(padded(rounded(alerts), 14))")
        }
        if let few = costs[100], let many = costs[10_000] {
            print("10,000 rules cost \(rounded(many / few)) times what 100 cost; the aim is 1.5 at most")
        }
    }

    /// Reads the rules as the daemon does, and makes the stage.
    private static func stage(rules: String) throws -> any StatefulStage {
        let file = "/nowhere/config.yaml"
        let result = Configuration.load(
            path: file, environment: [:], registry: PluginRegistry(standardPlugins),
            replacing: [file: Array(rules.utf8)])
        guard let component = result.configuration?.pipeline.first,
            case .statefulStage(let make) = component.plugin.factory
        else { throw OptionError(result.diagnostics.first?.message ?? "the rules cannot be read") }
        return try make(
            component.options, StageContext(name: "alert", clock: SystemClock(), log: Logger(label: "bench")))
    }

    /// Seconds and alerts for an article, of the fastest round.
    private static func measure(
        _ stage: any StatefulStage, _ articles: [Article], _ seconds: Double
    ) throws -> (cost: Double, alerts: Double) {
        var alerts = 0
        let state = MemoryState()
        let best = try fastest(seconds) {
            alerts = 0
            for article in articles {
                var event = ArticleEvent(article: article)
                _ = try stage.process(&event, state: state)
                alerts += event.article.alerts.count
            }
        }
        return (best / Double(articles.count), Double(alerts) / Double(articles.count))
    }

    private static func rounded(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func padded(_ value: some CustomStringConvertible, _ width: Int) -> String {
        let text = value.description
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

/// State that lives as long as the benchmark.
final class MemoryState: StateAccess {
    private var values: [String: [UInt8]] = [:]

    func value(_ key: String) -> [UInt8]? { values[key] }

    func entries(prefix: String) -> [(key: String, value: [UInt8])] {
        values.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    func set(_ key: String, _ value: [UInt8]) { values[key] = value }

    func remove(_ key: String) { values[key] = nil }
}
