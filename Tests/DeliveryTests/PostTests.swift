import Glibc
import Testing
import WirewatchTesting

/// Posts articles to the daemon and takes it down with SIGKILL as soon as it has answered.
@Suite(.serialized) struct PostTests {
    private static let token = "0123456789abcdef-delivery"

    @Test("what was answered with 200 is in the log after kill -9, exactly once, and so is what is sent again")
    func kills() throws {
        let kills = DaemonUnderTest.setting("WIREWATCH_POST_KILLS", default: 20)
        let seed = DaemonUnderTest.setting("WIREWATCH_SEED", default: Int(time(nil)))
        print("post test: \(kills) kills, WIREWATCH_SEED=\(seed)")
        var random = SeededGenerator(seed: UInt64(seed))
        let daemon = try DaemonUnderTest()
        try configure(daemon)
        var answered = 0
        var unanswered: [Int] = []
        var next = 0
        for _ in 0..<kills {
            let program = try daemon.start()
            let port = try port(of: daemon)
            // Those that were not answered are sent again, beside new ones.
            let numbers = unanswered + Array(next..<(next + 1 + random.below(12)))
            next = (numbers.max() ?? next) + 1
            let clients = numbers.map { ($0, PostClient(port: port, body: Self.article($0), token: Self.token)) }
            // From none, the moment after sending, to all.
            let awaited = random.below(numbers.count + 1)
            for (_, client) in clients.prefix(awaited) {
                #expect(client?.status() == 200, "\(daemon.text(of: daemon.output))")
            }
            program.kill()
            program.waitForExit()
            answered += awaited
            unanswered = Array(numbers[awaited...])
        }
        print("post test: \(answered) answered before a kill, \(next) in all")
        let program = try daemon.start()
        let port = try port(of: daemon)
        for number in unanswered {
            #expect(PostClient(port: port, body: Self.article(number), token: Self.token)?.status() == 200)
        }
        // Whatever was answered long ago is still known.
        #expect(PostClient(port: port, body: Self.article(0), token: Self.token)?.status() == 200)
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0, "\(daemon.text(of: daemon.output))")
        #expect(try daemon.verdict(0..<next) == [])
    }

    @Test("what was answered before a kill is in the log before anything is sent again")
    func atOnce() throws {
        let daemon = try DaemonUnderTest()
        try configure(daemon)
        for number in 0..<5 {
            let program = try daemon.start()
            let client = PostClient(port: try port(of: daemon), body: Self.article(number), token: Self.token)
            #expect(client?.status() == 200)
            program.kill()
            program.waitForExit()
            #expect(try daemon.verdict(0..<(number + 1)) == [])
        }
    }

    private func configure(_ daemon: DaemonUnderTest) throws {
        try daemon.configure(rotate: "rotate: {max_size: 20KiB, min_interval: 0s, keep: 100000}")
        let text = daemon.text(of: daemon.configPath)
            .replacing("sources:\n", with: "sources:\n  - {name: desk, type: http, token: \(Self.token)}\n")
        try Folder.write(text + "\nlisten: {address: '127.0.0.1:0'}\n", to: daemon.configPath)
    }

    /// Where the run that was started last listens; its output is emptied, so that the next run's is its own.
    private func port(of daemon: DaemonUnderTest) throws -> UInt16 {
        for _ in 0..<6000 {
            for line in daemon.text(of: daemon.output).split(separator: "\n")
            where line.contains("listening on http://") {
                guard let port = line.split(separator: ":").last.flatMap({ UInt16($0.dropLast()) }) else { continue }
                truncate(daemon.output, 0)
                // The listener is there a moment before the source is, and says 503 meanwhile.
                while PostClient(port: port, body: "", token: "a stranger's")?.status() == 503 { usleep(1000) }
                return port
            }
            usleep(10_000)
        }
        throw Program.Failure(description: "it does not listen: \(daemon.text(of: daemon.output))")
    }

    private static func article(_ number: Int) -> String {
        "{\"id\": \"\(number)\", \"title\": \"Delivery report number \(number)\", "
            + "\"body\": \"The delivery of parcel \(number) was made by a machine that counts what it carries.\"}"
    }
}
