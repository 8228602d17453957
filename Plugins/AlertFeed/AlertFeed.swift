import Glibc
import WirewatchDelivery
public import WirewatchKit

extension Plugin {
    /// The sink `alert_feed`.
    public static let alertFeed = Plugin.sink(
        "alert_feed", summary: "Keeps the newest alerts in a file as an Atom or JSON feed, for feed readers."
    ) { (options: AlertFeedOptions, context: SinkContext) in
        AlertFeed(options, context)
    }
}

/// A file with the newest alerts.
///
/// The list is kept in the state, and the file is made of it: a reader sees a whole file, before or after.
final class AlertFeed: Sink {
    private let options: AlertFeedOptions
    private let context: SinkContext
    /// Ascending by number, the newest last.
    private var items: [(number: UInt64, alert: Alert)] = []
    private var lastNumber: UInt64 = 0
    private var unsaved: [UInt64] = []
    private var removed: [UInt64] = []
    private var isStale = false
    private var updated: Timestamp
    private var written = 0

    init(_ options: AlertFeedOptions, _ context: SinkContext) {
        self.options = options
        self.context = context
        updated = context.clock.now()
    }

    var accepts: Set<RecordKind> { [.alerts] }

    func open(_ state: any StateAccess) throws {
        for (key, value) in try state.entries(prefix: "i/") {
            guard let number = UInt64(key.dropFirst(2), radix: 16), let alert = try? Alert(json: value) else {
                continue
            }
            items.append((number, alert))
            lastNumber = max(lastNumber, number)
        }
        updated = items.last?.alert.time ?? updated
        trim()
        try write()
    }

    func write(_ records: [Record]) throws {
        for case .alert(let alert) in records where options.filter.admits(alert) {
            // What a crash brought back is there once.
            guard !items.contains(where: { $0.alert.id == alert.id }) else { continue }
            lastNumber += 1
            items.append((lastNumber, alert))
            unsaved.append(lastNumber)
            updated = max(updated, alert.time)
            isStale = true
        }
        trim()
    }

    func checkpoint(_ state: any StateAccess) throws {
        if isStale { try write() }
        for (number, alert) in items where unsaved.contains(number) {
            var json = JSONWriter(capacity: 1024)
            alert.write(to: &json, seq: nil)
            state.set(Self.key(number), json.take())
        }
        for number in removed { state.remove(Self.key(number)) }
        unsaved = []
        removed = []
    }

    var status: [(name: String, value: String)] {
        [("file", options.path), ("items", String(items.count)), ("written", String(written))]
    }

    private func trim() {
        let excess = items.count - options.maxItems
        guard excess > 0 else { return }
        removed += items.prefix(excess).map(\.number)
        items.removeFirst(excess)
    }

    private static func key(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return "i/" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Writes a file beside the feed and puts it in its place.
    private func write() throws {
        let bytes = FeedWriter(options: options, name: context.name).bytes(
            items.reversed().map(\.alert), updated: updated)
        try makeFolder()
        let temporary = options.path + ".tmp"
        func blocked(_ what: String) -> SinkError {
            let code = errno
            unlink(temporary)
            return .blocked("cannot \(what) \(options.path): \(String(cString: strerror(code)))")
        }
        let file = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, options.mode)
        guard file >= 0 else { throw blocked("write") }
        defer { Glibc.close(file) }
        // The mask of the process may be narrower than what was asked for.
        fchmod(file, options.mode)
        var at = 0
        while at < bytes.count {
            let count = bytes[at...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw blocked("write") }
            at += count
        }
        guard fsync(file) == 0 else { throw blocked("write") }
        guard rename(temporary, options.path) == 0 else { throw blocked("replace") }
        isStale = false
        written += 1
    }

    private func makeFolder() throws {
        let parts = options.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        var folder = ""
        for part in parts {
            folder += part + "/"
            if folder != "/", mkdir(folder, 0o755) != 0, errno != EEXIST {
                throw SinkError.blocked("cannot make the folder \(folder): \(String(cString: strerror(errno)))")
            }
        }
    }
}
