import Glibc
import Testing

/// An order to stop may come at any time, most of all from a service manager that has just started something.
@Suite(.serialized) struct StopTests {
    @Test("an order to stop that comes while the daemon starts is obeyed")
    func whileStarting() throws {
        for step in 0..<16 {
            let daemon = try DaemonUnderTest()
            try daemon.configure(rotate: "rotate: {max_size: 1MiB}")
            let program = try daemon.start()
            usleep(UInt32(step * 15_000))
            program.signal(SIGTERM)
            for _ in 0..<600 where program.isRunning { usleep(50_000) }
            #expect(!program.isRunning, "sent \(step * 15) ms after the start")
        }
    }
}
