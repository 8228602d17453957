public import WirewatchKit

/// A feed as its document gives it, whatever the format.
public struct Feed: Sendable, Equatable {
    public enum Format: String, Sendable, Hashable {
        /// RSS 0.91 to 2.0, and RSS 0.90 and 1.0 on RDF.
        case rss, rdf
        /// Atom 0.3 and 1.0 (RFC 4287).
        case atom
        /// JSON Feed 1.0 and 1.1.
        case json
    }

    public var format: Format
    /// Atom's `id`, JSON Feed's `feed_url`.
    public var id: String?
    /// Without markup; empty when the feed has none.
    public var title = ""
    /// The page that the feed belongs to.
    public var link: String?
    public var description: String?
    /// BCP 47, as the feed says it.
    public var language: String?
    public var authors: [String] = []
    public var published: PublicationDate?
    public var updated: PublicationDate?
    /// In the order of the document.
    public var items: [FeedItem] = []

    public init(format: Format) { self.format = format }
}

/// An entry of a feed.
public struct FeedItem: Sendable, Equatable {
    /// RSS `guid`, RDF `about`, Atom and JSON Feed `id`.
    public var id: String?
    /// The item's page; absolute where the feed or its URL allows to tell.
    public var url: String?
    /// Without markup; empty when the item has none.
    public var title = ""
    public var authors: [String] = []
    public var published: PublicationDate?
    public var updated: PublicationDate?
    public var summary: FeedText?
    /// The full text, where the feed carries it.
    public var content: FeedText?
    public var tags: [String] = []
    public var enclosures: [Enclosure] = []
    public var language: String?

    public init() {}

    /// A file that belongs to an item.
    public struct Enclosure: Sendable, Hashable {
        public var url: String
        /// As the feed says it.
        public var type: String?
        /// Bytes.
        public var length: Int?

        public init(url: String, type: String? = nil, length: Int? = nil) {
            self.url = url
            self.type = type
            self.length = length
        }
    }
}

/// A text of a feed that may be HTML.
public struct FeedText: Sendable, Hashable {
    public var text: String
    /// Whether ``text`` is HTML; otherwise it is plain and a `<` stands for itself.
    public var isHTML: Bool

    public init(_ text: String, isHTML: Bool) {
        self.text = text
        self.isHTML = isHTML
    }

    /// The text without markup, white space collapsed, blocks separated by one blank line.
    public var plain: String { isHTML ? PlainText.blocks(text) : PlainText.collapsed(text) }
}

/// Why bytes are no feed.
public struct FeedError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
