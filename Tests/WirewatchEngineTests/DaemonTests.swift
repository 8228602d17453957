import Testing
import WirewatchEngine
import WirewatchKit

@Suite struct DaemonTests {
    static func pipeline(
        _ stages: String = "[{type: shake}]", source: String = "count: 500", sink: String = ""
    ) -> String {
        """
        state: state
        sources: [{name: n, type: numbers, \(source)}]
        pipeline: \(stages)
        sinks: [{name: out, type: memory\(sink.isEmpty ? "" : ", " + sink)}]
        engine: {workers: 4, batch: 7, queue_articles: 50, stop_timeout: 5s}
        """
    }

    @Test("every document comes out once, in the order of its source, whatever its batch took")
    func order() async throws {
        let harness = Harness()
        #expect(try await harness.drain(Self.pipeline()))
        #expect(harness.recorder.titles() == (0..<500).map { "article \($0)" })
        #expect(Set(harness.recorder.records().map(\.id)).count == 500)
    }

    @Test("a document yielded again is processed once, in one run and in the next")
    func duplicates() async throws {
        let harness = Harness()
        try await harness.drain(Self.pipeline(source: "count: 60, repeat: 3"))
        #expect(harness.recorder.titles().count == 60)
        try await harness.drain(Self.pipeline(source: "count: 80, remember: false"))
        #expect(harness.recorder.titles().count == 80)
    }

    @Test("a source finds its own state after a restart, and stateful stages theirs")
    func restart() async throws {
        let harness = Harness()
        let stages = "[{type: shake}, {type: count}]"
        try await harness.drain(Self.pipeline(stages, source: "count: 100"))
        try await harness.drain(Self.pipeline(stages, source: "count: 130"))
        #expect(harness.recorder.with { $0.emitted } == 130)
        let tags = harness.recorder.records().compactMap { record -> String? in
            if case .article(let article) = record { article.tags.first } else { nil }
        }
        #expect(tags == (1...130).map { "number \($0)" })
    }

    @Test("an error in a stage dead-letters that one document and nothing else")
    func deadLetters() async throws {
        let harness = Harness()
        let stages = "[{type: reject, fail: [article 3, article 7], drop: [article 5]}, {type: count}]"
        #expect(try await harness.drain(Self.pipeline(stages, source: "count: 10")))
        #expect(harness.recorder.titles() == [0, 1, 2, 4, 6, 8, 9].map { "article \($0)" })
        let letters = harness.recorder.records().compactMap { record -> DeadLetter? in
            if case .deadLetter(let letter) = record { letter } else { nil }
        }
        #expect(letters.map(\.stage) == ["reject", "reject"])
        #expect(letters.map(\.error) == ["told to fail", "told to fail"])
        #expect(letters.allSatisfy { $0.document.contains("\"title\":\"article ") })
    }

    @Test("a sink gets only the kinds of record that it asks for")
    func kinds() async throws {
        let harness = Harness()
        let stages = "[{type: reject, fail: [article 3]}]"
        try await harness.drain(Self.pipeline(stages, source: "count: 5", sink: "records: dead_letters"))
        #expect(harness.recorder.records().map(\.kind) == [.deadLetters])
    }

    @Test("a full queue suspends the source, and a blocked sink loses nothing")
    func backpressure() async throws {
        let harness = Harness()
        harness.recorder.with { $0.gate = false }
        let daemon = try harness.daemon(Self.pipeline(source: "count: 3000", sink: "gated: true"))
        try daemon.start()
        #expect(await eventually { daemon.health.blockedReason != nil })
        #expect(daemon.health.isAlive)
        #expect(!daemon.health.isReady)
        let bound = harness.recorder.with { $0.emitted }
        #expect(bound < 1000, "the queue of 50 and the batches on their way bound what was taken in")
        harness.recorder.with { $0.gate = true }
        #expect(await daemon.waitUntilDrained())
        #expect(harness.recorder.titles() == (0..<3000).map { "article \($0)" })
        #expect(daemon.health.blockedReason == nil)
    }

    @Test("a queue bounded in bytes takes one document that is larger than itself")
    func largeDocuments() async throws {
        let harness = Harness()
        let yaml = Self.pipeline(source: "count: 20, padding: 90000").replacing(
            "queue_articles: 50", with: "queue_articles: 50, queue_bytes: 64KiB")
        #expect(try await harness.drain(yaml))
        #expect(harness.recorder.titles().count == 20)
    }

    @Test("stop works off what is queued; what was not taken in comes at the next start")
    func stopping() async throws {
        let harness = Harness()
        let yaml = Self.pipeline(source: "count: 20000")
        let daemon = try harness.daemon(yaml, drain: false)
        try daemon.start()
        #expect(await eventually { harness.recorder.titles().count > 100 })
        #expect(await daemon.stop(timeout: .seconds(60)))
        let before = harness.recorder.titles().count
        #expect(before < 20000)
        #expect(harness.recorder.titles() == (0..<before).map { "article \($0)" })
        try await harness.drain(yaml)
        #expect(harness.recorder.titles() == (0..<20000).map { "article \($0)" })
    }

    @Test("stop gives up on a blocked sink at its timeout; the next start loses nothing")
    func stoppingWhileBlocked() async throws {
        let harness = Harness()
        harness.recorder.with { $0.gate = false }
        let yaml = Self.pipeline(source: "count: 30", sink: "gated: true")
        let daemon = try harness.daemon(yaml, drain: false)
        try daemon.start()
        #expect(await eventually { daemon.health.blockedReason != nil })
        #expect(await daemon.stop(timeout: .milliseconds(300)) == false)
        harness.recorder.with { $0.gate = true }
        try await harness.drain(yaml)
        #expect(harness.recorder.titles() == (0..<30).map { "article \($0)" })
    }

    @Test("a source that fails is reported, and a drained run says so")
    func failingSource() async throws {
        let harness = Harness()
        #expect(try await harness.drain(Self.pipeline(source: "count: 10, fail_after: 4")) == false)
        #expect(harness.recorder.titles().count == 4)
    }

    @Test("a second daemon on the same state is refused with the first one's process")
    func exclusive() async throws {
        let harness = Harness()
        let daemon = try harness.daemon(Self.pipeline(source: "count: 1"), drain: false)
        try daemon.start()
        #expect(throws: EngineError.self) { try harness.daemon(Self.pipeline()) }
        #expect(await daemon.stop(timeout: .seconds(10)))
    }

    @Test("a sink that cannot open keeps the daemon from starting, with its reason")
    func brokenSink() throws {
        let harness = Harness()
        let daemon = try harness.daemon(Self.pipeline(sink: "broken: true"))
        do {
            try daemon.start()
            Issue.record("it started")
        } catch {
            #expect("\(error)" == "sink 'out' cannot start: told to be broken")
        }
    }

    @Test("the status is one JSON object with every component")
    func status() async throws {
        let harness = Harness()
        let daemon = try harness.daemon(Self.pipeline(source: "count: 12"))
        try daemon.start()
        #expect(await daemon.waitUntilDrained())
        let status = String(decoding: daemon.statusJSON(), as: UTF8.self)
        for part in [
            "\"articles\":12", "\"name\":\"n\"", "\"name\":\"shake\"", "\"name\":\"out\"", "\"alive\":true",
            "\"noted\":{\"shaken\":10}",
        ] { #expect(status.contains(part), "\(status)") }
        #expect(
            daemon.prometheusText().contains(
                "wirewatch_component_noted_total{kind=\"stage\",name=\"shake\",what=\"shaken\"} 10"))
    }
}
