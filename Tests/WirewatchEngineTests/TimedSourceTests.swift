import Testing
import WirewatchConfig
import WirewatchKit
import WirewatchTesting

@testable import WirewatchEngine

@Suite struct TimedSourceTests {
    static func yaml(_ source: String) -> String {
        """
        state: state
        sources: [\(source)]
        sinks: [{name: out, type: memory}]
        engine: {queue_articles: 4}
        """
    }

    @Test("a timed source is woken at its times, and has no task in between")
    func wakes() async throws {
        let harness = Harness()
        let clock = ManualClock()
        let daemon = try harness.daemon(Self.yaml("{name: t, type: ticks}"), drain: false, clock: clock)
        try daemon.start()
        for count in 0..<5 {
            // One sleeper, whatever the number of sources: the timetable's.
            await clock.waitForSleepers(1)
            #expect(await eventually { harness.recorder.titles().count == count })
            clock.advance(by: .seconds(59))
            #expect(clock.sleepers == 1)
            clock.advance(by: .seconds(1))
        }
        #expect(await eventually { harness.recorder.titles().count == 5 })
        #expect(await daemon.stop(timeout: .seconds(10)))
    }

    @Test("many timed sources share one sleeper, and each has its own times")
    func shareTheTimetable() async throws {
        let harness = Harness()
        let clock = ManualClock()
        let sources = (1...12).map { "{name: t\($0), type: ticks, every: \($0)m}" }.joined(separator: ", ")
        let daemon = try harness.daemon(Self.yaml(sources), drain: false, clock: clock)
        try daemon.start()
        #expect(await eventually { harness.recorder.with { $0.started } == 12 })
        var expected = 0
        for minute in 1...12 {
            await clock.waitForSleepers(1)
            clock.advance(by: .seconds(60))
            expected += (1...12).count { minute.isMultiple(of: $0) }
            #expect(await eventually { harness.recorder.titles().count == expected }, "minute \(minute)")
            // All of this minute are in the timetable again before the next one begins.
            #expect(await eventually { harness.recorder.with { $0.emitted } == expected })
            #expect(await eventually { daemon.restingSources == 12 })
        }
        await clock.waitForSleepers(1)
        #expect(clock.sleepers == 1)
        #expect(await daemon.stop(timeout: .seconds(10)))
    }

    @Test("one that fails is made anew and goes on; one that says it is over has no task any more")
    func failsAndEnds() async throws {
        let harness = Harness()
        let clock = ManualClock()
        let daemon = try harness.daemon(
            Self.yaml("{name: f, type: ticks, fail_at: 2}, {name: e, type: ticks, end_at: 2}"), drain: false,
            clock: clock)
        try daemon.start()
        // `f` fails at its second wake, and is made anew at once; `e` ends at its own.
        #expect(await eventually { daemon.restingSources == 2 })
        clock.advance(by: .seconds(60))
        #expect(await eventually { harness.recorder.with { $0.started } == 3 })
        #expect(await eventually { daemon.restingSources == 1 })
        #expect(daemon.sourceStates["e"] == .ended)
        #expect(await daemon.stop(timeout: .seconds(10)))
        #expect(daemon.sourceStates["f"] == .ended)
    }

    @Test("a reload takes a waiting source out of the timetable, and the new one in")
    func reload() async throws {
        let harness = Harness()
        let clock = ManualClock()
        let daemon = try harness.daemon(Self.yaml("{name: t, type: ticks}"), drain: false, clock: clock)
        try daemon.start()
        #expect(await eventually { daemon.restingSources == 1 })
        _ = try await daemon.reload(try harness.configuration(Self.yaml("{name: t, type: ticks, every: 5m}")))
        #expect(await eventually { daemon.restingSources == 1 })
        clock.advance(by: .seconds(60))
        #expect(await eventually { clock.sleepers == 1 })
        #expect(harness.recorder.titles().isEmpty)
        clock.advance(by: .seconds(240))
        #expect(await eventually { harness.recorder.titles().count == 1 })
        #expect(await daemon.stop(timeout: .seconds(10)))
    }

    @Test("a run that drains wakes each source once, however many there are")
    func drains() async throws {
        let harness = Harness()
        let sources = (0..<1200).map { "{name: t\($0), type: ticks}" }.joined(separator: ", ")
        #expect(try await harness.drain(Self.yaml(sources)))
        #expect(harness.recorder.titles().count == 1200)
        #expect(harness.recorder.with { $0.started } == 1200)
    }

    @Test("documents handed over together come in their order, through a queue that holds fewer")
    func together() async throws {
        let harness = Harness()
        #expect(try await harness.drain(Self.yaml("{name: n, type: numbers, count: 57, together: true}")))
        #expect(harness.recorder.titles() == (0..<57).map { "article \($0)" })
        // The last one's cursor is durable: there is nothing left.
        #expect(try await harness.drain(Self.yaml("{name: n, type: numbers, count: 60, together: true}")))
        #expect(harness.recorder.titles() == (0..<60).map { "article \($0)" })
    }
}

extension Daemon {
    /// Sources that wait in the timetable.
    var restingSources: Int { running.withLock { $0.sources }.count { $0.isResting } }

    var sourceStates: [String: SourceRunner.State] {
        Dictionary(uniqueKeysWithValues: running.withLock { $0.sources }.map { ($0.component.name, $0.current) })
    }
}
