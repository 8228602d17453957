internal import Glibc
public import WirewatchKit

extension Plugin {
    /// The sink `console`.
    public static let console = Plugin.sink(
        "console", summary: "Prints alerts for people on standard output, with the text that matched."
    ) { (options: ConsoleOptions, context: SinkContext) in
        Console(options, log: context.log)
    }
}

/// Prints alerts for people.
///
/// What is on a screen cannot be taken back, so after a crash an alert that was printed but not committed is printed
/// again; the logs are where each is once.
public final class Console: Sink {
    private let minimum: Alert.Severity
    private let text: AlertText
    private let descriptor: Int32
    private let log: Logger
    private var isClosed = false
    private var printed = 0

    /// - Parameter descriptor: where to print; 1, standard output, unless told otherwise. It stays the caller's.
    public init(_ options: ConsoleOptions, log: Logger, descriptor: Int32 = 1) {
        minimum = options.minimum
        self.descriptor = descriptor
        self.log = log
        let isColored =
            switch options.color {
            case .always: true
            case .never: false
            // https://no-color.org: set and not empty.
            case .auto: isatty(descriptor) == 1 && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
            }
        text = AlertText(TerminalText(colored: isColored))
    }

    /// A reader that went away (EPIPE) ends the printing, not the daemon: the logs go on.
    public func write(_ records: [Record]) throws {
        guard !isClosed else { return }
        var lines = ""
        var count = 0
        for case .alert(let alert) in records where alert.held == nil && alert.severity >= minimum {
            lines += text.lines(alert)
            count += 1
        }
        guard count > 0 else { return }
        try writeAll(Array(lines.utf8))
        printed += count
    }

    public var status: [(name: String, value: String)] { [("printed", String(printed))] }

    private func writeAll(_ bytes: [UInt8]) throws {
        var at = 0
        while at < bytes.count {
            let count = bytes[at...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                at += count
            } else if errno == EAGAIN {
                var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&poller, 1, 1000)
            } else if errno == EPIPE || errno == EIO || errno == EBADF {
                // EIO is what a terminal says that was closed.
                isClosed = true
                log.notice("nobody reads the console any more; alerts go to the other sinks only")
                return
            } else if errno != EINTR {
                // Part of the text may be on the screen; it comes again as a whole.
                throw SinkError.blocked("cannot write to the console: \(String(cString: strerror(errno)))")
            }
        }
    }
}
