import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchKit

/// `wirewatch status`: what the running daemon does.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the running daemon does: sources, stages, sinks, queue and counters.",
        discussion: """
            Exit code 0 when it is ready, 75 when it is blocked or not ready yet, 69 when no daemon runs.

            EXAMPLES
              wirewatch status
              wirewatch status --json | jq .queue
              wirewatch status --state /var/lib/wirewatch
            """)

    @Flag(help: "Print the daemon's answer as it is, one JSON object.")
    var json = false

    @ArgumentParser.OptionGroup var target: DaemonTarget

    func run() throws {
        let answer = try target.request("status", timeout: .seconds(10))
        try StandardOutput.write(
            json ? answer : Array(StatusText(Terminal.text(for: STDOUT_FILENO)).lines(answer).utf8))
        if !StatusText.isReady(answer) { throw Failure(.temporary, "") }
    }
}

/// `wirewatch reload`: as SIGHUP, with the outcome.
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the running daemon read its configuration again.",
        discussion: """
            Mistakes are printed, exit code 78, and the old configuration goes on.

            EXAMPLE
              wirewatch check && wirewatch reload
            """)

    @ArgumentParser.OptionGroup var target: DaemonTarget

    func run() throws { try target.perform("reload", timeout: .seconds(130), failure: .configuration) }
}

/// `wirewatch rotate`: begins new files.
struct RotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Have the running daemon archive its logs and begin new ones, whatever their size.",
        discussion: """
            EXAMPLE
              wirewatch rotate && cp logs/alerts-*.jsonl.gz /backup/
            """)

    @ArgumentParser.OptionGroup var target: DaemonTarget

    func run() throws { try target.perform("rotate", timeout: .seconds(10), failure: .temporary) }
}

/// `wirewatch reopen`: has the logs opened anew.
struct ReopenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen",
        abstract: "Have the running daemon open its logs anew, as SIGUSR1 does after logrotate has moved them.",
        discussion: """
            EXAMPLE
              mv alerts.jsonl alerts.old && wirewatch reopen
            """)

    @ArgumentParser.OptionGroup var target: DaemonTarget

    func run() throws { try target.perform("reopen", timeout: .seconds(10), failure: .temporary) }
}

/// Which daemon is meant: that of a state folder, or of a configuration.
struct DaemonTarget: ParsableArguments {
    @Option(help: ArgumentHelp("The state folder of the daemon. Default: the configuration's.", valueName: "folder"))
    var state: String?

    @ArgumentParser.OptionGroup var configuration: ConfigurationFile

    func request(_ line: String, timeout: Duration) throws -> [UInt8] {
        try ControlSocket.request(line, state: folder(), timeout: timeout)
    }

    /// Sends a request and prints what the daemon says of it.
    func perform(_ line: String, timeout: Duration, failure: Failure.Code) throws {
        let answer = ControlAnswer(json: try request(line, timeout: timeout))
        guard answer.isSuccess else { throw Failure(failure, answer.message) }
        if !answer.message.isEmpty { try StandardOutput.write(answer.message + "\n") }
    }

    /// Also of a configuration that has mistakes now: the daemon may run with what it was before.
    private func folder() throws -> String {
        if let state { return state }
        if let loaded = try configuration.loadQuietly() { return loaded.stateDirectory }
        throw Failure(
            .configuration,
            "\(try configuration.resolved()) has mistakes (`wirewatch check` shows them), so it does not say where the "
                + "daemon's state is; name it with --state")
    }
}
