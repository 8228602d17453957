import Glibc
import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchJSONLog

@Suite("Rotation")
struct RotationTests {
    @Test("the steps come in the order that loses nothing")
    func order() throws {
        let engine = EngineModel(rotate: ["max_size": "400", "min_interval": "0s", "compress": "none"])
        let log = try engine.start()
        try log.write(records(1...1))
        engine.files.forgetCalls()
        try log.write(records(2...2))
        #expect(engine.files.calls == ["sync", "link", "unlink", "create", "rename", "syncFolder", "write"])
        try engine.checkpoint(done: 2)
        try engine.folder.expectRecords(2)
    }

    @Test("archives carry the UTC start of their period and a sequence that goes on after a restart")
    func names() throws {
        let engine = EngineModel(rotate: ["max_size": "500", "min_interval": "0s", "compress": "none"])
        try engine.start()
        try engine.run(to: 3, group: { _ in 1 })
        try engine.stop()
        try engine.start()
        try engine.run(to: 5, group: { _ in 1 })
        try engine.stop()
        let files = try engine.folder.logFiles()
        #expect(
            files == [
                "alerts-20260104T120000Z-000001.jsonl", "alerts-20260104T120000Z-000002.jsonl",
                "alerts-20260104T120001Z-000003.jsonl", "alerts-20260104T120002Z-000004.jsonl", "alerts.jsonl",
            ])
        try engine.folder.expectRecords(5)
    }

    @Test(
        "a period ends on its boundary in UTC, busy, idle or not running at all",
        arguments: ["busy", "idle", "stopped"])
    func periods(how: String) throws {
        let engine = EngineModel(rotate: ["every": "1d", "compress": "none"])
        let log = try engine.start()
        try log.write(records(1...2))
        try engine.checkpoint(done: 2)
        // 12:00 to 23:59:59: the same day.
        engine.clock.advance(by: .seconds(12 * 3600 - 1))
        try log.tick(engine.clock.now())
        try log.write(records(3...3))
        try engine.checkpoint(done: 3)
        #expect(try engine.folder.logFiles() == ["alerts.jsonl"])
        if how == "stopped" { try engine.stop() }
        engine.clock.advance(by: .seconds(1))
        switch how {
        case "busy": try log.write(records(4...4))
        case "idle": try log.tick(engine.clock.now())
        default: try engine.start().write(records(4...4))
        }
        #expect(try engine.folder.logFiles() == ["alerts-20260104T000000Z-000001.jsonl", "alerts.jsonl"])
        #expect(try engine.folder.bytes("alerts-20260104T000000Z-000001.jsonl").split(separator: 0x0A).count == 3)
        // Nothing is archived when nothing was written.
        if how == "idle" {
            engine.clock.advance(by: .seconds(3 * 86_400))
            try log.tick(engine.clock.now())
            #expect(try engine.folder.logFiles().count == 2)
        }
    }

    @Test("without a state the period is that of the first record, not of the file's times")
    func periodOfFirstRecord() throws {
        let engine = EngineModel(rotate: ["every": "1h", "compress": "none"])
        let log = try engine.start()
        try log.write(records(1...1))
        engine.die()
        engine.state.lose()
        engine.clock.advance(by: .seconds(7200))
        try engine.start().tick(engine.clock.now())
        #expect(try engine.folder.logFiles() == ["alerts-20260104T120000Z-000001.jsonl", "alerts.jsonl"])
    }

    @Test(
        "periods are counted in UTC, weeks from Monday",
        arguments: [
            ("1h", "2026-01-04T12:00:00Z"), ("1d", "2026-01-04T00:00:00Z"), ("1w", "2025-12-29T00:00:00Z"),
            ("15m", "2026-01-04T12:30:00Z"),
        ])
    func periodStarts(every: String, start: String) throws {
        let options = try WirewatchTesting.options(
            JSONLogOptions.self, ["path": "a.jsonl", "records": "alerts", "rotate": ["every": .string(every)]])
        #expect(options.rotation.period(Timestamp(seconds: 1_767_528_000 + 2000)).rfc3339 == start)
    }

    @Test("a record larger than a whole file has a file of its own")
    func largeRecord() throws {
        let engine = EngineModel(rotate: ["max_size": "1000", "min_interval": "0s", "compress": "none"])
        let log = try engine.start()
        var large = alert(2)
        large.message = String(repeating: "x", count: 5000)
        try log.write([.alert(alert(1)), .alert(large), .alert(alert(3))])
        let counts = try engine.folder.logFiles().map { try engine.folder.bytes($0).split(separator: 0x0A).count }
        #expect(counts == [1, 1, 1])
    }

    @Test("a burst is not cut into a thousand files: there is a least time between rotations")
    func guardInterval() throws {
        let engine = EngineModel(rotate: ["max_size": "1000", "compress": "none"])
        let log = try engine.start()
        try log.write(records(1...60))
        #expect(log.counts.rotations == 1)
        engine.clock.advance(by: .seconds(10))
        try log.write(records(61...61))
        #expect(log.counts.rotations == 2)
        try engine.checkpoint(done: 61)
        try engine.folder.expectRecords(61)
    }

    @Test("a group that fits is one write")
    func oneWrite() throws {
        let engine = EngineModel()
        let log = try engine.start()
        engine.files.forgetCalls()
        try log.write(records(1...50))
        #expect(engine.files.calls == ["write"])
    }

    @Test("an archive's name that is taken is never overwritten")
    func nameTaken() throws {
        let engine = EngineModel(rotate: ["max_size": "400", "min_interval": "0s", "compress": "none"])
        let log = try engine.start()
        try log.write(records(1...1))
        try engine.folder.put("alerts-20260104T120000Z-000001.jsonl", Array("mine\n".utf8))
        try log.write(records(2...2))
        #expect(try engine.folder.bytes("alerts-20260104T120000Z-000001.jsonl") == Array("mine\n".utf8))
        #expect(try engine.folder.logFiles().contains("alerts-20260104T120000Z-000002.jsonl"))
    }

    @Test(
        "where there are no hard links the live file is renamed away, and that is counted",
        arguments: [EPERM, EOPNOTSUPP])
    func withoutLinks(code: Int32) throws {
        let engine = EngineModel(rotate: ["max_size": "1500", "min_interval": "0s", "keep": 1000])
        let log = try engine.start()
        engine.files.breakCall("link", code)
        try engine.run(to: 30)
        #expect(log.counts.withoutLinks == log.counts.rotations)
        #expect(log.counts.rotations > 3)
        try engine.stop()
        try engine.folder.expectRecords(30)
    }

    @Test("a rotation that fails is taken back, and writing goes on; later it succeeds")
    func failing() throws {
        let engine = EngineModel(rotate: ["max_size": "400", "min_interval": "0s", "compress": "none"])
        let log = try engine.start()
        engine.files.breakCall("rename", EIO)
        try log.write(records(1...1))
        try log.write(records(2...3))
        #expect(log.counts.failedRotations > 0)
        #expect(try engine.folder.logFiles() == ["alerts.jsonl"])
        engine.files.breakCall("unlink", EIO)
        engine.clock.advance(by: .seconds(2))
        try log.write(records(4...4))
        engine.files.breakCall("unlink", nil)
        engine.files.breakCall("rename", nil)
        engine.clock.advance(by: .seconds(2))
        try log.write(records(5...5))
        try engine.checkpoint(done: 5)
        #expect(log.counts.rotations == 1)
        try engine.folder.expectRecords(5)
    }

    @Test(
        "only names of exactly our form are ours",
        arguments: [
            ("alerts-20260104T120000Z-000042.jsonl", true), ("alerts-20260104T120000Z-000042.jsonl.gz", true),
            ("alerts-20260104T120000Z-1000000.jsonl", true), ("alerts.jsonl", false), ("alerts.jsonl.1", false),
            ("alerts-20260104T120000Z-42.jsonl", false), ("alerts-20260104T120000Z-0000042.jsonl", false),
            ("alerts-20261304T120000Z-000042.jsonl", false), ("alerts-20260104T120000Z-000042.jsonl.gz.tmp", false),
            ("alerts-20260104T120000Z-000042.jsonl.bak", false), ("alerts-old-20260104T120000Z-000042.jsonl", false),
            ("xalerts-20260104T120000Z-000042.jsonl", false), ("alerts-20260104T120000Z-000042.log", false),
        ])
    func patterns(name: String, isOurs: Bool) {
        let names = LogNames(path: "logs/alerts.jsonl")
        #expect((names.parse(name) != nil) == isOurs)
        if let parts = names.parse(name) {
            #expect(names.archive(parts.start, parts.sequence) + (parts.isCompressed ? ".gz" : "") == name)
        }
    }
}
