import Glibc
import Testing
import WirewatchKit

@testable import WirewatchCommand

@Suite("What the service manager is told")
struct ServiceManagerTests {
    @Test("Messages arrive whole, by path and by abstract name", arguments: [false, true])
    func messages(isAbstract: Bool) throws {
        let folder = try TestFolder()
        let name = isAbstract ? "@wirewatch-test-\(getpid())-\(folder.path.hashValue)" : folder.path("notify")
        let receiver = try NotifyReceiver(name)
        let manager = ServiceManager(environment: ["NOTIFY_SOCKET": name])
        manager.ready(status: "watching 3 sources")
        #expect(receiver.next() == "READY=1\nSTATUS=watching 3 sources")
        manager.feedWatchdog()
        #expect(receiver.next() == "WATCHDOG=1")
        manager.stopping()
        #expect(receiver.next()?.hasPrefix("STOPPING=1\n") == true)
        manager.reloading()
        let reloading = try #require(receiver.next())
        let lines = reloading.split(separator: "\n")
        #expect(lines.first == "RELOADING=1")
        let time = lines.first { $0.hasPrefix("MONOTONIC_USEC=") }?.dropFirst(15)
        #expect(time.flatMap { Int($0) }.map { $0 > 0 } == true)
    }

    @Test("A line feed in a status makes no assignment of its own")
    func injection() throws {
        let folder = try TestFolder()
        let receiver = try NotifyReceiver(folder.path("notify"))
        ServiceManager(environment: ["NOTIFY_SOCKET": folder.path("notify")]).status("blocked\nREADY=1")
        #expect(receiver.next() == "STATUS=blocked READY=1")
    }

    @Test(
        "Nobody listening is no trouble", arguments: [nil, "", "/nowhere/notify", String(repeating: "x", count: 300)])
    func nobody(path: String?) {
        let manager = ServiceManager(environment: path.map { ["NOTIFY_SOCKET": $0] } ?? [:])
        manager.ready(status: "watching")
        manager.feedWatchdog()
        #expect(manager.isPresent == (path?.isEmpty == false))
    }

    @Test(
        "The watchdog is fed twice as often as it asks",
        arguments: [
            (["WATCHDOG_USEC": "30000000"], Duration.seconds(15)),
            (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "42"], .seconds(15)),
            (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "43"], nil),
            (["WATCHDOG_USEC": "soon"], nil), (["WATCHDOG_USEC": "0"], nil), (["WATCHDOG_USEC": "-5"], nil), ([:], nil),
        ] as [([String: String], Duration?)])
    func watchdog(environment: [String: String], interval: Duration?) {
        #expect(ServiceManager(environment: environment, processID: 42).watchdogInterval == interval)
    }
}

/// A datagram socket that hears what a service says.
final class NotifyReceiver {
    private let descriptor: Int32

    init(_ name: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        guard let address = UnixAddress(name),
            address.withPointer({ bind(descriptor, $0, $1) }) == 0
        else { throw TestError("cannot listen at \(name)") }
    }

    deinit { close(descriptor) }

    /// The next message; nil when none comes within half a minute.
    func next() -> String? {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&poller, 1, 30_000) == 1 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// Skips messages until one holds the text.
    func next(holding text: String) -> String? {
        while let message = next() {
            if message.contains(text) { return message }
        }
        return nil
    }
}
