import Glibc
import Synchronization
import Testing
import WirewatchTesting

/// Takes the daemon down with SIGKILL while it delivers to a receiver that fails now and then.
@Suite(.serialized) struct WebhookKillTests {
    private final class Receiver: Sendable {
        private let state = Mutex((taken: [String](), random: SeededGenerator(seed: 9)))

        /// Whether it takes this one; one time in three it fails, one in six without a reply.
        func take(_ id: String) -> LoopbackServer.Reply {
            state.withLock { state in
                let choice = state.random.below(6)
                var reply = LoopbackServer.Reply(choice < 2 ? 500 : 200)
                reply.hangsUp = choice == 2
                if choice >= 2 { state.taken.append(id) }
                return reply
            }
        }

        var taken: [String] { state.withLock { $0.taken } }
    }

    @Test("every alert of the log reaches the receiver through kill -9, and what comes again has the same key")
    func kills() throws {
        let kills = DaemonUnderTest.setting("WIREWATCH_WEBHOOK_KILLS", default: 12)
        let seed = DaemonUnderTest.setting("WIREWATCH_SEED", default: Int(time(nil)))
        print("webhook kill test: \(kills) kills, WIREWATCH_SEED=\(seed)")
        var random = SeededGenerator(seed: UInt64(seed))
        let receiver = Receiver()
        let server = try LoopbackServer(requests: { request, _ in
            receiver.take(request.headers["idempotency-key"].map { String($0.dropFirst().dropLast()) } ?? "?")
        })
        let daemon = try DaemonUnderTest()
        try daemon.configure(rotate: "rotate: {max_size: 1MiB}")
        let text = daemon.text(of: daemon.configPath).replacing(
            "sinks:\n",
            with: """
                sinks:
                  - {name: hook, type: webhook, url: '\(server.url("/hook"))', retry: {initial: 100ms, max: 500ms}}

                """)
        try Folder.write(text, to: daemon.configPath)
        var next = 0
        for _ in 0..<kills {
            let program = try daemon.start()
            let count = 1 + random.below(15)
            try daemon.deliver(next..<(next + count))
            next += count
            usleep(UInt32(200_000 + random.below(2_000_000)))
            program.kill()
            program.waitForExit()
        }
        let program = try daemon.start()
        let expected = next
        for _ in 0..<1200 where Set(receiver.taken).count < expected { usleep(50_000) }
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0, "\(daemon.text(of: daemon.output))")
        #expect(try daemon.verdict(0..<next) == [])
        let mark = "\"id\":\""
        let lines = daemon.text(of: daemon.logs + "/alerts.jsonl").split(separator: "\n")
        let logged = lines.compactMap { line -> String? in
            guard let found = line.ranges(of: mark).first else { return nil }
            return String(line[found.upperBound...].prefix(32))
        }
        let taken = receiver.taken
        #expect(Set(taken) == Set(logged))
        #expect(logged.count == next)
        print("webhook kill test: \(next) alerts, \(taken.count - Set(taken).count) came twice, with their keys")
    }
}
