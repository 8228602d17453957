import WirewatchConfig
import WirewatchEngine
import WirewatchKit

/// What a start and an end say to the person who watches.
struct StartupSummary {
    private let lines: [String]

    init(_ configuration: Configuration, path: String, drain: Bool) {
        var lines = ["wirewatch \(Wirewatch.version) with \(path), state in \(configuration.stateDirectory)"]
        lines += configuration.sources.map { "source \($0.name)\(Self.detail($0))" }
        let stages = configuration.pipeline.map(\.name)
        if !stages.isEmpty { lines.append("stages " + stages.joined(separator: " -> ")) }
        lines += configuration.sinks.map { "sink \($0.name)\(Self.detail($0))" }
        lines.append(drain ? "processing what is there" : "watching; Ctrl-C stops")
        self.lines = lines
    }

    func log(to log: Logger) {
        for line in lines { log.info("\(line)") }
    }

    static func logEnd(_ daemon: Daemon, to log: Logger) {
        let totals = daemon.totals
        var text = "done: \(counted(totals.articles, "article")), \(counted(totals.alerts, "alert"))"
        if totals.deadLetters > 0 { text += ", \(totals.deadLetters) failed" }
        if totals.duplicates > 0 { text += ", \(totals.duplicates) seen before" }
        log.info("\(text)")
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }

    /// Where a component reads or writes, when it says so in `path` or `url`.
    private static func detail(_ component: Component) -> String {
        let place = ["path", "url"].lazy.compactMap { component.value[$0].flatMap(OptionReader.text) }.first
        return " (\(component.plugin.name))" + (place.map { ": \($0)" } ?? "")
    }
}
