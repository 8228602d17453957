import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchJSONLog

@Suite("Archives")
struct ArchiveTests {
    /// Five archives of 100 bytes, one an hour from 00:00; what follows begins at 05:00.
    private static let five = (0..<5).map { at in
        Archive(
            start: Timestamp(seconds: Int64(at) * 3600), sequence: at + 1, name: "a\(at + 1)", hasPlain: true,
            bytes: 100)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var rotate: OptionLiteral
        var free: Int? = nil
        var kept: Set<Int> = []
        var expired: [Int]
        var testDescription: String { name }
    }

    @Test(
        "the limits decide what goes, oldest first",
        arguments: [
            Case(name: "nothing", rotate: [:], expired: []),
            Case(name: "keep", rotate: ["keep": 3], expired: [1, 2]),
            Case(name: "keep one", rotate: ["keep": 1], expired: [1, 2, 3, 4]),
            // Now is 06:00; the first ended at 01:00, five hours ago.
            Case(name: "age", rotate: ["max_age": "4h"], expired: [1]),
            Case(name: "exact age", rotate: ["max_age": "5h"], expired: []),
            Case(name: "all too old", rotate: ["max_age": "30m"], expired: [1, 2, 3, 4, 5]),
            Case(name: "total", rotate: ["max_total": "250"], expired: [1, 2, 3]),
            Case(name: "exact total", rotate: ["max_total": "500"], expired: []),
            Case(name: "free", rotate: ["keep_free": "1000"], free: 850, expired: [1, 2]),
            Case(name: "enough free", rotate: ["keep_free": "1000"], free: 1000, expired: []),
            Case(name: "uncommitted", rotate: ["keep": 2], kept: [2], expired: [1, 3, 4]),
            Case(
                name: "several limits", rotate: ["keep": 4, "max_total": "250", "max_age": "4h"], expired: [1, 2, 3]),
        ])
    func retention(_ example: Case) throws {
        let options = try WirewatchTesting.options(
            JSONLogOptions.self, ["path": "a.jsonl", "records": "alerts", "rotate": example.rotate])
        let expired = Retention.expired(
            Self.five, options: options.rotation, now: Timestamp(seconds: 6 * 3600), next: Timestamp(seconds: 5 * 3600),
            free: example.free, isKept: { example.kept.contains($0.sequence) })
        #expect(expired.map(\.sequence) == example.expired)
    }

    @Test("the free space of a real file system is known")
    func freeSpace() throws {
        let folder = LogFolder()
        #expect(try SystemFileSystem().freeBytes(folder.path) > 0)
        #expect(throws: SystemCallError.self) { try SystemFileSystem().freeBytes(folder.path + "/none") }
    }

    @Test("old archives are deleted, other files never")
    func deletes() throws {
        let engine = EngineModel(rotate: ["max_size": "400", "min_interval": "0s", "keep": 2])
        let others = [
            "alerts-20260104T120000Z-000001.jsonl.bak", "alerts.jsonl.1", "alerts-x.jsonl",
            "notes-20260104T120000Z-000001.jsonl",
        ]
        for name in others { try engine.folder.put(name, Array("mine".utf8)) }
        try engine.start()
        try engine.run(to: 20, group: { _ in 1 })
        engine.clock.advance(by: .seconds(61))
        try engine.log?.tick(engine.clock.now())
        try engine.checkpoint(done: 20)
        try engine.checkpoint(done: 20)
        engine.clock.advance(by: .seconds(61))
        try engine.log?.tick(engine.clock.now())
        #expect(try engine.folder.logFiles().count == 3)
        #expect(try engine.folder.logFiles().last == "alerts.jsonl")
        for name in others { #expect(try engine.folder.names().contains(name)) }
    }

    @Test("archives are compressed one behind the newest, and what gzip unpacks is what was written")
    func compresses() throws {
        let engine = EngineModel(rotate: ["max_size": "3000", "min_interval": "0s", "keep": 1000])
        try engine.start()
        try engine.run(to: 80)
        for _ in 0..<10 {
            engine.clock.advance(by: .seconds(61))
            try engine.log?.tick(engine.clock.now())
        }
        let archives = try engine.folder.logFiles().dropLast()
        #expect(archives.count > 3)
        #expect(archives.dropLast().allSatisfy { $0.hasSuffix(".jsonl.gz") })
        #expect(archives.last?.hasSuffix(".jsonl") == true)
        try engine.stop()
        try engine.folder.expectRecords(80)
    }

    @Test("the thread of its own does the same")
    func thread() throws {
        let folder = LogFolder()
        let body = Array(String(repeating: "{\"a\":\"some text that repeats\"}\n", count: 40_000).utf8)
        let name = "alerts-20260104T120000Z-000001.jsonl"
        let files = SystemFileSystem()
        let file = try files.open(folder.path + "/" + name, 0o101, mode: 0o644)
        var done = 0
        while done < body.count { done += try files.write(file, body.span.bytes.extracting(done..<body.count)) }
        files.close(file)
        let compressor = Compressor(files: files, mode: 0o640)
        compressor.start(name, in: folder.logNames)
        #expect(compressor.isBusy)
        var outcome = compressor.collect()
        while outcome == nil { outcome = compressor.collect() }
        guard case .done(let from, let to) = outcome else {
            Issue.record("\(String(describing: outcome))")
            return
        }
        #expect(from == body.count)
        #expect(to < from / 20)
        #expect(try folder.names() == [name + ".gz"])
        #expect(try folder.bytes(name + ".gz") == body)
        #expect(!compressor.isBusy)
    }

    @Test("stopping in the midst leaves the archive as it was, or whole")
    func stopped() throws {
        let folder = LogFolder()
        let name = "alerts-20260104T120000Z-000001.jsonl"
        try folder.put(name, [UInt8](repeating: 0x61, count: 1 << 20))
        let compressor = Compressor(files: SystemFileSystem(), mode: 0o640)
        compressor.start(name, in: folder.logNames)
        compressor.stop()
        let names = try folder.names()
        #expect(names == [name] || names == [name + ".gz"])
    }

    @Test("an archive whose compression was cut off is read as it is, and compressed later")
    func leftovers() throws {
        let engine = EngineModel(rotate: ["max_size": "1500", "min_interval": "0s", "keep": 1000, "compress": "none"])
        try engine.start()
        try engine.run(to: 30)
        try engine.stop()
        let first = try engine.folder.logFiles()[0]
        try engine.folder.put(first + ".gz.tmp", [1, 2, 3])
        // A complete name, but shorter than the original: somebody else's work, not to be trusted.
        try engine.folder.put(first + ".gz", [0x1F, 0x8B] + [UInt8](repeating: 0, count: 20))
        try engine.folder.put(".alerts.tmp", [1])
        engine.state.lose()
        let log = try engine.start()
        #expect(log.adopted.count == 30)
        let names = try engine.folder.names()
        #expect(names.contains(first))
        #expect(!names.contains(first + ".gz.tmp"))
        #expect(!names.contains(".alerts.tmp"))
    }
}
