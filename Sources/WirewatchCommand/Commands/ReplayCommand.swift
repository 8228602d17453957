import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchEngine
import WirewatchKit

/// `wirewatch replay`: old articles through the stages of today, or through other rules.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Show what would have alerted: old articles through the stages and rules of now.",
        discussion: """
            Reads the article log with its archives, compressed or not, and sends the articles through all stages in \
            the order and at the times of their arrival, with a state that begins empty. Prints how many alerts each \
            day would have had, and some of each rule. Nothing is written but what is printed.

            EXAMPLES
              wirewatch replay --since 30d
              wirewatch replay --since 30d --rules new.yaml
              wirewatch replay --since 2026-01-01 --rule humanoid-orders --json
            """)

    @ArgumentParser.OptionGroup var file: ConfigurationFile

    @Option(help: ArgumentHelp("From when on: a time ago, such as 30d, or a date.", valueName: "time"))
    var since = "30d"

    @Option(
        help: ArgumentHelp(
            "Rules to use in place of the configuration's: a list, or a map with 'rules' and 'macros'.",
            valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
    var rules: String?

    @Option(help: ArgumentHelp("Judge by this rule alone.", valueName: "id"))
    var rule: String?

    @Option(
        help: ArgumentHelp(
            "The log of articles. Default: that of the first sink json_log for articles.", valueName: "path"),
        completion: .file())
    var log: String?

    @Flag(help: "Print every alert, for people.")
    var alerts = false

    @Flag(help: "Print every alert as its record, one JSON object a line.")
    var json = false

    func run() throws {
        let selection = rules == nil && rule == nil ? nil : RuleSelection(file: rules, id: rule)
        let configuration = try file.load(showingDoubts: false, rules: selection)
        let clock = SystemClock()
        let start = try Self.start(since, now: clock.now())
        let pipeline = try InlinePipeline(
            configuration: configuration, clock: clock, log: .standardError(level: configuration.log.level))
        let text = AlertText(Terminal.text(for: STDOUT_FILENO))
        var tally = ReplayTally()
        try ArticleLog(path: try logPath(configuration)).read(since: start) { place, line in
            let article: Article
            switch line {
            case .success(let read): article = read
            case .failure(let error): return Self.tell(place, "\(error)")
            }
            let document = Document(identity: article.id, article: article)
            let result = pipeline.process(document, source: article.source, id: article.id)
            if let failure = result.failed { Self.tell(place, "stage '\(failure.stage)' failed: \(failure.error)") }
            if result.dropped != nil || result.failed != nil { return }
            tally.add(result.article)
            for alert in result.article.alerts {
                if json {
                    var json = JSONWriter(capacity: 4096)
                    Record.alert(alert).write(to: &json, seq: nil)
                    try StandardOutput.write(json.bytes)
                } else if alerts {
                    try StandardOutput.write(text.lines(alert))
                }
            }
        }
        if !json { try StandardOutput.write(tally.text(Terminal.text(for: STDOUT_FILENO))) }
    }

    private static func tell(_ place: String, _ text: String) {
        StandardOutput.message("wirewatch: \(place): \(TerminalText.safe(text))")
    }

    /// A time ago, or a date.
    static func start(_ text: String, now: Timestamp) throws -> Timestamp {
        if let ago = HumanUnits.duration(text) { return now - ago }
        if let date = PublicationDate(text: text) { return date.timestamp }
        throw ValidationError("--since takes a time ago, such as 30d, or a date, such as 2026-01-01; not '\(text)'")
    }

    private func logPath(_ configuration: Configuration) throws -> String {
        if let log { return log }
        let logs = configuration.sinks.filter { $0.plugin.name == "json_log" }
        let sink = logs.first { sink in
            (sink.value["records"].map { OptionReader.elements($0).compactMap(OptionReader.text) } ?? [])
                .contains(RecordKind.articles.rawValue)
        }
        guard let path = sink?.value["path"].flatMap(OptionReader.text) else {
            throw Failure(.noInput, "no sink json_log of the configuration has articles; name a log with --log")
        }
        return path
    }
}
