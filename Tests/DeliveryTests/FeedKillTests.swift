import Glibc
import Testing
import WirewatchTesting

/// Takes the daemon down with SIGKILL while it polls feeds that get new items all the time.
@Suite(.serialized) struct FeedKillTests {
    @Test("after kill -9 during polls every item is there exactly once, and none torn")
    func kills() throws {
        let kills = DaemonUnderTest.setting("WIREWATCH_FEED_KILLS", default: 10)
        let seed = DaemonUnderTest.setting("WIREWATCH_SEED", default: Int(time(nil)))
        let items = kills * 40
        let feeds = 10
        print("feed kill test: \(kills) kills over \(items) items, WIREWATCH_SEED=\(seed)")
        var random = SeededGenerator(seed: UInt64(seed))
        let server = try ServerScript("growing", String(feeds), String(items))
        defer { server.end() }
        let port = try server.port("http")
        let daemon = try DaemonUnderTest()
        let sources = (0..<feeds).map { feed in
            "- {name: feed-\(feed), type: feed, url: 'http://127.0.0.1:\(port)/feed-\(feed)', every: 1s, adaptive: false, "
                + "first: 1000, max_items: 100000, allow_private_addresses: true}"
        }
        try daemon.configure(
            rotate: "rotate: {max_size: 100KiB, min_interval: 0s, keep: 100000}", engine: "workers: 2, batch: 4",
            sources: sources)

        var early = 0
        var atWork = 0
        for point in (0..<kills).map({ _ in random.below(items) }).sorted() {
            let program = try daemon.start()
            if random.below(4) == 0 {
                early += 1
                usleep(UInt32(random.below(400_000)))
            } else {
                // Polls of ten feeds fall into each second, most of them with news.
                #expect(
                    daemon.waitForSequence(point, program), "progress to \(point): \(daemon.text(of: daemon.output))")
                usleep(UInt32(random.below(150_000)))
            }
            if daemon.lastSequence.map({ $0 < items }) ?? true { atWork += 1 }
            program.kill()
            program.waitForExit()
        }
        print("feed kill test: \(early) kills at random times after the start, \(atWork) with items to come")
        let last = try daemon.start()
        #expect(eventually { daemon.lastSequence.map { $0 >= items } ?? false })
        // Polls go on a while, in which an item taken for new once more would show.
        usleep(2_500_000)
        last.signal(SIGTERM)
        #expect(last.waitForExit() == 0, "\(daemon.text(of: daemon.output))")
        #expect(try daemon.verdict(0..<items) == [])
    }
}
