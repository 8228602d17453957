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

    @CompactTime public var lastPoll: Timestamp?
    /// The last reply that could be read, or said that nothing changed.
    @CompactTime public var lastSuccess: Timestamp?
    /// The last poll that found new items.
    @CompactTime public var lastArrival: Timestamp?
    /// The last reply with the whole document.
    @CompactTime public var lastWhole: Timestamp?
    /// Not to be asked before: the server's word, the document's, or the wait after a failure.
    @CompactTime public var notBefore: Timestamp?
    /// When the server said 410 Gone.
    @CompactTime public var gone: Timestamp?

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
        var text: [UInt8] = []
        text.reserveCapacity(512)
        func line(_ name: StaticString, _ value: String?) {
            guard var value else { return }
            name.withUTF8Buffer { text.append(contentsOf: $0) }
            text.append(0x20)
            value.withUTF8 { bytes in
                if bytes.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
                    text.append(contentsOf: bytes.filter { $0 != 0x0A && $0 != 0x0D })
                } else {
                    text.append(contentsOf: bytes)
                }
            }
            text.append(0x0A)
        }
        func line(_ name: StaticString, _ time: Timestamp?) { line(name, time.map { String($0.milliseconds) }) }
        func line(_ name: StaticString, _ count: Int) { if count != 0 { line(name, String(count)) } }
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
        return text
    }

    /// Reads what ``encoded`` writes; what is missing or damaged keeps its default.
    public init(encoded bytes: [UInt8]) {
        self.init(url: "")
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            while start < bytes.count {
                var space = start
                while space < bytes.count, bytes[space] > 0x20 { space &+= 1 }
                var end = space
                while end < bytes.count, bytes[end] != 0x0A { end &+= 1 }
                if space < end, bytes[space] == 0x20 {
                    take(
                        Name(bytes: UnsafeBufferPointer(rebasing: bytes[start..<space])),
                        Value(bytes: UnsafeBufferPointer(rebasing: bytes[(space + 1)..<end])))
                }
                start = end &+ 1
            }
        }
    }

    /// A name as it stands in the state, compared without making a string of it; no longer there than the bytes are.
    private struct Name {
        let bytes: UnsafeBufferPointer<UInt8>

        @inline(__always)
        static func ~= (name: StaticString, found: Name) -> Bool {
            guard name.utf8CodeUnitCount == found.bytes.count else { return false }
            return name.withUTF8Buffer { wanted in
                var at = 0
                while at < wanted.count {
                    if wanted[at] != found.bytes[at] { return false }
                    at &+= 1
                }
                return true
            }
        }
    }

    /// What stands behind a name; no longer there than the bytes are.
    private struct Value {
        let bytes: UnsafeBufferPointer<UInt8>

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// As `Int64.init` reads it, without a string; nil for what is no number of at most 18 digits.
        var number: Int64? {
            let isNegative = bytes.first == UInt8(ascii: "-")
            let digits = isNegative ? UnsafeBufferPointer(rebasing: bytes.dropFirst()) : bytes
            guard 1...18 ~= digits.count else { return nil }
            var number: Int64 = 0
            for byte in digits {
                guard byte &- 0x30 < 10 else { return nil }
                number = number &* 10 &+ Int64(byte &- 0x30)
            }
            return isNegative ? -number : number
        }

        var time: Timestamp? {
            // Beyond the year 9999 either way is no time of ours.
            guard let number, number.magnitude < 253_402_300_800_000 else { return nil }
            return Timestamp(milliseconds: number)
        }

        var count: Int { number.map { max(0, min(Int($0), 1 << 60)) } ?? 0 }

        var weight: Double { Double(text).map { $0.isFinite ? min(max(0, $0), 1e12) : 0 } ?? 0 }

        func set(below limit: Int) -> Set<Int> {
            Set(text.split(separator: ",").compactMap { Int($0) }.filter { (0..<limit).contains($0) })
        }
    }

    private mutating func take(_ name: Name, _ value: Value) {
        switch name {
        case "url": url = value.text
        case "moved_to": movedTo = value.text
        case "etag": validators.etag = value.text
        case "last_modified": validators.lastModified = value.text
        case "body": bodyDigest = value.text
        case "last_poll": lastPoll = value.time
        case "last_success": lastSuccess = value.time
        case "last_arrival": lastArrival = value.time
        case "last_whole": lastWhole = value.time
        case "not_before": notBefore = value.time
        case "gone": gone = value.time
        case "failures": failures = min(value.count, 1 << 30)
        case "failure": failure = value.text
        case "unmodified": unmodified = value.count
        case "hint_interval": hints.interval = value.number.map { .milliseconds(min(max(0, $0), 1 << 40)) }
        case "skip_hours": hints.skipHours = value.set(below: 24)
        case "skip_days": hints.skipDays = value.set(below: 7)
        case "quiet": rhythm.time = value.weight
        case "arrivals": rhythm.arrivals = value.weight
        case "documents": documents = UInt32(clamping: value.count)
        case "status": status = value.count
        case "polls": polls = value.count
        case "polls_304": polls304 = value.count
        case "items": items = value.count
        case "bytes": bytes = value.count
        default: break
        }
    }

    private static func list(_ numbers: Set<Int>) -> String? {
        numbers.isEmpty ? nil : numbers.sorted().map(String.init).joined(separator: ",")
    }
}
