import Glibc
import Testing
import WirewatchTesting

/// Stories, windows, silences and budgets decide the same whatever happens to the process.
@Suite(.serialized) struct StreamKillTests {
    private static let configuration = """
        state: state
        sources: [{name: wire, type: files, path: inbox}]
        pipeline:
          - {type: dedupe, window: 300d}
          - {type: story, window: 60d}
          - type: alert
            macros: {makers: [Aldermoor, Brightsea, Corvane, Dunmarrow]}
            rules:
              - {id: story, when: {text: {any: $makers}}}
              - {id: every, when: {text: {any: $makers}}, once_per: article}
              - {id: many, when: {text: {any: $makers}}, window: {over: 300d, by: term, distinct: story, at_least: 3}}
              - {id: tumbling, when: {text: {any: plant}}, window: {kind: tumbling, over: 300d, at_least: 8}}
              - {id: new, when: {text: {any: $makers}}, window: {kind: new_term, over: 300d, by: term}}
              - id: sequence
                when: {text: {any: strike}}
                window: {kind: sequence, over: 300d, by: source, then: {text: {any: settlement}}}
          - type: noise_control
            inhibit: [{source: {rule: new}, target: {rule: every}, equal: title, for: 300d}]
            budgets: [{match: {rule: every}, at_most: 40, per: 366d}]
        sinks:
          - {name: articles, type: json_log, path: logs/articles.jsonl, records: articles}
          - {name: alerts, type: json_log, path: logs/alerts.jsonl, records: alerts}
        engine: {stop_timeout: 60s, workers: 2, batch: 4}

        """

    /// Articles in which a few events are told several times over, in other words, by several sites.
    private static func lines(_ count: Int, _ random: inout SeededGenerator) -> [String] {
        let makers = ["Aldermoor", "Brightsea", "Corvane", "Dunmarrow"]
        let events = [
            "strike at the battery plant", "settlement with the welders' union", "recall of delivery drones",
            "order of cargo ships", "fire in the cable works", "merger talks with a rival",
        ]
        let words = [
            "officials", "on Monday", "after months", "of talks", "in the harbour town", "said", "the works council",
            "a spokeswoman", "confirmed", "output", "should resume", "within weeks", "analysts", "had expected",
        ]
        return (0..<count).map { number in
            // A new event now and then; most articles tell of a recent one.
            let event = number / 5 + random.below(3)
            let (maker, what) = (makers[event % makers.count], events[event % events.count])
            let filler = (0..<12).map { _ in words[random.below(words.count)] }.joined(separator: " ")
            let title = "\(maker) \(["reports", "sees", "faces"][random.below(3)]) \(what) number \(event)"
            let body = "\(maker) told of the \(what) in hall \(event) of its site at Quay \(event * 7). \(filler)."
            return
                #"{"url": "https://site\#(random.below(5)).example/\#(number)", "title": "\#(title)", "body": "\#(body)"}"#
        }
    }

    /// The alerts of a log without what the clock brings into them.
    private static func alerts(_ daemon: DaemonUnderTest) -> [Substring] {
        daemon.text(of: daemon.logs + "/alerts.jsonl").split(separator: "\n").map { record in
            record.replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/, with: "").replacing(/begun [^"]+ before/, with: "")
        }
    }

    @Test("after kill -9 at random moments the alert log is that of a run without any, record for record")
    func kills() throws {
        let kills = DaemonUnderTest.setting("WIREWATCH_STREAM_KILLS", default: 20)
        let seed = DaemonUnderTest.setting("WIREWATCH_SEED", default: Int(time(nil)))
        print("stream kill test: \(kills) kills, WIREWATCH_SEED=\(seed)")
        var random = SeededGenerator(seed: UInt64(seed))
        let step = 6
        let lines = Self.lines((kills + 1) * step, &random)

        let disturbed = try DaemonUnderTest()
        try Folder.write(Self.configuration, to: disturbed.configPath)
        var atWork = 0
        for kill in 0..<kills {
            try Self.append(lines[(kill * step)..<((kill + 1) * step)], to: disturbed)
            let program = try disturbed.start()
            if random.below(4) == 0 {
                usleep(UInt32(random.below(80_000)))
            } else {
                // Somewhere within the new lines or right behind them, before or after their checkpoint.
                let point = kill * step - random.below(step)
                #expect(
                    point < 1 || disturbed.waitForSequence(point, program), "\(disturbed.text(of: disturbed.output))")
                usleep(UInt32(random.below(3) == 0 ? random.below(1_200_000) : random.below(60_000)))
            }
            if (disturbed.lastSequence ?? 0) < (kill + 1) * step { atWork += 1 }
            program.kill()
            program.waitForExit()
        }
        try Self.append(lines[(kills * step)...], to: disturbed)
        #expect(try disturbed.start(once: true).waitForExit() == 0, "\(disturbed.text(of: disturbed.output))")
        print("stream kill test: \(atWork) kills with work left")

        let undisturbed = try DaemonUnderTest()
        try Folder.write(Self.configuration, to: undisturbed.configPath)
        try Self.append(lines[...], to: undisturbed)
        #expect(try undisturbed.start(once: true).waitForExit() == 0)

        let (found, expected) = (Self.alerts(disturbed), Self.alerts(undisturbed))
        for rule in ["story", "every", "new", "tumbling"] + (kills > 10 ? ["many", "sequence"] : []) {
            #expect(expected.contains { $0.contains("\"rule\":\"\(rule)\"") }, "\(rule) has its say")
        }
        #expect(expected.contains { $0.contains("\"by\":\"budget\"") } || kills < 20)
        #expect(found.count == expected.count)
        if let (one, other) = zip(found, expected).first(where: { $0 != $1 }) {
            Issue.record("the first that differs:\n\(one)\n\(other)")
        }
    }

    private static func append(_ lines: ArraySlice<String>, to daemon: DaemonUnderTest) throws {
        let path = daemon.inbox + "/stream.jsonl"
        guard let file = fopen(path, "a") else { throw Program.Failure(description: path) }
        defer { fclose(file) }
        fputs(lines.joined(separator: "\n") + "\n", file)
    }
}
