import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// What is remembered of one sitemap of a site: the one polled, or one that an index or robots.txt lists.
struct SitemapNode: Sendable, Equatable {
    var url: String
    /// In ``KnownURLs``; unique among those of a source.
    var id: UInt16
    /// The key of what lists it; 0 for the one that is polled.
    var parent: UInt64
    /// How many indexes stand above it.
    var depth: Int
    /// Its lastmod where it is listed, as written.
    var listed: String?
    /// What `listed` was when it was last read.
    var readAt: String?
    var validators = Validators()
    var bodyDigest: String?
    /// When it was last asked for.
    var asked: Timestamp?
    var hasBeenRead = false
    /// Set for one that was there before the source was, and has not been read: what is dated before is not new.
    var since: Timestamp?
    var failures = 0

    static let prefix = "map/"
    /// One whose lastmod stands still is asked for all the same after this time: some publishers never change it.
    static let longestTrust = Duration.seconds(86_400)

    var key: UInt64 { ItemIdentity.key(of: url) }

    init(url: String, id: UInt16, parent: UInt64, depth: Int) {
        self.url = url
        self.id = id
        self.parent = parent
        self.depth = depth
    }

    /// How urgent it is to ask for it; nil when there is no reason to.
    enum Urgency: Int, Comparable {
        case new, undated, routine

        static func < (a: Urgency, b: Urgency) -> Bool { a.rawValue < b.rawValue }
    }

    func urgency(now: Timestamp) -> Urgency? {
        if failures > 0, let asked {
            let wait = Backoff(base: .seconds(300), limit: .seconds(86_400), jitter: 0)
                .delay(failures: failures, seed: 0)
            if asked + wait > now { return nil }
        }
        if !hasBeenRead, since == nil { return .new }
        if let listed { if listed != readAt { return .new } } else { return .undated }
        guard hasBeenRead, let asked else { return nil }
        return asked + Self.longestTrust <= now ? .routine : nil
    }

    // MARK: State

    var encoded: [UInt8] {
        var lines = StateLines()
        lines.add("url", url)
        lines.add("id", Int(id))
        lines.add("parent", String(parent))
        lines.add("depth", depth)
        lines.add("listed", listed)
        lines.add("read_at", readAt)
        lines.add("etag", validators.etag)
        lines.add("last_modified", validators.lastModified)
        lines.add("body", bodyDigest)
        lines.add("asked", asked)
        lines.add("read", hasBeenRead ? 1 : 0)
        lines.add("since", since)
        lines.add("failures", failures)
        return lines.bytes
    }

    /// Reads what ``encoded`` writes; nil without a URL.
    init?(encoded bytes: [UInt8]) {
        let values = StateLines.Reading(bytes)
        guard let url = values["url"] else { return nil }
        self.init(
            url: url, id: UInt16(clamping: values.count("id")), parent: values["parent"].flatMap { UInt64($0) } ?? 0,
            depth: values.count("depth", upTo: 16))
        listed = values["listed"]
        readAt = values["read_at"]
        validators = Validators(etag: values["etag"], lastModified: values["last_modified"])
        bodyDigest = values["body"]
        asked = values.time("asked")
        hasBeenRead = values.count("read") > 0
        since = values.time("since")
        failures = values.count("failures")
    }
}
