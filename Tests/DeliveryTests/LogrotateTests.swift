import Glibc
import Testing

/// Other programs that move the log away or follow it, under load.
@Suite(.serialized) struct LogrotateTests {
    @Test("logrotate by rename and SIGUSR1 under load loses nothing")
    func logrotate() throws {
        let daemon = try DaemonUnderTest()
        try daemon.configure(rotate: "rotate: {max_size: 1GiB}")
        let program = try daemon.start()
        let rules = daemon.folder.path + "/logrotate.conf"
        try Folder.write(
            """
            \(daemon.logs)/articles.jsonl \(daemon.logs)/alerts.jsonl {
                rotate 1000
                missingok
                nocreate
                delaycompress
                compress
                su root root
                sharedscripts
                postrotate
                    kill -USR1 \(program.processID)
                endscript
            }

            """, to: rules)
        let rounds = DaemonUnderTest.setting("WIREWATCH_ROTATIONS", default: 12)
        let each = 60
        for round in 0..<rounds {
            try daemon.deliver(round * each..<(round + 1) * each)
            let (code, output) = try Program.run(
                "logrotate", "--force", "--state", daemon.folder.path + "/logrotate.state", rules)
            #expect(code == 0, "\(output)")
            usleep(30_000)
        }
        let all = 0..<rounds * each
        let isRotated = { (name: String) in { (file: String) in file.hasPrefix(name + ".jsonl.") } }
        #expect(eventually { (try? daemon.verdict(all, isRelated: isRotated)) == [] })
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0)
        #expect(try daemon.verdict(all, isRelated: isRotated) == [])
    }

    @Test("tail -F sees every record across our own rotations")
    func tail() throws {
        let daemon = try DaemonUnderTest()
        // tail looks at names now and then (where it has no inotify), so a log must not rotate twice between two looks:
        // that is what min_interval is for.
        try daemon.configure(rotate: "rotate: {max_size: 100KiB, min_interval: 2s, keep: 1000, compress: none}")
        let program = try daemon.start()
        #expect(eventually { Folder.names(in: daemon.logs).contains("articles.jsonl") })
        let followed = daemon.folder.path + "/followed"
        let tail = try Program(["tail", "-n", "+1", "-F", "--sleep-interval=0.1", daemon.log], output: followed)
        for step in 0..<30 {
            try daemon.deliver(step * 40..<(step + 1) * 40)
            usleep(250_000)
        }
        func seen() -> Int { daemon.text(of: followed).ranges(of: "\"schema\":\"wirewatch.article/1\"").count }
        #expect(eventually { seen() == 1200 }, "\(seen()) of 1200 seen")
        tail.kill()
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0)
        #expect(try daemon.verdict(0..<1200) == [])
        #expect(Folder.names(in: daemon.logs).count { $0.hasPrefix("articles-") } >= 2, "it was rotated meanwhile")
    }

    @Test("a storm of SIGHUP, every other one with a broken file, loses nothing")
    func reloads() throws {
        let daemon = try DaemonUnderTest()
        let rotate = "rotate: {max_size: 300KiB, min_interval: 0s, keep: 1000}"
        try daemon.configure(rotate: rotate)
        let program = try daemon.start()
        #expect(eventually { Folder.names(in: daemon.logs).contains("alerts.jsonl") }, "it has read the good file")
        let rounds = DaemonUnderTest.setting("WIREWATCH_RELOADS", default: 30)
        for round in 0..<rounds {
            try daemon.deliver(round * 20..<(round + 1) * 20)
            if round.isMultiple(of: 2) {
                try Folder.write("sources: [{name: broken", to: daemon.configPath)
            } else {
                try daemon.configure(rotate: rotate, fsync: round % 4 == 1 ? "batch" : "interval")
            }
            program.signal(SIGHUP)
            usleep(30_000)
        }
        #expect(
            eventually { daemon.lastSequence.map { $0 >= rounds * 20 } ?? false }, "\(daemon.text(of: daemon.output))")
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0)
        #expect(try daemon.verdict(0..<rounds * 20) == [])
    }
}
