import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchKit

/// `wirewatch tail`: the last records of a log, and those to come.
struct TailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Show the last records of a log, and follow it across rotations.",
        discussion: """
            LOG is a log's path, or the name of a sink of the configuration. Unlike `tail -F` it loses nothing: it walks \
            the archives by their sequence numbers, and says so when records are missing.

            EXAMPLES
              wirewatch tail logs/alerts.jsonl
              wirewatch tail -f alerts                   the sink `alerts` of the configuration
              wirewatch tail -n 100 --json alerts | jq .title
            """)

    @Argument(help: "The log's path, or the name of a sink.")
    var log: String

    @Flag(name: .shortAndLong, help: "Go on with what is added, until interrupted.")
    var follow = false

    @Option(name: [.customShort("n"), .long], help: "How many of the last records to show first.")
    var lines = 10

    @Flag(help: "Print the records as they are, one JSON object a line.")
    var json = false

    @ArgumentParser.OptionGroup var configuration: ConfigurationFile

    func validate() throws {
        if lines < 0 { throw ValidationError("-n takes a number of records, not \(lines)") }
    }

    func run() throws {
        var follower = try LogFollower(path: path())
        let text = RecordText(Terminal.text(for: STDOUT_FILENO))
        func show(_ line: [UInt8]) throws {
            try StandardOutput.write(json ? line + [0x0A] : Array(text.lines(line).utf8))
        }
        for line in try follower.last(lines) { try show(line) }
        while follow {
            try follower.next { item in
                switch item {
                case .line(let line): try show(line)
                case .notice(let notice): StandardOutput.message("wirewatch: \(notice)")
                }
            }
            // Nobody reads any more (`| head`): end even while the log is silent.
            if Terminal.isAbandoned(STDOUT_FILENO) { return }
            usleep(200_000)
        }
    }

    /// The path given, or that of the sink with this name.
    private func path() throws -> String {
        if log.contains("/") || access(log, F_OK) == 0 { return log }
        guard let loaded = try? configuration.loadQuietly() else { return log }
        guard let sink = loaded.sinks.first(where: { $0.name == log }) else { return log }
        guard let path = sink.value["path"].flatMap(OptionReader.text) else {
            throw Failure(.noInput, "the sink '\(log)' is a \(sink.plugin.name), which has no log to follow")
        }
        return path
    }
}
