public import WirewatchHTTP
public import WirewatchKit

/// What is remembered of a source from poll to poll, and across restarts.
public struct PollMemory: Sendable, Equatable {
    /// The configured URL that all of this is about.
    public var url = ""
    /// Where it has moved for good.
    public var movedTo: String?
    public var validators = Validators()
    /// A digest of the last body, to tell a reply without news at once.
    public var bodyDigest: String?

    public var lastPoll: Timestamp?
    /// The last reply that could be read, or said that nothing changed.
    public var lastSuccess: Timestamp?
    /// The last poll that found new items.
    public var lastArrival: Timestamp?
    /// The last reply with the whole document.
    public var lastWhole: Timestamp?
    /// Not to be asked before: the server's word, the document's, or the wait after a failure.
    public var notBefore: Timestamp?
    /// When the server said 410 Gone.
    public var gone: Timestamp?

    /// Failed polls in a row, and why the last one failed.
    public var failures = 0
    public var failure: String?
    /// 304 in a row.
    public var unmodified = 0
    public var hints = PollHints()
    public var rhythm = PollRhythm()
    /// The count of documents that changed what is known of items; ``KnownItems`` count by it.
    public var documents: UInt32 = 0

    /// Of the last reply; 0 when there was none.
    public var status = 0
    public var polls = 0
    public var polls304 = 0
    /// Yielded.
    public var items = 0
    /// Of replies, as they came over the wire.
    public var bytes = 0

    /// Under this key it is in a source's state.
    public static let key = "poll"

    /// Nothing known yet.
    public init(url: String) { self.url = url }
}

/// What a document itself asks of those who poll it.
public struct PollHints: Sendable, Equatable {
    /// The least time between polls.
    public var interval: Duration?
    /// Hours of the day (UTC) at which not to poll.
    public var skipHours: Set<Int> = []
    /// Days of the week (UTC), Monday is 0.
    public var skipDays: Set<Int> = []

    public init(interval: Duration? = nil, skipHours: Set<Int> = [], skipDays: Set<Int> = []) {
        self.interval = interval
        self.skipHours = skipHours
        self.skipDays = skipDays
    }
}

/// One `name value` a line: header values hold no line ends, and whoever looks into the state can read it.
extension PollMemory {
    /// As it is stored.
    public var encoded: [UInt8] {
        var text = ""
        func line(_ name: String, _ value: String?) {
            guard let value else { return }
            let oneLine = String.UnicodeScalarView(value.unicodeScalars.filter { $0 != "\n" && $0 != "\r" })
            text += name + " " + String(oneLine) + "\n"
        }
        func line(_ name: String, _ time: Timestamp?) { line(name, time.map { String($0.milliseconds) }) }
        func line(_ name: String, _ count: Int) { if count != 0 { line(name, String(count)) } }
        line("url", url)
        line("moved_to", movedTo)
        line("etag", validators.etag)
        line("last_modified", validators.lastModified)
        line("body", bodyDigest)
        line("last_poll", lastPoll)
        line("last_success", lastSuccess)
        line("last_arrival", lastArrival)
        line("last_whole", lastWhole)
        line("not_before", notBefore)
        line("gone", gone)
        line("failures", failures)
        line("failure", failure)
        line("unmodified", unmodified)
        line("hint_interval", hints.interval.map { String($0.milliseconds) })
        line("skip_hours", Self.list(hints.skipHours))
        line("skip_days", Self.list(hints.skipDays))
        line("quiet", String(rhythm.time))
        line("arrivals", String(rhythm.arrivals))
        line("documents", Int(documents))
        line("status", status)
        line("polls", polls)
        line("polls_304", polls304)
        line("items", items)
        line("bytes", bytes)
        return Array(text.utf8)
    }

    /// Reads what ``encoded`` writes; what is missing or damaged keeps its default.
    public init(encoded bytes: [UInt8]) {
        var values: [Substring: String] = [:]
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(separator: "\n") {
            guard let space = line.firstIndex(of: " ") else { continue }
            values[line[..<space]] = String(line[line.index(after: space)...])
        }
        func time(_ name: Substring) -> Timestamp? {
            // Beyond the year 9999 either way is no time of ours.
            values[name].flatMap { Int64($0) }.flatMap {
                abs($0) < 253_402_300_800_000 ? Timestamp(milliseconds: $0) : nil
            }
        }
        func count(_ name: Substring) -> Int { values[name].flatMap { Int($0) }.map { max(0, min($0, 1 << 60)) } ?? 0 }
        func set(_ name: Substring, below limit: Int) -> Set<Int> {
            Set((values[name] ?? "").split(separator: ",").compactMap { Int($0) }.filter { (0..<limit).contains($0) })
        }
        func weight(_ name: Substring) -> Double {
            values[name].flatMap { Double($0) }.map { $0.isFinite ? min(max(0, $0), 1e12) : 0 } ?? 0
        }
        self.init(url: values["url"] ?? "")
        movedTo = values["moved_to"]
        validators = Validators(etag: values["etag"], lastModified: values["last_modified"])
        bodyDigest = values["body"]
        lastPoll = time("last_poll")
        lastSuccess = time("last_success")
        lastArrival = time("last_arrival")
        lastWhole = time("last_whole")
        notBefore = time("not_before")
        gone = time("gone")
        failures = min(count("failures"), 1 << 30)
        failure = values["failure"]
        unmodified = count("unmodified")
        hints.interval = values["hint_interval"].flatMap { Int64($0) }.map { .milliseconds(min(max(0, $0), 1 << 40)) }
        hints.skipHours = set("skip_hours", below: 24)
        hints.skipDays = set("skip_days", below: 7)
        rhythm = PollRhythm(time: weight("quiet"), arrivals: weight("arrivals"))
        documents = UInt32(clamping: count("documents"))
        status = count("status")
        polls = count("polls")
        polls304 = count("polls_304")
        items = count("items")
        self.bytes = count("bytes")
    }

    private static func list(_ numbers: Set<Int>) -> String? {
        numbers.isEmpty ? nil : numbers.sorted().map(String.init).joined(separator: ",")
    }
}
