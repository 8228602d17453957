import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchJSONLog

@Suite("Taking up what an earlier run left")
struct RecoveryTests {
    /// A log of twelve records, of which the state knows eight, and what the last process left of it.
    private func interrupted(rotate: OptionLiteral = [:]) throws -> EngineModel {
        let engine = EngineModel(rotate: rotate)
        let log = try engine.start()
        try log.write(records(1...8))
        try engine.checkpoint(done: 8)
        try log.write(records(9...12))
        engine.die()
        return engine
    }

    private func finish(_ engine: EngineModel, to last: Int = 20, _ comment: String = "") throws {
        try engine.run(to: last)
        try engine.stop()
        try engine.folder.expectRecords(last, comment)
    }

    @Test("a last record cut off at any byte is moved aside and written again")
    func tornTails() throws {
        let whole = try interrupted().folder.bytes("alerts.jsonl")
        let start = whole.dropLast().lastIndex(of: 0x0A)! + 1
        for cut in start...whole.count {
            let engine = try interrupted()
            try engine.folder.put("alerts.jsonl", Array(whole[..<cut]))
            let log = try engine.start()
            let torn = try engine.folder.names().filter { $0.hasPrefix("alerts.torn-") }
            if cut > start, cut < whole.count {
                #expect(torn == ["alerts.torn-20260104T120000Z"])
                #expect(try engine.folder.bytes(torn[0]) == Array(whole[start..<cut]))
                #expect(log.counts.torn == 1)
            } else {
                #expect(torn.isEmpty)
            }
            try finish(engine, "cut at \(cut)")
        }
    }

    @Test("a block of zeros after the committed records is moved aside with all that follows")
    func zeroBlock() throws {
        let engine = try interrupted()
        var bytes = try engine.folder.bytes("alerts.jsonl")
        let lines = bytes.split(separator: 0x0A)
        let from = lines[9].startIndex + 150
        for at in from..<from + 20 { bytes[at] = 0 }
        try engine.folder.put("alerts.jsonl", bytes)
        let log = try engine.start()
        #expect(log.seq == 9)
        try finish(engine)
    }

    @Test("a torn file of the same second is not overwritten")
    func tornTwice() throws {
        let engine = try interrupted()
        try engine.folder.append("alerts.jsonl", "first")
        try engine.start()
        engine.die()
        try engine.folder.append("alerts.jsonl", "second")
        try engine.start()
        let torn = try engine.folder.names().filter { $0.contains("torn") }
        #expect(torn == ["alerts.torn-20260104T120000Z", "alerts.torn-20260104T120000Z-1"])
        try finish(engine)
    }

    @Test("a state value cut off or changed at any byte is set aside, and the log is read instead")
    func damagedState() throws {
        for name in ["position", "adopted/0000"] {
            let engine = try interrupted()
            // Adopted records are in the state only after a start.
            try engine.start()
            try engine.checkpoint(done: 8)
            engine.die()
            let committed = engine.state.committed
            let value = try #require(committed[name])
            for cut in 0..<value.count {
                for flip in [false, true] {
                    let copy = try interrupted()
                    copy.state.committed = committed
                    copy.state.committed[name] =
                        flip ? value.enumerated().map { $0 == cut ? $1 ^ 1 : $1 } : Array(value[..<cut])
                    try copy.start()
                    #expect(copy.log?.seq == 12)
                    try finish(copy, to: 16, "\(name), byte \(cut), flipped: \(flip)")
                }
            }
        }
    }

    @Test("a lost chunk of adopted ids is noticed")
    func lostChunk() throws {
        let engine = try interrupted()
        try engine.start()
        try engine.checkpoint(done: 8)
        engine.die()
        engine.state.committed["adopted/0000"] = nil
        try engine.start()
        #expect(engine.log?.adopted.count == 12)
        try finish(engine)
    }

    @Test("without a state, all that the log and its archives hold is taken up")
    func lostState() throws {
        let engine = EngineModel(rotate: ["max_size": "1500", "min_interval": "0s", "keep": 1000])
        try engine.start()
        try engine.run(to: 60)
        try engine.stop()
        engine.state.lose()
        let log = try engine.start()
        #expect(log.adopted.count == 60)
        #expect(log.seq == 60)
        try engine.run(to: 70)
        #expect(log.adopted.isEmpty)
        #expect(log.counts.skipped == 60)
        try engine.stop()
        try engine.folder.expectRecords(70)
        #expect(engine.state.committed.keys.filter { $0.hasPrefix("adopted/") }.isEmpty)
    }

    @Test("adopted ids survive another death before they come again, in every order")
    func adoptedTwice() throws {
        let engine = try interrupted()
        try engine.start()
        try engine.checkpoint(done: 8)
        engine.die()
        let log = try engine.start()
        #expect(log.adopted.count == 4)
        for number in [11, 9, 13, 12, 10] { try log.write(records(number...number)) }
        #expect(log.adopted.isEmpty)
        try engine.checkpoint(done: 13)
        try finish(engine, to: 14)
    }

    @Test("lines of others stay where they are and disturb nothing")
    func foreignLines() throws {
        let engine = try interrupted()
        let foreign = [
            "", "hello", "{\"schema\":\"other/1\",\"id\":\"x\",\"seq\":900}", "{\"schema\":\"wirewatch.alert/1\"}",
            "{\"schema\":\"wirewatch.alert/1\",\"id\":\"a\",\"seq\":0,", "{\"schema\":\"wirewatch.alert/1\",\"id\":\"a",
            "{\"schema\":\"wirewatch.alert/1\",\"id\":\"a\",\"seq\":99999999999999999999999,",
            "\u{FF}\u{0}binary", String(repeating: "long ", count: 5000),
        ]
        let before = try engine.folder.bytes("alerts.jsonl")
        engine.state.lose()
        try engine.folder.put("alerts.jsonl", before + Array((foreign.joined(separator: "\n") + "\n").utf8))
        let log = try engine.start()
        #expect(log.counts.foreign == foreign.count)
        #expect(log.seq == 12)
        try engine.run(to: 15)
        try engine.stop()
        let after = try engine.folder.lines()
        #expect(after.filter { $0.contains("\"rule\":\"orders\"") }.count == 15)
        #expect(after.contains("hello"))
    }

    @Test("records of another kind are counted on, but their ids are not taken for ours")
    func otherKind() throws {
        let engine = try interrupted()
        engine.options = ["path": .string(engine.folder.live), "records": "dead_letters"]
        engine.state.lose()
        let log = try engine.start()
        #expect(log.seq == 12)
        #expect(log.adopted.isEmpty)
    }

    @Test("a file that logrotate renamed before its records were committed is found again")
    func movedBeforeCommit() throws {
        let engine = EngineModel()
        let log = try engine.start()
        try log.write(records(1...4))
        try engine.checkpoint(done: 4)
        try log.write(records(5...8))
        try SystemFileSystem().rename(engine.folder.live, to: engine.folder.live + ".1")
        try log.reopen()
        try log.write(records(9...10))
        engine.die()
        let again = try engine.start()
        #expect(again.seq == 10)
        #expect(again.adopted.count == 6)
        try engine.run(to: 12)
        try engine.stop()
        let lines = try engine.folder.bytes("alerts.jsonl.1") + engine.folder.bytes("alerts.jsonl")
        #expect(lines.split(separator: 0x0A).count == 12)
    }

    @Test("a normal restart reads nothing twice and adopts nothing")
    func restart() throws {
        let engine = EngineModel()
        try engine.start()
        try engine.run(to: 10)
        try engine.stop()
        let log = try engine.start()
        #expect(log.adopted.isEmpty)
        #expect(log.seq == 10)
        try finish(engine)
    }

    @Test("a second owner of a log is refused, and told who has it")
    func secondOwner() throws {
        let engine = EngineModel()
        try engine.start()
        let second = JSONLog(
            try WirewatchTesting.options(JSONLogOptions.self, engine.options), .test(clock: engine.clock))
        do {
            try second.open(MemoryState())
            Issue.record("it was opened twice")
        } catch SinkError.unusable(let message) {
            #expect(message.contains("in use by process "))
            #expect(message.contains("sink 'test'"))
        }
        try engine.stop()
        try second.open(MemoryState())
        try second.close()
    }

    @Test(
        "ids keep their place in the set through removal and the state",
        arguments: [0, 1, 255, 256, 257, 5000])
    func adoptedSet(count: Int) throws {
        let keys = (0..<count).map { RecordKey(id: $0 % 3 == 0 ? "plain \($0)" : hexadecimal($0)) }
        var set = AdoptedRecords(keys + keys)
        #expect(set.count == count)
        let state = CommittedState()
        set.save(to: state)
        for key in keys.prefix(count / 2) { set.remove(key) }
        set.save(to: state)
        let back = try #require(try AdoptedRecords(state, chunkCount: set.chunkCount, count: set.count))
        #expect(Set(back.keys) == Set(keys.dropFirst(count / 2)))
        #expect(keys.allSatisfy { back.contains($0) == set.contains($0) })
    }
}
