import Glibc
import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchJSONLog

@Suite("Disks and people that misbehave")
struct FaultTests {
    private func isBlocked(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return false
        } catch SinkError.blocked {
            return true
        } catch {
            return false
        }
    }

    @Test("a disk that fills up at any byte of a write blocks the sink, and nothing is torn", arguments: 0...40)
    func full(step: Int) throws {
        let engine = EngineModel()
        let log = try engine.start()
        try log.write(records(1...3))
        let size = try engine.folder.bytes("alerts.jsonl").count
        engine.files.set(room: step * 50)
        #expect(isBlocked { try log.write(records(4...12)) })
        #expect(try engine.folder.bytes("alerts.jsonl").count == size)
        engine.files.set(room: .max)
        try log.write(records(4...12))
        try engine.checkpoint(done: 12)
        try engine.folder.expectRecords(12)
    }

    @Test("when even cutting the torn record off fails, nothing is written until it succeeds")
    func fullAndStuck() throws {
        let engine = EngineModel()
        let log = try engine.start()
        try log.write(records(1...3))
        engine.files.set(room: 100)
        engine.files.breakCall("truncate", EIO)
        #expect(isBlocked { try log.write(records(4...12)) })
        engine.files.set(room: .max)
        #expect(isBlocked { try log.write(records(4...12)) })
        #expect(isBlocked { try log.checkpoint(engine.state) })
        engine.files.breakCall("truncate", nil)
        try log.write(records(4...12))
        try engine.checkpoint(done: 12)
        try engine.folder.expectRecords(12)
    }

    @Test("a call that fails after a rotation in its midst writes nothing twice when it is repeated")
    func failsAfterRotation() throws {
        let engine = EngineModel(rotate: ["max_size": "1500", "min_interval": "0s", "compress": "none"])
        let log = try engine.start()
        engine.files.set(room: 4000)
        #expect(isBlocked { try log.write(records(1...20)) })
        #expect(log.counts.rotations > 0)
        engine.files.set(room: .max)
        try log.write(records(1...20))
        #expect(log.adopted.isEmpty)
        try engine.checkpoint(done: 20)
        try engine.folder.expectRecords(20)
    }

    @Test("'drop_newest' drops and counts what there is no room for, whole records only")
    func dropNewest() throws {
        let engine = EngineModel(more: [("on_full", "drop_newest")])
        let log = try engine.start()
        try log.write(records(1...3))
        engine.files.set(room: 100)
        try log.write(records(4...12))
        #expect(log.counts.dropped == 9)
        engine.files.set(room: .max)
        try log.write(records(4...5))
        try engine.checkpoint(done: 5)
        try engine.folder.expectRecords(5)
    }

    @Test("'delete_oldest_archive' deletes committed archives, oldest first, then blocks")
    func deleteOldest() throws {
        let engine = EngineModel(
            rotate: ["max_size": "1500", "min_interval": "0s", "compress": "none", "keep": 1000],
            more: [("on_full", "delete_oldest_archive")])
        let log = try engine.start()
        try engine.run(to: 30)
        try engine.checkpoint(done: 30)
        try engine.checkpoint(done: 30)
        let before = try engine.folder.logFiles()
        engine.files.set(room: 0)
        #expect(isBlocked { try log.write(records(31...31)) })
        #expect(before.count > 3)
        #expect(log.counts.deletedArchives == before.count - 1)
        // The live file of before became an archive first; it is spared until the next commit is done.
        let left = try engine.folder.logFiles()
        #expect(left.count == 2 - (log.counts.rotations == before.count - 1 ? 1 : 0))
        #expect(left.allSatisfy { !before.dropLast().contains($0) })
    }

    @Test("a sync that fails is never repeated on the same file: the records go into a new one", arguments: [1, 2, 3])
    func failedSync(times: Int) throws {
        let engine = EngineModel(rotate: ["compress": "none"])
        let log = try engine.start()
        try log.write(records(1...4))
        try engine.checkpoint(done: 4)
        var last = 4
        for _ in 0..<times {
            try log.write(records(last + 1...last + 3))
            engine.files.breakCall("sync", EIO)
            #expect(isBlocked { try log.checkpoint(engine.state) })
            engine.files.breakCall("sync", nil)
            try engine.checkpoint(done: last + 3)
            last += 3
        }
        #expect(log.counts.failedSyncs >= times)
        #expect(try engine.folder.logFiles().count > 1)
        try engine.folder.expectRecords(last)
        engine.die()
        try engine.start()
        try engine.run(to: last + 2)
        try engine.stop()
        try engine.folder.expectRecords(last + 2)
    }

    @Test("a live file that somebody moved is left to them, and made anew", arguments: ["tick", "reopen"])
    func moved(how: String) throws {
        let engine = EngineModel()
        let log = try engine.start()
        try log.write(records(1...3))
        try SystemFileSystem().rename(engine.folder.live, to: engine.folder.live + ".1")
        try log.write(records(4...4))
        if how == "tick" { try log.tick(engine.clock.now()) } else { try log.reopen() }
        try log.write(records(5...6))
        try engine.checkpoint(done: 6)
        #expect(log.counts.reopened == 1)
        let lines = try engine.folder.bytes("alerts.jsonl.1") + engine.folder.bytes("alerts.jsonl")
        #expect(try engine.folder.bytes("alerts.jsonl").split(separator: 0x0A).count == 2)
        #expect(lines.split(separator: 0x0A).count == 6)
        engine.die()
        #expect(try engine.start().seq == 6)
    }

    @Test("a deleted live file is made anew, its folder too")
    func deleted() throws {
        let engine = EngineModel()
        let folder = engine.folder.path + "/deep/er"
        engine.options = ["path": .string(folder + "/alerts.jsonl"), "records": "alerts"]
        let log = try engine.start()
        try log.write(records(1...3))
        try SystemFileSystem().unlink(folder + "/alerts.jsonl")
        try log.tick(engine.clock.now())
        try log.write(records(4...4))
        #expect(try engine.folder.bytes("deep/er/alerts.jsonl").split(separator: 0x0A).count == 1)
        for name in try SystemFileSystem().names(in: folder) { try SystemFileSystem().unlink(folder + "/" + name) }
        rmdir(folder)
        try log.tick(engine.clock.now())
        try log.write(records(5...5))
        #expect(try engine.folder.bytes("deep/er/alerts.jsonl").split(separator: 0x0A).count == 1)
        #expect(log.seq == 5)
    }

    @Test("reopening a file that nobody moved changes nothing")
    func reopenInPlace() throws {
        let engine = EngineModel()
        let log = try engine.start()
        for number in 1...20 {
            try log.write(records(number...number))
            try log.reopen()
        }
        try engine.checkpoint(done: 20)
        #expect(log.counts.reopened == 0)
        try engine.folder.expectRecords(20)
    }

    @Test("copytruncate is noticed and counted, by tick or by write", arguments: [true, false])
    func copytruncate(byTick: Bool) throws {
        let engine = EngineModel()
        let log = try engine.start()
        try log.write(records(1...3))
        try engine.checkpoint(done: 3)
        try engine.folder.put("alerts.jsonl", [])
        if byTick { try log.tick(engine.clock.now()) }
        try log.write(records(4...5))
        #expect(log.counts.truncated == 1)
        try engine.checkpoint(done: 5)
        #expect(try engine.folder.bytes("alerts.jsonl").split(separator: 0x0A).count == 2)
        engine.die()
        let again = try engine.start()
        #expect(again.seq == 5)
        #expect(again.adopted.isEmpty)
    }

    @Test("somebody's unfinished line does not swallow a record")
    func foreignAppend() throws {
        let engine = EngineModel()
        let log = try engine.start()
        try log.write(records(1...1))
        try engine.folder.append("alerts.jsonl", "no newline")
        try log.write(records(2...2))
        #expect(try engine.folder.lines().count == 3)
        #expect(try engine.folder.lines()[1] == "no newline")
    }

    @Test("a path that cannot be used is refused with advice")
    func unusable() throws {
        let engine = EngineModel()
        try SystemFileSystem().makeFolder(engine.folder.live)
        do {
            try engine.start()
            Issue.record("it was opened")
        } catch SinkError.unusable(let message) {
            #expect(message.contains(engine.folder.live))
            #expect(message.contains("another path"))
        }
    }
}
