import Glibc
import Testing
import WirewatchKit

/// The stage itself is tested by `NoiseControlTests`; here is what needs the running daemon.
@Suite("Noise control in the running daemon")
struct SilenceTests {
    private static let configuration = """
        sources: [{name: inbox, type: files, path: inbox, settle: 0ms}]
        pipeline:
          - type: extract
          - type: alert
            rules:
              - {id: pumps, when: {text: {any: pump}}}
              - {id: valves, when: {text: {any: valve}}}
              - {id: quiet, when: {text: {any: hose}}, window: {kind: flatline, over: 1s, by: source}}
          - type: noise_control
            budgets: [{match: {rule: valves}, at_most: 1, per: 1s}]
        sinks:
          - {name: alerts, type: json_log, path: logs/alerts.jsonl, records: alerts}
        state: state
        """

    private static func alerts(_ folder: TestFolder) -> [Alert] {
        folder.text("logs/alerts.jsonl").split(separator: "\n").compactMap { try? Alert(json: Array($0.utf8)) }
    }

    private static func deliver(_ title: String, _ name: String, to folder: TestFolder) throws {
        try folder.write(#"{"url": "https://example.org/\#(name)", "title": "\#(title)"}"#, to: ".\(name)")
        rename(folder.path(".\(name)"), folder.path("inbox/\(name).json"))
    }

    @Test("A silence holds alerts back for people and not for the log, over a restart, until it is expired")
    func silence() throws {
        let folder = try TestFolder()
        try folder.write(Self.configuration, to: "config.yaml")
        mkdir(folder.path("inbox"), 0o755)
        let idle = try RunningProgram.run("silence", "list", in: folder)
        #expect(idle.code == 69 && idle.errors.contains("no wirewatch daemon runs"), "\(idle.errors)")

        var program = try RunningProgram(["run"], in: folder)
        #expect(try eventually { try RunningProgram.run("status", in: folder).code == 0 })
        let added = try RunningProgram.run(
            "silence", "add", "rule=pump*", "--for", "4h", "--author", "ada", "--comment", "trade fair", in: folder)
        #expect(added.code == 0 && added.output.hasPrefix("silence "), "\(added.errors)")
        // As a crash would: what was answered is durable.
        program.signal(SIGKILL)
        _ = program.waitForExit()
        program = try RunningProgram(["run"], in: folder)
        try Self.deliver("A pump learns to sing", "one", to: folder)
        #expect(eventually { Self.alerts(folder).count == 1 })
        #expect(Self.alerts(folder).first?.held?.reason.contains("by ada: trade fair") == true)
        #expect(!program.output.contains("sing"))

        let listed = try RunningProgram.run("silence", "list", in: folder)
        #expect(listed.output.contains("active, until ") && listed.output.contains("1 held back"))
        #expect(listed.output.contains("rule=pump*"))
        let id = String(listed.output.prefix(12))
        #expect(try RunningProgram.run("silence", "expire", id, in: folder).output.contains("it held back 1"))
        try Self.deliver("A pump learns to dance", "two", to: folder)
        #expect(eventually { Self.alerts(folder).count == 2 })
        #expect(Self.alerts(folder).last?.held == nil)
        #expect(eventually { program.output.contains("dance") })
        #expect(try RunningProgram.run("silence", "list", in: folder).output == "there are no silences\n")
        #expect(try RunningProgram.run("silence", "list", "--expired", in: folder).output.contains("ended"))

        let wrong = try RunningProgram.run("silence", "add", "rules=x", "--for", "1h", in: folder)
        #expect(wrong.code == 64 && wrong.errors.contains("did you mean 'rule'?"))
        let open = try RunningProgram.run("silence", "add", "rule=x", in: folder)
        #expect(open.code == 64 && open.errors.contains("either --for or --until"))
        let other = try RunningProgram.run("silence", "list", "--stage", "noise", in: folder)
        #expect(other.code == 65 && other.errors.contains("the pipeline has no stage 'noise'"))
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0)
    }

    @Test("What time alone brings about comes without an article: silence of a source, the summary of a budget")
    func ticks() throws {
        let folder = try TestFolder()
        try folder.write(Self.configuration, to: "config.yaml")
        mkdir(folder.path("inbox"), 0o755)
        for number in 0..<5 { try Self.deliver("Valve \(number)", "v\(number)", to: folder) }
        try Self.deliver("The last hose", "hose", to: folder)
        let program = try RunningProgram(["run"], in: folder)
        #expect(eventually { Self.alerts(folder).contains { $0.rule == "quiet" } })
        #expect(eventually { Self.alerts(folder).contains { $0.labels["summary"] == "budget" } })
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0)
        let alerts = Self.alerts(folder)
        #expect(alerts.count { $0.rule == "quiet" } == 1)
        #expect(alerts.count { $0.rule == "valves" && $0.labels.isEmpty } == 5)
        let held = alerts.count { $0.held?.by == .budget }
        let told = alerts.filter { $0.labels["summary"] == "budget" }.flatMap(\.because).count
        #expect(held > 0 && held == told)
        #expect(Set(alerts.map(\.id)).count == alerts.count)
    }
}
