import WirewatchHTTP
import WirewatchKit

/// What is remembered of a site as a whole.
struct SiteMemory: Sendable, Equatable {
    /// The configured URL that this is about.
    var url: String
    /// When the first pages were read; nil before.
    var started: Timestamp?
    /// Hosts of the site itself with their ports: the configured one, and where it redirects to.
    var hosts: Set<String>
    /// Seconds since 1970: URLs dated up to here may have been known and forgotten.
    var forgottenUpTo: UInt32 = 0

    static let key = "site"
    private static let mostHosts = 8
    /// A page that is listed late is new all the same.
    private static let lateness = Duration.seconds(2 * 86_400)

    init(_ url: HTTPURL) {
        self.url = url.text
        hosts = [Self.host(url)]
    }

    mutating func takeIn(_ url: HTTPURL) { if hosts.count < Self.mostHosts { hosts.insert(Self.host(url)) } }

    /// Whether a URL is one of the site's own.
    func contains(_ url: HTTPURL) -> Bool { hosts.contains(Self.host(url)) }

    /// Host and port; http and https are one site.
    static func host(_ url: HTTPURL) -> String { url.port.map { "\(url.host):\($0)" } ?? url.host }

    /// Whether a URL that is not known, but dated so, was there before the source was.
    func isOld(_ date: PublicationDate?, in node: SitemapNode) -> Bool {
        guard let started else { return false }
        guard let date else { return node.since != nil }
        if date.timestamp.seconds <= Int64(forgottenUpTo) { return true }
        // What appears in a sitemap whose pages are known is new, whatever its date says.
        if node.hasBeenRead { return false }
        // A day without a time is all of that day.
        let slack: Duration =
            switch date.precision {
            case .year: .seconds(366 * 86_400)
            case .month: .seconds(31 * 86_400)
            case .day: .seconds(86_400)
            default: .zero
            }
        return date.timestamp + slack <= node.since ?? started - Self.lateness
    }

    var encoded: [UInt8] {
        var lines = StateLines()
        lines.add("url", url)
        lines.add("started", started)
        for host in hosts.sorted() { lines.add("host", host) }
        lines.add("forgotten", Int(forgottenUpTo))
        return lines.bytes
    }

    /// What is stored, if it is about this URL.
    init?(encoded bytes: [UInt8], _ url: HTTPURL) {
        let values = StateLines.Reading(bytes)
        guard values["url"] == url.text else { return nil }
        self.init(url)
        started = values.time("started")
        hosts.formUnion(values.all("host").prefix(Self.mostHosts))
        forgottenUpTo = UInt32(clamping: values.count("forgotten", upTo: Int(UInt32.max)))
    }
}
