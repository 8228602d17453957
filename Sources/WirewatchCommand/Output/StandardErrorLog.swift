import Glibc
import Synchronization
import WirewatchKit

/// Log lines on standard error: for people, or with the priorities that journald reads (sd-daemon(3)).
///
/// One write(2) a line, so that lines of different threads do not mix; control characters are escaped, so that what an
/// article says cannot forge a line.
struct StandardErrorLog: LogHandler {
    enum Form: Sendable {
        /// `12:00:03 warning seeds: …`
        case human(TerminalText)
        /// `<4>seeds: …`
        case journal
    }

    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    /// What ``LogThreshold`` says at the time, unless this copy was given a level of its own.
    var logLevel: Logger.Level {
        get { ownLevel ?? LogThreshold.current }
        set { ownLevel = newValue }
    }
    private var ownLevel: Logger.Level?
    private let form: Form
    private let descriptor: Int32

    init(form: Form, level: Logger.Level? = nil, descriptor: Int32 = STDERR_FILENO) {
        self.form = form
        self.ownLevel = level
        self.descriptor = descriptor
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata.merging(metadataProvider?.get() ?? [:]) { own, _ in own }
        all.merge(event.metadata ?? [:]) { _, new in new }
        var text = "\(event.message)"
        if let error = event.error { text += ": \(error)" }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) { text += " \(key)=\(value)" }
        let line = Self.line(TerminalText.safe(text), event.level, form, now: SystemClock().now())
        // A log that cannot be written has nowhere to say so.
        _ = StandardOutput.writeAll(Array(line.utf8), to: descriptor)
    }

    static func line(_ text: String, _ level: Logger.Level, _ form: Form, now: Timestamp) -> String {
        switch form {
        case .journal: return "<\(priority(level))>\(text)\n"
        case .human(let terminal):
            let time = terminal.paint(String(AlertText.time(now).dropFirst(11)), .dim)
            return switch level {
            case .trace, .debug: "\(time) \(terminal.paint("\(level): \(text)", .dim))\n"
            case .info: "\(time) \(text)\n"
            case .notice: "\(time) \(terminal.paint(text, .heading))\n"
            case .warning: "\(time) \(terminal.paint("warning:", .warning)) \(text)\n"
            case .error, .critical: "\(time) \(terminal.paint("\(level):", .bad)) \(text)\n"
            }
        }
    }

    /// The priorities of syslog(3).
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}

/// From which level on lines are written: the same for all copies of the log, so that a reload can change it.
enum LogThreshold {
    private static let fromEnvironment = Environment.variable("WIREWATCH_LOG_LEVEL").flatMap {
        Logger.Level(rawValue: $0)
    }
    private static let index = Atomic<Int>(Logger.Level.allCases.firstIndex(of: .info) ?? 0)

    static var current: Logger.Level {
        fromEnvironment ?? Logger.Level.allCases[index.load(ordering: .relaxed)]
    }

    static func set(_ level: Logger.Level) {
        // allCases holds every case.
        index.store(Logger.Level.allCases.firstIndex(of: level) ?? 0, ordering: .relaxed)
    }
}

extension Logger {
    /// The command's own log on standard error.
    ///
    /// - Parameter level: nil leaves it at `info`; WIREWATCH_LOG_LEVEL outdoes both.
    static func standardError(_ label: String = "wirewatch", level: Level? = nil) -> Logger {
        if let level { LogThreshold.set(level) }
        let form: StandardErrorLog.Form =
            Environment.isUnderSystemd && !Terminal.isTerminal(STDERR_FILENO)
            ? .journal : .human(Terminal.text(for: STDERR_FILENO))
        return Logger(label: label) { _ in
            StandardErrorLog(form: form)
        }
    }
}
