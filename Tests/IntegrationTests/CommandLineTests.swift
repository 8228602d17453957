import Glibc
import Testing
import WirewatchKit

@testable import WirewatchCommand

@Suite("The command line")
struct CommandLineTests {
    static let subcommands = [
        "run", "process", "fetch", "explain", "check", "tail", "status", "silence", "reload", "reopen", "plugins",
        "schema",
        "docs", "init",
    ]

    /// A configuration without files beside it.
    static let configuration = """
        state: state
        sources:
          - {name: inbox, type: files, path: inbox}
        pipeline:
          - type: alert
            rules:
              - id: robots
                when: {text: {any: [robot]}}
                alert: {severity: high, message: "Robots: {title}"}
        sinks:
          - {name: alerts, type: json_log, path: logs/alerts.jsonl, records: alerts}

        """

    @Test("Help is on standard output, with an example for each command", arguments: subcommands)
    func help(command: String) throws {
        let result = try RunningProgram.run(command, "--help", in: TestFolder())
        #expect(result.code == 0)
        #expect(result.output.contains("EXAMPLE"))
        #expect(result.output.contains("wirewatch \(command)"))
        #expect(result.errors.isEmpty)
    }

    @Test("The version is printed")
    func version() throws {
        let result = try RunningProgram.run("--version", in: TestFolder())
        #expect(result.output == Wirewatch.version + "\n")
        #expect(result.code == 0)
    }

    @Test(
        "Exit codes and messages tell what is wrong",
        arguments: [
            (["dance"], 64, "dance"),
            (["run", "--treshold"], 64, "--treshold"),
            (["tail", "--lines=-3", "log"], 64, "-3"),
            (["plugins", "show", "nothing"], 64, "there is no plugin 'nothing'"),
            (["check"], 66, "wirewatch init"),
            (["run", "--config", "missing.yaml"], 78, "missing.yaml"),
            (["tail", "missing.jsonl"], 66, "missing.jsonl"),
            (["explain", "--config", "good.yaml", "missing.html"], 66, "missing.html"),
            (["status", "--state", "missing"], 69, "no wirewatch daemon runs"),
            (["check", "--config", "bad.yaml"], 78, "unknown option 'pth'"),
            (["run", "--config", "bad.yaml"], 78, "bad.yaml:2:"),
            (["init", "missing/folder"], 73, "cannot make the folder missing/folder"),
        ] as [([String], Int32, String)])
    func failures(arguments: [String], code: Int32, message: String) throws {
        let folder = try TestFolder()
        try folder.write(Self.configuration, to: "good.yaml")
        try folder.write("sources:\n  - {name: a, type: files, pth: inbox}\nsinks: []\n", to: "bad.yaml")
        let program = try RunningProgram(arguments, in: folder)
        #expect(program.waitForExit() == code)
        #expect(program.output.isEmpty)
        #expect(program.errors.contains(message), "\(program.errors)")
    }

    @Test("A right configuration is called ok")
    func check() throws {
        let folder = try TestFolder()
        try folder.write(Self.configuration, to: "config.yaml")
        let result = try RunningProgram.run("check", in: folder)
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output == "config.yaml: ok (1 source, 1 stage, 2 sinks)\n", "dead letters have a log by default")
    }

    @Test("What init writes is right, strictly, and never overwrites")
    func starter() throws {
        let folder = try TestFolder()
        #expect(try RunningProgram.run("init", "watch", in: folder).code == 0)
        let checked = try RunningProgram.run("check", "--strict", "--config", "watch/config.yaml", in: folder)
        #expect(checked.code == 0, "\(checked.errors)")
        let again = try RunningProgram.run("init", "watch", in: folder)
        #expect(again.code == 73)
        #expect(again.errors.contains("it is there already"))
    }

    @Test("From an empty folder to a first rule that fires, as the README shows it")
    func firstRule() throws {
        let folder = try TestFolder()
        #expect(try RunningProgram.run("init", in: folder).code == 0)
        let rule = """
            - id: battery-money
              when:
                topic: batteries
                metric: {kind: funding, value: ">= 50 million USD"}
              alert: {severity: high, message: "{metric.surface}: {title}"}
              tests:
                - {text: Solid-state battery start-up raises 80 million dollars, expect: alert, because: metric}
                - {text: Solid-state battery start-up raises its voice, expect: none}

            """
        try folder.write(rule, to: "rules.yaml", append: true)
        let tested = try RunningProgram.run("test", in: folder)
        #expect(tested.code == 0 && tested.output.hasSuffix("4 tests of 2 rules: 4 hold, 0 fail\n"), "\(tested.output)")
        try folder.write("Lithium recycler raises 120 million euros\n", to: "inbox/one.txt")
        let ran = try RunningProgram.run("run", "--once", in: folder)
        #expect(ran.output.contains("battery-money  120 million euros: Lithium recycler raises 120 million euros"))
        #expect(ran.output.contains("metric funding >= 50 million USD"), "\(ran.errors)")
    }

    @Test("No colour outside of a terminal", arguments: [["plugins"], ["explain", "article.txt"], ["check"]])
    func plain(arguments: [String]) throws {
        let folder = try TestFolder()
        try folder.write(Self.configuration, to: "config.yaml")
        try folder.write("A robot walks\n\nIt walks well, they say.\n", to: "article.txt")
        let program = try RunningProgram(arguments, in: folder)
        #expect(program.waitForExit() == 0, "\(program.errors)")
        #expect(!program.output.isEmpty)
        #expect(!program.output.contains("\u{1B}"))
    }

    @Test("A reader that goes away ends a command quietly", arguments: [["plugins"], ["docs"], ["schema", "alert"]])
    func brokenPipe(arguments: [String]) throws {
        let (reader, writer) = try connectedStreams()
        close(reader)
        defer { close(writer) }
        let program = try RunningProgram(arguments, in: TestFolder(), output: writer)
        #expect(program.waitForExit() == 0)
        #expect(program.errors.isEmpty)
    }
}

@Suite("The pipeline as a filter")
struct ProcessTests {
    private static func folder() throws -> TestFolder {
        let folder = try TestFolder()
        try folder.write(CommandLineTests.configuration, to: "config.yaml")
        return folder
    }

    private static func record(_ id: String, _ title: String) -> String {
        #"{"id": "\#(id)", "url": "https://example.org/\#(id)", "content_type": "#
            + #""application/vnd.wirewatch.article+json", "title": "\#(title)", "body": "  Kept as it is.\n\nYes. "}"#
    }

    @Test("Records come in the order of the input, with their ids, text byte for byte")
    func order() throws {
        let folder = try Self.folder()
        let ids = (0..<40).map { "document-\($0)" }
        try folder.write(ids.map { Self.record($0, "A robot") + "\n\n" }.joined(), to: "in.jsonl")
        let result = try RunningProgram.run("process", in: folder, input: folder.path("in.jsonl"))
        #expect(result.code == 0, "\(result.errors)")
        let records = try result.output.split(separator: "\n").map { try Article(json: Array($0.utf8)) }
        #expect(records.map(\.id) == ids)
        #expect(records.allSatisfy { $0.body == "  Kept as it is.\n\nYes. " })
        #expect(records.first?.url == "https://example.org/document-0")
        #expect(result.errors.isEmpty)
    }

    @Test("What cannot be read is told by its line and left out")
    func mistakes() throws {
        let folder = try Self.folder()
        let lines = [
            Self.record("first", "One"), "{broken", "[1]", #"{"id": "x", "text": "no type"}"#,
            #"{"id": "y", "content_type": "text/html"}"#, Self.record("last", "Two"),
        ]
        // The last line without its line feed.
        try folder.write(lines.joined(separator: "\n"), to: "in.jsonl")
        let result = try RunningProgram.run("process", in: folder, input: folder.path("in.jsonl"))
        #expect(result.code == 0)
        #expect(result.output.split(separator: "\n").count == 2)
        let errors = result.errors.split(separator: "\n")
        #expect(errors.count == 4)
        #expect(errors.first == "wirewatch: line 2: not valid JSON")
        #expect(result.errors.contains("line 4: it has no 'content_type'"))
        #expect(result.errors.contains("line 5: it has no 'text'"))
    }

    @Test("An empty input is fine; one with nothing but mistakes is bad data", arguments: [("", 0), ("{\n", 65)])
    func codes(input: String, code: Int) throws {
        let folder = try Self.folder()
        try folder.write(input, to: "in.jsonl")
        let result = try RunningProgram.run("process", in: folder, input: folder.path("in.jsonl"))
        #expect(Int(result.code) == code)
        #expect(result.output.isEmpty)
    }

    @Test("Files are read by what they are")
    func files() throws {
        let folder = try Self.folder()
        try folder.write(Self.record("only", "In a file") + "\n", to: "a.jsonl")
        let result = try RunningProgram.run("process", "a.jsonl", "a.jsonl", in: folder)
        #expect(result.code == 0, "\(result.errors)")
        let records = try result.output.split(separator: "\n").map { try Article(json: Array($0.utf8)) }
        #expect(records.map(\.id) == ["only", "only"])
    }

    @Test("explain says which rule held, by which words, and which did not")
    func explain() throws {
        let folder = try Self.folder()
        try folder.write(Self.record("one", "A robot walks") + "\n", to: "a.jsonl")
        let held = try RunningProgram.run("explain", "a.jsonl", in: folder)
        #expect(held.code == 0, "\(held.errors)")
        #expect(held.output.contains("HIGH"))
        #expect(held.output.contains("Robots: A robot walks"))
        #expect(held.output.contains("title[2..<7]"))
        try folder.write(Self.record("two", "A toaster") + "\n", to: "b.jsonl")
        let missed = try RunningProgram.run("explain", "b.jsonl", in: folder)
        #expect(missed.output.contains("robots"))
        #expect(missed.output.contains("✗"))
        #expect(missed.output.contains("alerts\n  none\n"))
    }
}
