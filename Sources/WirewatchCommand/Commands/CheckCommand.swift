import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchEngine
import WirewatchKit

/// `wirewatch check`: says what is wrong with a configuration.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration and report every mistake with its place.",
        discussion: """
            Exit code 78 when there are mistakes, with --strict also when there are doubts. Nothing is opened or \
            written.

            EXAMPLES
              wirewatch check
              wirewatch check --strict --config /etc/wirewatch/config.yaml && systemctl reload wirewatch
            """)

    @ArgumentParser.OptionGroup var file: ConfigurationFile

    @Flag(help: "Let doubts (warnings) count as mistakes.")
    var strict = false

    func run() throws {
        let result = try file.read()
        ConfigurationFile.report(result)
        guard let configuration = result.configuration, !(strict && result.hasWarnings) else {
            throw Failure(.configuration, "")
        }
        do {
            // What only making a stage brings to light.
            _ = try InlinePipeline(
                configuration: configuration, clock: SystemClock(), log: .standardError())
        } catch {
            throw Failure(.configuration, "\(try file.resolved()): error: \(error)")
        }
        let counts = [
            Self.count(configuration.sources, "source"), Self.count(configuration.pipeline, "stage"),
            Self.count(configuration.sinks, "sink"),
        ]
        let fine = Terminal.text(for: STDOUT_FILENO).paint("ok", .good)
        try StandardOutput.write("\(try file.resolved()): \(fine) (\(counts.joined(separator: ", ")))\n")
    }

    private static func count(_ components: [Component], _ noun: String) -> String {
        components.count == 1 ? "1 \(noun)" : "\(components.count) \(noun)s"
    }
}
