/// What a link's `rel` and `type` say of the feed behind it.
enum FeedLinkType: Equatable {
    case none
    case feed(FeedCandidate.Kind?)
    /// A feed if its address looks like one's.
    case perhaps(FeedCandidate.Kind?)
    /// JSON of some sort, which is mostly a feed.
    case json

    /// - Parameter rel: the relations, in any case, separated by white space.
    init(rel: String, type: String?) {
        let relations = rel.lowercased().split(whereSeparator: \.isWhitespace)
        let isFeed = relations.contains("feed")
        guard isFeed || (relations.contains("alternate") && !relations.contains("stylesheet")) else {
            self = .none
            return
        }
        let read = Self.read(type)
        // `rel=feed` says it all (HTML 5 drafts); a type that denies it is believed.
        self = isFeed ? Self.named(read, missing: type ?? "") : read
    }

    /// What a media type says by itself.
    static func read(_ type: String?) -> FeedLinkType {
        let words = (type ?? "").lowercased().split(separator: ";")
        let parameters = words.dropFirst().map { $0.filter { !$0.isWhitespace && $0 != "\"" } }
        switch words.first.map({ String($0.filter { !$0.isWhitespace }) }) ?? "" {
        case "application/rss+xml", "application/x-rss+xml", "text/rss+xml", "application/rss", "text/rss":
            return .feed(.rss)
        // A single entry is no feed (RFC 5023, 12.1).
        case "application/atom+xml", "application/x-atom+xml", "application/x.atom+xml", "application/atom",
            "text/atom",
            "text/atom+xml":
            return parameters.contains("type=entry") ? .none : .feed(.atom)
        case "application/feed+json": return .feed(.json)
        case "application/rdf+xml", "text/rdf+xml", "application/rdf", "text/rdf": return .feed(.rdf)
        case "application/json", "text/json": return .json
        case "application/xml", "text/xml": return .perhaps(nil)
        default: return .none
        }
    }

    /// The same of a link that is known to lead to a feed.
    static func named(_ type: FeedLinkType, missing: String = "") -> FeedLinkType {
        switch type {
        case .none where !missing.lowercased().hasPrefix("text/html"): .feed(nil)
        case .perhaps(let kind): .feed(kind)
        case .json: .feed(.json)
        default: type
        }
    }
}
