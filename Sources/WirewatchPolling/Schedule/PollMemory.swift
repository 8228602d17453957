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
