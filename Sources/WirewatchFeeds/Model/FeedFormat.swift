/// The vocabulary that a feed is written in, with its version.
public struct FeedFormat: Sendable, Hashable {
    public enum Family: String, Sendable, Hashable {
        /// RSS 0.91 to 2.0.
        case rss
        /// RSS 0.90 and 1.0, on RDF.
        case rdf
        /// Atom 0.3 and 1.0 (RFC 4287).
        case atom
        /// Microsoft's Channel Definition Format.
        case cdf
        /// JSON Feed 1.0 and 1.1.
        case json
    }

    public var family: Family
    /// `2.0`, `0.91`, `1.0`; nil when the feed does not say.
    public var version: String?

    public init(_ family: Family, version: String? = nil) {
        self.family = family
        self.version = version
    }

    /// One word: `rss20`, `rss091`, `rss10`, `rss090`, `atom10`, `atom03`, `cdf`, `json11`; without the digits for an
    /// unknown version.
    public var name: String {
        let digits = (version ?? "").filter { $0.isASCII && $0.isNumber }
        switch family {
        case .rss, .rdf: return "rss" + digits
        case .atom: return "atom" + digits
        case .cdf: return "cdf"
        case .json: return "json" + (digits == "10" ? "1" : digits)
        }
    }
}
