import Glibc
import Testing

/// A disk that fills up, made of a small tmpfs; mounting one needs root.
@Suite(.serialized, .enabled(if: getuid() == 0, "needs root to mount a tmpfs")) struct FullDiskTests {
    @Test("a full disk loses nothing and the daemon resumes by itself", arguments: ["state", "logs/state"])
    func fullDisk(state: String) throws {
        let daemon = try DaemonUnderTest()
        let mount = try Program.run("mount", "-t", "tmpfs", "-o", "size=1m", "none", daemon.logs)
        try #require(mount.code == 0, "\(mount.output)")
        defer { _ = try? Program.run("umount", "-l", daemon.logs) }
        try daemon.configure(
            rotate: "rotate: {max_size: 300KiB, min_interval: 0s, keep: 1000, compress: none}", state: state)
        let count = 1500
        try daemon.deliver(0..<count, padding: 900)
        let program = try daemon.start()
        #expect(eventually { daemon.text(of: daemon.output).contains("cannot") }, "it says that it cannot write")
        usleep(1_500_000)
        #expect(program.isRunning)
        let complaints = daemon.text(of: daemon.output).split(separator: "\n").count
        #expect(complaints < 20, "one clear message, no flood")
        let grown = try Program.run("mount", "-o", "remount,size=256m", daemon.logs)
        #expect(grown.code == 0, "\(grown.output)")
        #expect(eventually { daemon.lastSequence.map { $0 >= count } ?? false }, "\(daemon.text(of: daemon.output))")
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0)
        #expect(try daemon.verdict(0..<count) == [])
    }
}

/// Polls for up to a minute and a half, longer than the longest pause between two attempts to write.
func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<9000 {
        if condition() { return true }
        usleep(10_000)
    }
    return condition()
}
