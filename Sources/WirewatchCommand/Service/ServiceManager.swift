import Glibc
import WirewatchKit

/// Tells the service manager how the daemon is (sd_notify(3)), and how often it wants to hear of it.
///
/// Spoken straight to the socket, which is twelve lines; libsystemd would bring nothing but a dependency. Without a
/// NOTIFY_SOCKET every message goes nowhere. Safe to use from any thread.
struct ServiceManager: Sendable {
    private let socketPath: String?
    /// How often the watchdog must be fed: half of what WATCHDOG_USEC allows (sd_watchdog_enabled(3)); nil when it is
    /// not asked for.
    let watchdogInterval: Duration?

    init(environment: [String: String], processID: Int32 = getpid()) {
        socketPath = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isMeant = environment["WATCHDOG_PID"].map { $0 == String(processID) } ?? true
        if isMeant, let microseconds = environment["WATCHDOG_USEC"].flatMap({ Int64($0) }), microseconds > 0 {
            watchdogInterval = .microseconds(microseconds / 2)
        } else {
            watchdogInterval = nil
        }
    }

    var isPresent: Bool { socketPath != nil }

    func ready(status: String) { send(["READY=1", "STATUS=\(status)"]) }

    /// To be followed by ``ready(status:)`` when the reload is done. The time lets `Type=notify-reload` tell it apart
    /// from an earlier one.
    func reloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let microseconds = time.tv_sec * 1_000_000 + time.tv_nsec / 1000
        send(["RELOADING=1", "MONOTONIC_USEC=\(microseconds)", "STATUS=reloading the configuration"])
    }

    func stopping() { send(["STOPPING=1", "STATUS=stopping: finishing what is in hand"]) }
    func status(_ text: String) { send(["STATUS=\(text)"]) }
    func feedWatchdog() { send(["WATCHDOG=1"]) }

    /// One datagram; a failure is ignored, as sd_notify's users do: the manager's time limits take care of it.
    @discardableResult
    private func send(_ assignments: [String]) -> Bool {
        guard let address = socketPath.flatMap({ UnixAddress($0) }) else { return false }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // A line feed would begin another assignment.
        let text = assignments.map { TerminalText.safe($0) }.joined(separator: "\n")
        let bytes = Array(text.utf8)
        let sent = address.withPointer {
            sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, $1)
        }
        return sent == bytes.count
    }
}
