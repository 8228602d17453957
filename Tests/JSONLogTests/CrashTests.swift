import Glibc
import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchJSONLog

@Suite("Exactly once")
struct CrashTests {
    /// Small files, so that a short run rotates often; compression on.
    private func engine() -> EngineModel {
        EngineModel(rotate: ["max_size": "1500", "min_interval": "0s", "keep": 1000])
    }

    @Test("a run without accidents writes each record once, over many files")
    func undisturbed() throws {
        let engine = engine()
        try engine.start()
        try engine.run(to: 40)
        try engine.stop()
        try engine.folder.expectRecords(40)
        #expect(try engine.folder.logFiles().count > 5)
        #expect(try engine.folder.logFiles().contains { $0.hasSuffix(".gz") })
    }

    @Test(
        "the process may die at any call, whole or half-way, once or twice", arguments: [false, true], [false, true])
    func deathEverywhere(halfWritten: Bool, twice: Bool) throws {
        var at = 0
        var deaths = 0
        while true {
            at += 1
            let engine = engine()
            let files = FaultyFileSystem(.death(at: at, halfWritten: halfWritten))
            do {
                try engine.start(files)
                try engine.run(to: 24)
            } catch {
                try #require(files.isDead, "\(error)")
            }
            if !files.isDead { break }
            deaths += 1
            if twice {
                // Again during the take-up, at a point that moves along with the first.
                let again = FaultyFileSystem(.death(at: at % 17 + 1, halfWritten: halfWritten))
                do {
                    try engine.start(again)
                    try engine.checkpoint(done: engine.state.done)
                    try engine.run(to: 24)
                } catch {
                    try #require(again.isDead, "\(error)")
                }
            }
            try engine.start()
            try engine.run(to: 24)
            try engine.stop()
            try engine.folder.expectRecords(24, "death at \(at)")
            let left = try engine.folder.names().filter { $0.hasSuffix(".tmp") }
            #expect(left.isEmpty, "death at \(at)")
        }
        #expect(deaths > 80)
    }

    @Test("any call may fail once, for any reason", arguments: [ENOSPC, EIO, EACCES, EMFILE, EPERM])
    func failureEverywhere(code: Int32) throws {
        var at = 0
        while true {
            at += 1
            let engine = engine()
            let files = FaultyFileSystem(.failure(at: at, code: code))
            do { try engine.start(files) } catch {
                // Refused at the start: it says so, and starts when the cause is gone.
                try #require(error is SinkError, "\(error)")
                try engine.start()
            }
            try engine.run(to: 24)
            try engine.stop()
            try engine.folder.expectRecords(24, "failure at \(at)")
            if !files.happened { break }
        }
        #expect(at > 80)
    }

    @Test("any call may fail, and the process die a few calls later", arguments: [ENOSPC, EIO])
    func failureThenDeath(code: Int32) throws {
        for at in stride(from: 1, through: 140, by: 1) {
            let engine = engine()
            let files = FaultyFileSystem(.failure(at: at, code: code))
            do {
                try engine.start(files)
                try engine.run(
                    to: 24,
                    group: { groups in
                        if files.happened, groups % 3 == 0 { files.bury() }
                        return groups % 4 + 1
                    })
            } catch {}
            try engine.start()
            try engine.run(to: 24)
            try engine.stop()
            try engine.folder.expectRecords(24, "failure at \(at)")
        }
    }

    @Test("two thousand records and random deaths", arguments: [1, 2, 3, 4])
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let engine = EngineModel(rotate: [
            "max_size": "4KiB", "min_interval": "0s", "keep": 100_000, "compress": "none",
        ])
        var deaths = 0
        while engine.state.done < 2000 {
            let files = FaultyFileSystem(.death(at: Int(random.next() % 160) + 1, halfWritten: random.next() % 2 == 0))
            do {
                try engine.start(files)
                try engine.run(to: 2000, group: { _ in Int(random.next() % 9) + 1 })
            } catch {
                try #require(files.isDead, "\(error)")
                deaths += 1
            }
        }
        try engine.start()
        try engine.stop()
        try engine.folder.expectRecords(2000)
        #expect(deaths > 10)
    }
}
