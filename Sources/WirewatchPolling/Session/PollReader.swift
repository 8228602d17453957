public import WirewatchHTTP
public import WirewatchKit

/// What a source makes of the replies that ``PollSession`` fetches for it.
public protocol PollReader: Sendable {
    /// What is polled, for messages: `feed`.
    var subject: String { get }
    /// The `Accept` field of requests.
    var accept: String { get }
    /// Whether robots.txt decides about the polled URL itself, as it does for pages. Default no: a feed is for programs.
    var obeysRobots: Bool { get }

    /// Reads a reply with a body (status 200, 203 or 226). An error makes it a failed poll.
    ///
    /// Called on any thread, for one document of a source at a time; not called for a body that is the same as before.
    func read(_ response: HTTPResponse, _ situation: PollSituation) throws -> PollFindings

    /// Why a reply could not be read, and what to do.
    func explanation(_ error: any Error, of response: HTTPResponse) -> String
}

extension PollReader {
    public var obeysRobots: Bool { false }

    public func explanation(_ error: any Error, of response: HTTPResponse) -> String {
        let type = response.headers["content-type"].map { ContentType(header: $0).essence } ?? "no content type"
        let advice =
            type == "text/html"
            ? "; it is a web page: look there for a link to the \(subject)" : "; open the URL to see what it sends"
        return
            "\(response.url.redacted): the reply (\(type), \(response.body.count) bytes) is no \(subject): \(error)\(advice)"
    }
}

/// What a reader is told besides the reply.
public struct PollSituation: Sendable {
    /// What the last findings left behind (``PollFindings/known``); nil at the first poll.
    public var known: [UInt8]?
    /// The number of this document, for ``KnownItems``: counts those with news.
    public var document: UInt32
    public var now: Timestamp
    /// Whether the reply was pushed to us instead of polled.
    public var isPushed: Bool

    public init(known: [UInt8]?, document: UInt32, now: Timestamp, isPushed: Bool = false) {
        self.known = known
        self.document = document
        self.now = now
        self.isPushed = isPushed
    }
}

/// What a reader found.
public struct PollFindings: Sendable {
    /// What is to be yielded, oldest first.
    public var items: [PollItem]
    /// How many of them are news since the last poll, for the rhythm: none at the first poll.
    public var arrivals: Int
    /// What to remember; becomes durable with the last item, under ``KnownItems/key``.
    public var known: [UInt8]
    /// What the document itself asks of those who poll it.
    public var hints: PollHints
    /// To be added to figures of `wirewatch status`, by name.
    public var counts: [String: Int]

    public init(
        items: [PollItem], arrivals: Int, known: [UInt8], hints: PollHints = PollHints(), counts: [String: Int] = [:]
    ) {
        self.items = items
        self.arrivals = arrivals
        self.known = known
        self.hints = hints
        self.counts = counts
    }
}

/// An item to be yielded.
public struct PollItem: Sendable {
    /// What is to be done for its text.
    public enum Page: Sendable {
        /// Nothing: the document is all there is.
        case none
        /// Its page is fetched, and if that fails the document goes as it is. A nil link counts as a failure.
        case fetch(String?)
    }

    public var page: Page
    /// Makes the document when its turn comes, at the time given. Its cursor is the session's business.
    public var document: @Sendable (Timestamp) -> Document

    var needsPage: Bool { if case .fetch = page { true } else { false } }

    public init(page: Page = .none, document: @escaping @Sendable (Timestamp) -> Document) {
        self.page = page
        self.document = document
    }
}
