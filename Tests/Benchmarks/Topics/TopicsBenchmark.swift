import CWirewatchAllocations
import Glibc
import WirewatchBenchmarking
import WirewatchClassify
import WirewatchConfig
import WirewatchEntities
import WirewatchKit

/// What `classify` and `entities` cost with the shipped topics and watchlist, on one thread:
/// `wirewatch-bench-topics REPOSITORY [TEXT]`, TEXT being a file of texts, a line each
///
/// Articles of 9 KB; processor time, of the fastest round. Allocations are calls of malloc and its kin for an article, when
/// everything is warm: of the articles as they are, and with their bodies four times over.
@main struct TopicsBenchmark {
    private static let seconds = 4.0
    private static let wanted = 20_000

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 2 || arguments.count == 3 else {
            print("usage: wirewatch-bench-topics REPOSITORY [TEXT]")
            exit(64)
        }
        let lines = arguments.count == 3 ? lines(arguments[2]) : []
        let articles = Articles(bytes: 9_000, count: 500, from: lines)
        let long = articles.longer(4)
        print("stages              articles/s    MB/s  topics  entities  allocations  at 4 x length")
        var both = 0.0
        for names in [["classify"], ["entities"], ["classify", "entities"]] {
            let stages = try stages(names, arguments[1])
            let cost = try fastest(articles, stages)
            let found = try run(articles, stages)
            let few = try allocations(articles, stages)
            let many = try allocations(long, stages)
            both = 1 / cost
            print(
                padded(names.joined(separator: ", "), -19), padded("\(Int(1 / cost))", 10),
                padded(rounded(articles.megabytes / Double(articles.all.count) / cost), 8),
                padded(rounded(found.topics), 7),
                padded(rounded(found.entities), 9), padded(rounded(few), 12), padded(rounded(many), 14))
        }
        print("peak of memory: \(memory("VmHWM") >> 20) MiB")
        print("both together: \(Int(both)) articles/s; the aim is \(wanted)")
    }

    /// Reads the shipped files as the daemon does, and makes the stages.
    private static func stages(_ names: [String], _ root: String) throws -> [any Stage] {
        // The file is known by its full path.
        guard let folder = realpath(root, nil) else { throw OptionError("there is no folder \(root)") }
        defer { free(folder) }
        let file = String(cString: folder) + "/benchmark.yaml"
        let options = [
            "classify": "topics: !include Plugins/Classify/topics.yaml",
            "entities": "watchlist: !include Plugins/Entities/entities.yaml",
        ]
        let pipeline = names.map { "  - {type: \($0), \(options[$0] ?? "")}\n" }.joined()
        let result = Configuration.load(
            path: file, environment: [:], registry: PluginRegistry([.classify, .entities]),
            replacing: [file: Array("sources: []\npipeline:\n\(pipeline)sinks: []\n".utf8)])
        guard let configuration = result.configuration else {
            throw OptionError(result.diagnostics.first?.message ?? "the shipped files cannot be read")
        }
        let search = TermSearch()
        return try configuration.pipeline.map { component in
            guard case .stage(let make) = component.plugin.factory else { throw OptionError("no pure stage") }
            return try make(
                component.options,
                StageContext(name: component.name, clock: SystemClock(), log: Logger(label: "bench"), search: search))
        }
    }

    // MARK: Measuring

    @discardableResult
    private static func run(
        _ articles: Articles, _ stages: [any Stage]
    ) throws -> (topics: Double, entities: Double) {
        var topics = 0
        var entities = 0
        for article in articles.all {
            var event = ArticleEvent(article: article)
            for stage in stages { _ = try stage.process(&event) }
            topics += event.article.topics.count
            entities += event.article.entities.count
        }
        let count = Double(articles.all.count)
        return (Double(topics) / count, Double(entities) / count)
    }

    /// Seconds for an article.
    private static func fastest(_ articles: Articles, _ stages: [any Stage]) throws -> Double {
        try WirewatchBenchmarking.fastest(seconds) { try run(articles, stages) } / Double(articles.all.count)
    }

    private static func allocations(_ articles: Articles, _ stages: [any Stage]) throws -> Double {
        try run(articles, stages)
        let before = wirewatch_allocations()
        try run(articles, stages)
        return Double(wirewatch_allocations() - before) / Double(articles.all.count)
    }

    // MARK: Reading and writing

    private static func lines(_ path: String) -> [String] {
        // As much as the articles need.
        contents(path, atMost: 6 << 20).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func rounded(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// To the right, or with a negative width to the left.
    private static func padded(_ text: String, _ width: Int) -> String {
        let blanks = String(repeating: " ", count: max(0, abs(width) - text.utf8.count))
        return width < 0 ? text + blanks : blanks + text
    }
}
