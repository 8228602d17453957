public import WirewatchKit

/// A feed as its document gives it, whatever the format.
///
/// Texts are trimmed; what a feed leaves out is nil or empty. References are absolute where the feed's URL or an
/// `xml:base` allows to tell, otherwise as they were written.
public struct Feed: Sendable, Equatable {
    public var format: FeedFormat
    /// The charset that the bytes were read with, under its customary name in lower case: `utf-8`, `iso-8859-1`.
    public var encoding = "utf-8"
    /// Whether the document breaks the rules of its syntax, so that some of it may have been guessed.
    public var isMalformed = false

    /// Atom's `id`, RDF's `about`, JSON Feed's `feed_url`.
    public var id: String?
    /// One line without markup; empty when the feed has none.
    public var title = ""
    /// The title's markup (HTML), where it has any.
    public var titleHTML: String?
    /// The page that the feed belongs to.
    public var link: String?
    /// Every link that the feed names, in its order.
    public var links: [FeedLink] = []
    /// RSS `description`, Atom `subtitle` or `tagline`.
    public var description: FeedText?
    /// A note to those who open the feed in a browser: Atom 0.3 `info`, FeedBurner's `browserFriendly`.
    public var info: FeedText?
    /// BCP 47, as the feed says it; else as the transport does.
    public var language: String?
    public var authors: [FeedPerson] = []
    public var contributors: [FeedPerson] = []
    /// RSS `webMaster`, `dc:publisher`, the podcast's owner.
    public var publisher: FeedPerson?
    public var published: PublicationDate?
    public var updated: PublicationDate?
    public var created: PublicationDate?
    public var tags: [FeedTag] = []
    public var rights: FeedText?
    public var generator: FeedGenerator?
    /// RSS `image`, the podcast's picture, else Atom's `logo` or `icon`.
    public var image: FeedImage?
    /// Atom `icon`, JSON Feed `favicon`: a small square picture.
    public var icon: String?
    /// Atom `logo`: a wide picture.
    public var logo: String?
    /// The URL of the format's description.
    public var documentation: String?
    public var textInput: FeedTextInput?
    /// What the feed asks of those who poll it.
    public var schedule = FeedSchedule()
    public var podcast: FeedPodcast?
    /// In the order of the document. Items that share an identifier stay several items.
    public var items: [FeedItem] = []

    public init(format: FeedFormat) { self.format = format }

    /// Where the feed says it is to be fetched from (`rel=self`), for following a move.
    public var selfLink: String? { links.first { $0.rel == "self" }?.href }

    /// The WebSub hubs (https://www.w3.org/TR/websub/) that push the feed.
    public var hubs: [String] { links.filter { $0.rel == "hub" }.map(\.href) }
}

/// Why bytes are no feed.
public struct FeedError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
