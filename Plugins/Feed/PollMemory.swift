import WirewatchHTTP
import WirewatchKit

/// What is remembered of a feed from poll to poll, and across restarts.
struct PollMemory: Sendable, Equatable {
    /// The configured URL that all of this is about.
    var url = ""
    /// Where the feed has moved for good.
    var movedTo: String?
    var validators = Validators()
    /// A digest of the last body, to tell a reply without news at once.
    var bodyDigest: String?

    var lastPoll: Timestamp?
    /// The last reply that was a feed, or said that nothing changed.
    var lastSuccess: Timestamp?
    /// The last poll that found new items.
    var lastArrival: Timestamp?
    /// The last reply with the whole feed.
    var lastWhole: Timestamp?
    /// Not to be asked before: the server's word, the feed's, or the wait after a failure.
    var notBefore: Timestamp?
    /// When the server said 410 Gone.
    var gone: Timestamp?

    /// Failed polls in a row, and why the last one failed.
    var failures = 0
    var failure: String?
    /// 304 in a row.
    var unmodified = 0
    var hints = FeedHints()
    var rhythm = FeedRhythm()
    /// The count of documents that changed what is known of items; ``KnownItems`` count by it.
    var documents: UInt32 = 0

    var status = 0
    var polls = 0
    var polls304 = 0
    var items = 0
    var bytes = 0

    static let key = "poll"

    /// Nothing known of the feed yet.
    init(url: String) { self.url = url }
}

/// What a feed itself asks of those who poll it.
struct FeedHints: Sendable, Equatable {
    /// The least time between polls.
    var interval: Duration?
    /// Hours of the day (UTC) at which not to poll.
    var skipHours: Set<Int> = []
    /// Days of the week (UTC), Monday is 0.
    var skipDays: Set<Int> = []
}

/// One `name value` a line: header values hold no line ends, and whoever looks into the state can read it.
extension PollMemory {
    var encoded: [UInt8] {
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
    init(encoded bytes: [UInt8]) {
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
        rhythm = FeedRhythm(time: weight("quiet"), arrivals: weight("arrivals"))
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
