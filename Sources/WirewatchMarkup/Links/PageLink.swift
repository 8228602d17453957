/// A link of a page that a reader can follow: `<a href>` or `<area href>`.
public struct PageLink: Sendable, Hashable {
    /// Where on the page a link stands, by its elements and their `role`; classes are never looked at.
    public enum Place: UInt8, Sendable, Hashable, CaseIterable {
        /// In `main` or `article`.
        case main
        /// In none of the others.
        case body
        case header, navigation, aside, footer

        /// Whether pages have their content here, rather than what surrounds it.
        public var isContent: Bool { self == .main || self == .body }
    }

    /// The address, resolved where there is a base; another scheme than http and https (`mailto:`) is possible.
    public var url: String
    /// What the reader sees, white space collapsed; for a link without text, the `alt` of its images, or its
    /// `aria-label` or `title`. At most ``PageLinks/Limits/textBytes``.
    public var text: String
    /// The words of `rel`, in lower case.
    public var relations: [String]
    public var place: Place
    /// Whether the link stands in a heading or has one in it.
    public var isHeading: Bool
    /// The element, in the tree that was read.
    public var node: Int

    public init(
        url: String, text: String = "", relations: [String] = [], place: Place = .body, isHeading: Bool = false,
        node: Int = 0
    ) {
        self.url = url
        self.text = text
        self.relations = relations
        self.place = place
        self.isHeading = isHeading
        self.node = node
    }
}

/// A page that a page names as another form of itself: `<link rel=alternate>`.
public struct AlternatePage: Sendable, Hashable {
    public var url: String
    /// The media type, in lower case, without parameters; empty when none is given.
    public var type: String
    public var title: String?
    public var language: String?

    /// Whether the type is one of feeds.
    public var isFeed: Bool {
        switch type {
        case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json": true
        default: false
        }
    }
}

/// What a page asks of robots (Robots meta element, `X-Robots-Tag`).
public struct RobotsDirectives: Sendable, Hashable {
    /// Not to be shown in search results; does not forbid reading.
    public var isNotIndexed = false
    /// Its links are not to be followed.
    public var isNotFollowed = false

    public init() {}

    /// Takes in the value of a robots meta element: `noindex, nofollow`, `none`. Words that are unknown are passed over.
    public mutating func add(_ value: String) {
        for word in value.split(whereSeparator: { $0 == "," || $0 == " " || $0 == "\t" || $0 == "\n" }).prefix(64) {
            switch word.lowercased() {
            case "nofollow": isNotFollowed = true
            case "noindex": isNotIndexed = true
            case "none":
                isNotFollowed = true
                isNotIndexed = true
            default: break
            }
        }
    }

    /// Takes in the value of an `X-Robots-Tag` field, which may be for one robot alone: `otherbot: nofollow`.
    ///
    /// The name holds up to the next one; a directive with a value (`unavailable_after: ...`) is no name.
    /// - Parameter agent: our own name, in any case.
    public mutating func add(header value: String, agent: String) {
        var isForUs = true
        for part in value.split(separator: ",").prefix(64) {
            var words = part[...]
            if let colon = part.firstIndex(of: ":") {
                let name = part[..<colon].trimmed.lowercased()
                if name == "unavailable_after" || name.hasPrefix("max-") { continue }
                isForUs = name == agent.lowercased()
                words = part[part.index(after: colon)...]
            }
            if isForUs { add(String(words)) }
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var part = drop { $0 == " " || $0 == "\t" }
        while let last = part.last, last == " " || last == "\t" { part.removeLast() }
        return part
    }
}
