public import ArgumentParser
import Glibc
public import WirewatchKit

/// The command line: `wirewatch` and its subcommands.
public struct Wirewatch: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "wirewatch",
        abstract: "Watches technology news: sources, stages and sinks, configured in one YAML file.",
        discussion: """
            Without --config, commands take ./config.yaml if it is there, else /etc/wirewatch/config.yaml.

            EXAMPLES
              wirewatch init my-watch        write a configuration to start from
              wirewatch check                say what is wrong with config.yaml
              wirewatch run                  watch, printing alerts
              wirewatch test                 run the tests that stand under the rules
              wirewatch extract URL          print the article of a page
              wirewatch explain page.html    show what is found in it, and why
              wirewatch tail -f alerts       follow the log of the sink 'alerts'

            Exit codes are those of sysexits.h: 64 wrong usage, 65 bad data, 66 no input, 69 no daemon or no start, 70 \
            internal error, 73 cannot create, 74 input or output, 75 try again, 78 mistakes in the configuration.
            """,
        version: version,
        subcommands: [
            RunCommand.self, ProcessCommand.self, FetchCommand.self, ExtractCommand.self, SourcesCommand.self,
            ExplainCommand.self, CheckCommand.self, TestCommand.self, ReplayCommand.self,
            TrainCommand.self, TopicsCommand.self, TailCommand.self, StatusCommand.self, DeliveriesCommand.self,
            SilenceCommand.self, ReloadCommand.self, RotateCommand.self,
            ReopenCommand.self,
            PluginsCommand.self, RatesCommand.self, MarkupCommand.self, SchemaCommand.self, DocsCommand.self,
            InitCommand.self,
        ])

    /// The version, as `--version` prints it.
    public static let version = wirewatchVersion

    /// The plugins that ship, for the time of ``main(plugins:)``.
    @TaskLocal static var plugins: [Plugin] = []

    public init() {}

    /// Runs the command line and ends the process with its exit code.
    ///
    /// - Parameter plugins: what `type:` in the configuration may name.
    public static func main(plugins: [Plugin]) -> Never {
        // A reader that goes away is met as EPIPE where the writing is done.
        signal(SIGPIPE, SIG_IGN)
        // Output is whole lines written at once; stdio's buffers only hold what the argument parser prints.
        let code = $plugins.withValue(plugins) { perform(Array(CommandLine.arguments.dropFirst())) }
        Glibc.exit(code)
    }

    private static func perform(_ arguments: [String]) -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
            return 0
        } catch let failure as Failure {
            if !failure.description.isEmpty { StandardOutput.message("wirewatch: \(failure)") }
            return failure.code.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            if code.isSuccess {
                // --help and --version.
                try? StandardOutput.write(text + "\n")
            } else {
                StandardOutput.message(text)
            }
            return code == .failure ? Failure.Code.software.rawValue : code.rawValue
        }
    }
}
