import Glibc
import Testing
import WirewatchKit

@testable import WirewatchCommand

@Suite("The daemon in the foreground")
struct RunTests {
    private static func folder() throws -> TestFolder {
        let folder = try TestFolder()
        try folder.write(CommandLineTests.configuration, to: "config.yaml")
        mkdir(folder.path("inbox"), 0o755)
        return folder
    }

    private static func deliver(_ title: String, _ name: String, to folder: TestFolder) throws {
        let record = #"{"url": "https://example.org/\#(name)", "title": "\#(title)", "body": "Nothing more."}"#
        try folder.write(record, to: ".\(name)")
        rename(folder.path(".\(name)"), folder.path("inbox/\(name).json"))
    }

    @Test("run --once processes what is there, prints the alerts for people, and logs them")
    func once() throws {
        let folder = try Self.folder()
        try Self.deliver("The robot\\u001b[2J came", "one", to: folder)
        try Self.deliver("A toaster", "two", to: folder)
        let result = try RunningProgram.run("run", "--once", in: folder)
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("HIGH     "))
        #expect(result.output.contains("Robots: The robot\\u{1b}[2J came"))
        #expect(result.output.contains("https://example.org/one"))
        #expect(!result.output.contains("toaster"))
        #expect(!result.output.contains("\u{1B}"))
        #expect(result.errors.contains("source inbox (files): "))
        #expect(result.errors.contains("2 articles, 1 alert"))
        let alert = try Alert(json: Array(folder.text("logs/alerts.jsonl").dropLast().utf8))
        #expect(alert.rule == "robots")

        let again = try RunningProgram.run("run", "--once", in: folder)
        #expect(again.code == 0)
        #expect(again.output.isEmpty, "an alert is raised once")
    }

    @Test("--quiet prints nothing; under systemd messages carry priorities")
    func quiet() throws {
        let folder = try Self.folder()
        try Self.deliver("The robot came", "one", to: folder)
        let result = try RunningProgram.run("run", "--once", "--quiet", in: folder)
        #expect(result.code == 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.isEmpty)
        try Self.deliver("Another robot came", "two", to: folder)
        let service = try RunningProgram.run("run", "--once", in: folder, environment: ["INVOCATION_ID": "0123"])
        #expect(service.output.isEmpty)
        #expect(service.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("<6>") })
        #expect(folder.text("logs/alerts.jsonl").split(separator: "\n").count == 2)
    }

    @Test("The service manager hears of start, watchdog, reload and stop")
    func service() throws {
        let folder = try Self.folder()
        let manager = try NotifyReceiver(folder.path("notify"))
        let program = try RunningProgram(
            ["run"], in: folder,
            environment: ["NOTIFY_SOCKET": folder.path("notify"), "WATCHDOG_USEC": "400000"])
        #expect(manager.next(holding: "READY=1") != nil, "\(program.errors)")
        #expect(manager.next() == "WATCHDOG=1")
        #expect(manager.next() == "WATCHDOG=1")

        program.signal(SIGHUP)
        #expect(manager.next(holding: "RELOADING=1") != nil)
        #expect(manager.next(holding: "READY=1")?.contains("watching") == true)

        try folder.write("sources: [{type: fils}]\n", to: "config.yaml")
        program.signal(SIGHUP)
        #expect(manager.next(holding: "RELOADING=1") != nil)
        #expect(manager.next(holding: "READY=1")?.contains("old configuration") == true)
        #expect(program.errors.contains("<3>"))
        #expect(program.errors.contains("config.yaml:1:"))

        try Self.deliver("The robot came", "one", to: folder)
        #expect(eventually { folder.text("logs/alerts.jsonl").contains("The robot came") })
        program.signal(SIGTERM)
        #expect(manager.next(holding: "STOPPING=1") != nil)
        #expect(program.waitForExit() == 0, "\(program.errors)")
        #expect(access(folder.path("state/control.sock"), F_OK) != 0)
    }

    @Test("status, reload and reopen reach the daemon")
    func control() throws {
        let folder = try Self.folder()
        let program = try RunningProgram(["run"], in: folder)
        #expect(eventually { access(folder.path("state/control.sock"), F_OK) == 0 }, "\(program.errors)")

        let status = try RunningProgram.run("status", in: folder)
        #expect(status.code == 0, "\(status.errors)")
        #expect(status.output.hasPrefix("ready\n"))
        #expect(status.output.contains("inbox"))
        let json = try RunningProgram.run("status", "--json", in: folder)
        #expect(JSONValue(Array(json.output.utf8))?["sources"]?.elements.first?["name"]?.text == "inbox")

        let reload = try RunningProgram.run("reload", in: folder)
        #expect(reload.code == 0, "\(reload.errors)")
        #expect(reload.output.hasPrefix("reloaded: "))
        try folder.write("sinks: nothing\n", to: "config.yaml")
        let refused = try RunningProgram.run("reload", "--state", "state", in: folder)
        #expect(refused.code == 78)
        #expect(refused.errors.contains("the old one goes on"))
        #expect(refused.errors.contains("config.yaml:1:"))

        let opened = try RunningProgram.run("reopen", "--state", "state", in: folder)
        #expect(opened.code == 0, "\(opened.errors)")

        try folder.write(CommandLineTests.configuration, to: "config.yaml")
        let second = try RunningProgram.run("run", in: folder)
        #expect(second.code == 69, "two daemons must not share a state")
        #expect(try RunningProgram.run("status", in: folder).code == 0, "the first one's socket is still there")
        program.signal(SIGINT)
        #expect(program.waitForExit() == 0, "\(program.errors)")
    }

    @Test("When the reader of the alerts goes away, run ends by itself")
    func abandoned() throws {
        let folder = try Self.folder()
        let (reader, writer) = try connectedStreams()
        let program = try RunningProgram(["run"], in: folder, output: writer)
        close(writer)
        close(reader)
        #expect(program.waitForExit() == 0)
        #expect(program.errors.contains("nobody reads the output any more"))
    }
}
