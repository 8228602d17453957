import Testing
import WirewatchEngine
import WirewatchKit

@Suite struct ReloadTests {
    static func yaml(count: Int, stage: String = "", note: String = "", extra: String = "") -> String {
        """
        state: state
        sources: [{name: n, type: numbers, count: \(count)}]
        pipeline: [{type: shake}\(stage)]
        sinks: [{name: out, type: memory, note: "\(note)"}\(extra)]
        engine: {workers: 3, batch: 5, queue_articles: 40}
        """
    }

    @Test("only what changed is swapped")
    func swapsWhatChanged() async throws {
        let harness = Harness()
        let daemon = try harness.daemon(Self.yaml(count: 50), drain: false)
        try daemon.start()
        #expect(await eventually { harness.recorder.titles().count == 50 })

        let same = try await daemon.reload(try harness.configuration(Self.yaml(count: 50)))
        #expect(same.description == "nothing changed")
        #expect(harness.recorder.with { $0.opened } == ["out": 1])

        let summary = try await daemon.reload(
            try harness.configuration(
                Self.yaml(count: 60, stage: ", {type: count}", extra: ", {name: more, type: memory}")))
        #expect(summary.description == "started stage 'count', sink 'more'; replaced source 'n'")
        #expect(await eventually { harness.recorder.titles().count == 60 })
        #expect(harness.recorder.with { $0.opened } == ["out": 1, "more": 1])
        #expect(harness.recorder.titles("more").count == 10)
        #expect(await daemon.stop(timeout: .seconds(10)))
    }

    @Test("a new configuration that cannot be put to work leaves the old one running")
    func keepsTheOldOne() async throws {
        let harness = Harness()
        let daemon = try harness.daemon(Self.yaml(count: 20), drain: false)
        try daemon.start()
        let bad = try harness.configuration(Self.yaml(count: 40, extra: ", {name: bad, type: memory, broken: true}"))
        await #expect(throws: EngineError.self) { try await daemon.reload(bad) }
        let good = try harness.configuration(Self.yaml(count: 30))
        _ = try await daemon.reload(good)
        #expect(await eventually { harness.recorder.titles().count == 30 })
        #expect(await daemon.stop(timeout: .seconds(10)))
        #expect(harness.recorder.titles() == (0..<30).map { "article \($0)" })
    }

    @Test("a storm of reloads under load loses nothing and doubles nothing")
    func storm() async throws {
        let harness = Harness()
        let daemon = try harness.daemon(Self.yaml(count: 4000), drain: false)
        try daemon.start()
        for round in 1...25 {
            let stage = round.isMultiple(of: 2) ? ", {type: count}" : ""
            let next = try harness.configuration(
                Self.yaml(count: 4000 + round, stage: stage, note: round.isMultiple(of: 3) ? "x" : ""))
            _ = try await daemon.reload(next)
        }
        #expect(await eventually { harness.recorder.titles().count == 4025 })
        #expect(await daemon.stop(timeout: .seconds(30)))
        #expect(harness.recorder.titles() == (0..<4025).map { "article \($0)" })
    }

    @Test("reopen reaches every sink")
    func reopen() async throws {
        let harness = Harness()
        let daemon = try harness.daemon(Self.yaml(count: 1), drain: false)
        try daemon.start()
        daemon.reopen()
        #expect(await eventually { harness.recorder.with { $0.reopened } == 1 })
        #expect(await daemon.stop(timeout: .seconds(10)))
    }
}
