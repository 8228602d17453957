import Glibc
import Testing
import WirewatchTesting

/// Takes the daemon down with SIGKILL while it works, again and again.
@Suite(.serialized) struct KillTests {
    @Test("after kill -9 at random moments every record is there exactly once, and none torn")
    func kills() throws {
        let kills = DaemonUnderTest.setting("WIREWATCH_KILLS", default: 15)
        let files = DaemonUnderTest.setting("WIREWATCH_FILES", default: 1500)
        let seed = DaemonUnderTest.setting("WIREWATCH_SEED", default: Int(time(nil)))
        print("kill test: \(kills) kills over \(files) files, WIREWATCH_SEED=\(seed)")
        var random = SeededGenerator(seed: UInt64(seed))
        let daemon = try DaemonUnderTest()
        try daemon.configure(
            rotate: "rotate: {max_size: 200KiB, min_interval: 0s, keep: 100000}", engine: "workers: 2, batch: 4")
        try daemon.deliver(0..<files)

        // The kills are spread over the work: each waits for its own point of progress, then a random moment more.
        let points = (0..<kills).map { _ in random.below(files) }.sorted()
        var early = 0
        var atWork = 0
        for point in points {
            let program = try daemon.start()
            if random.below(5) == 0 {
                early += 1
                usleep(UInt32(random.below(60_000)))
            } else {
                #expect(
                    daemon.waitForSequence(point, program), "progress to \(point): \(daemon.text(of: daemon.output))")
                usleep(UInt32(random.below(20_000)))
            }
            if daemon.lastSequence.map({ $0 < files }) ?? true { atWork += 1 }
            program.kill()
            program.waitForExit()
        }
        print("kill test: \(early) kills while starting, \(atWork) with work left")
        let last = try daemon.start(once: true)
        #expect(last.waitForExit() == 0, "\(daemon.text(of: daemon.output))")
        #expect(try daemon.verdict(0..<files) == [])
    }

    @Test("kill -9 with an fsync for each batch keeps the same promise")
    func killsWithBatchSync() throws {
        let daemon = try DaemonUnderTest()
        try daemon.configure(rotate: "rotate: {max_size: 50KiB, min_interval: 0s, keep: 100000}", fsync: "batch")
        try daemon.deliver(0..<300)
        for point in [0, 40, 90, 91, 200] {
            let program = try daemon.start()
            #expect(daemon.waitForSequence(point, program))
            program.kill()
            program.waitForExit()
        }
        #expect(try daemon.start(once: true).waitForExit() == 0)
        #expect(try daemon.verdict(0..<300) == [])
    }

    @Test("without its state the daemon knows from the logs what was written")
    func lostState() throws {
        let daemon = try DaemonUnderTest()
        try daemon.configure(rotate: "rotate: {max_size: 50KiB, min_interval: 0s, keep: 100000}")
        try daemon.deliver(0..<200)
        #expect(try daemon.start(once: true).waitForExit() == 0)
        Folder.remove(daemon.folder.path + "/state")
        try daemon.deliver(200..<250)
        #expect(try daemon.start(once: true).waitForExit() == 0)
        #expect(try daemon.verdict(0..<250) == [])
    }
}
