import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchEngine
import WirewatchKit

/// `wirewatch test`: the tests that stand in the configuration.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests that stand under the rules.",
        discussion: """
            Sends each test's articles through all stages, with a state of their own, and looks at what the rule made \
            of the last. Nothing is written but what is printed. The exit code is 0 when all hold, 1 when one does not.

            EXAMPLES
              wirewatch test
              wirewatch test --rule humanoid-orders
              wirewatch test /etc/wirewatch/config.yaml --junit report.xml
            """)

    @ArgumentParser.OptionGroup var file: ConfigurationFile

    @Argument(help: "The configuration file, as with --config.", completion: .file(extensions: ["yaml", "yml"]))
    var path: String?

    @Option(help: ArgumentHelp("Run the tests of this rule alone.", valueName: "id"))
    var rule: String?

    @Option(help: ArgumentHelp("Write the results as JUnit XML too.", valueName: "file"), completion: .file())
    var junit: String?

    @Flag(name: .shortAndLong, help: "Say nothing of tests that hold.")
    var quiet = false

    func run() throws {
        var file = file
        if let path {
            if file.path != nil { throw ValidationError("name the configuration once, not with --config too") }
            file.path = path
        }
        let configuration = try file.load(showingDoubts: false)
        var tests = configuration.pipeline.flatMap { ($0.options as? any SelfTesting)?.configuredTests ?? [] }
        if let rule {
            tests.removeAll { $0.subject != rule }
            if tests.isEmpty { throw Failure(.dataError, "no rule '\(rule)' has tests") }
        }
        let clock = SystemClock()
        let log = Logger.standardError(level: configuration.log.level)
        let pipeline = try InlinePipeline(configuration: configuration, clock: clock, log: log)
        // At noon, so that no test straddles the end of a day or not by when it is run.
        let today = clock.now().seconds / 86_400
        let runner = ConfiguredTestRunner(pipeline: pipeline, now: Timestamp(seconds: today * 86_400 + 43_200))
        let terminal = Terminal.text(for: STDOUT_FILENO)
        var report = JUnitReport()
        var failed = 0
        for test in tests {
            let start = ContinuousClock.now
            let fault = try runner.fault(test)
            report.add(test, fault: fault, time: ContinuousClock.now - start)
            if fault != nil { failed += 1 }
            if fault == nil, quiet { continue }
            try StandardOutput.write(Self.line(test, fault, terminal))
        }
        if let junit { try Self.write(report.xml, to: junit) }
        try StandardOutput.write(Self.summary(tests, failed: failed, terminal))
        if failed > 0 { throw ExitCode(1) }
    }

    private static func line(_ test: ConfiguredTest, _ fault: String?, _ terminal: TerminalText) -> String {
        let mark = fault == nil ? terminal.paint("ok  ", .good) : terminal.paint("FAIL", .bad)
        let line = "\(mark) \(TerminalText.safe(test.subject))  \(terminal.paint(TerminalText.safe(test.name), .dim))\n"
        guard let fault else { return line }
        let place = "\(test.location.file):\(test.location.line)"
        return line + "     \(TerminalText.safe(fault))\n     \(terminal.paint(TerminalText.safe(place), .dim))\n"
    }

    private static func summary(_ tests: [ConfiguredTest], failed: Int, _ terminal: TerminalText) -> String {
        if tests.isEmpty { return "there are no tests; write some under a rule's 'tests'\n" }
        let rules = Set(tests.map(\.subject)).count
        let text = "\(tests.count) tests of \(rules) rules: \(tests.count - failed) hold, \(failed) fail"
        return terminal.paint(text, failed == 0 ? .good : .bad) + "\n"
    }

    private static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(.cannotCreate, "cannot create \(path): \(errorText(errno))") }
        defer { close(descriptor) }
        if let error = StandardOutput.writeAll(Array(text.utf8), to: descriptor) {
            throw Failure(.ioError, "cannot write \(path): \(errorText(error))")
        }
    }
}
