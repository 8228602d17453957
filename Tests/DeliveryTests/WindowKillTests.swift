import Glibc
import Testing
import WirewatchTesting

/// Windows of rules count every article once, whatever happens to the process.
@Suite(.serialized) struct WindowKillTests {
    @Test("after kill -9 at random moments each window has counted every article once, and told of it once")
    func kills() throws {
        let files = 400
        let daemon = try DaemonUnderTest()
        let parcels = stride(from: 3, to: files, by: 8).map { "parcel \($0)" }
        try Folder.write(
            """
            state: state
            sources: [{name: inbox, type: files, path: inbox}]
            pipeline:
              - {type: extract}
              - type: alert
                macros: {parcels: [\(parcels.joined(separator: ", "))]}
                rules:
                  - {id: hundreds, when: {text: {any: delivery}}, window: {over: 300d, at_least: 100}}
                  - {id: all, when: {text: {any: delivery}}, window: {over: 300d, at_least: \(files)}}
                  - {id: new, when: {text: {any: $parcels}}, window: {kind: new_term, over: 300d, by: term}}
            sinks:
              - {name: articles, type: json_log, path: logs/articles.jsonl, records: articles}
              - {name: alerts, type: json_log, path: logs/alerts.jsonl, records: alerts}
            engine: {stop_timeout: 60s, workers: 2, batch: 4}

            """, to: daemon.configPath)
        try daemon.deliver(0..<files)
        var random = SeededGenerator(seed: 11)
        for point in [1, 40, 99, 100, 101, 180, 260, 398] {
            let program = try daemon.start()
            #expect(daemon.waitForSequence(point, program), "\(daemon.text(of: daemon.output))")
            usleep(UInt32(random.below(20_000)))
            program.kill()
            program.waitForExit()
        }
        #expect(try daemon.start(once: true).waitForExit() == 0, "\(daemon.text(of: daemon.output))")
        let records = daemon.text(of: daemon.logs + "/alerts.jsonl").split(separator: "\n")
        func windows(_ rule: String) -> [Substring] {
            records.filter { $0.contains("\"rule\":\"\(rule)\"") }.compactMap { record in
                record.firstRange(of: "\"window\":").map { record[$0.upperBound...] }
            }
        }
        #expect(windows("hundreds").count == 1 && windows("hundreds").allSatisfy { $0.contains("\"count\":100,") })
        #expect(windows("all").count == 1 && windows("all").allSatisfy { $0.contains("\"count\":\(files),") })
        #expect(windows("new").count == parcels.count)
        for parcel in parcels {
            #expect(windows("new").count { $0.contains("\"key\":\"\(parcel)\"") } == 1, "\(parcel)")
        }
    }
}
