public import WirewatchKit

/// An entry of a feed.
public struct FeedItem: Sendable, Equatable {
    /// RSS `guid`, RDF `about`, Atom and JSON Feed `id`. Publishers repeat it; see ``Feed/items``.
    public var id: String?
    /// Whether ``id`` is by its own word the item's page: RSS `isPermaLink`, which is true unless denied.
    public var isPermalink = false
    /// The item's page; absolute where the feed or its URL allows to tell.
    public var url: String?
    /// The page behind a link that a service put in place of it (FeedBurner's `origLink`).
    public var originalURL: String?
    /// Every link that the item names, in its order, enclosures included.
    public var links: [FeedLink] = []
    /// One line without markup; empty when the item has none.
    public var title = ""
    /// The title's markup (HTML), where it has any.
    public var titleHTML: String?
    /// The item's own, else those of its source or its feed.
    public var authors: [FeedPerson] = []
    public var contributors: [FeedPerson] = []
    @Apart public var publisher: FeedPerson?
    public var published: PublicationDate?
    public var updated: PublicationDate?
    public var created: PublicationDate?
    /// When the item stops being of use.
    public var expires: PublicationDate?
    public var summary: FeedText?
    /// The full text, where the feed carries it.
    public var content: FeedText?
    public var tags: [FeedTag] = []
    public var enclosures: [FeedEnclosure] = []
    /// Pictures, films and sounds of Media RSS.
    public var media: [FeedMedia] = []
    public var thumbnails: [FeedImage] = []
    /// The picture that stands for the item: named as such, else the first one that belongs to it.
    @Apart public var image: FeedImage?
    public var language: String?
    public var rights: FeedText?
    /// The page with the comments.
    public var comments: String?
    /// `slash:comments`, `thr:total`.
    public var commentCount: Int?
    /// The feed that the item was taken over from.
    @Apart public var source: FeedSource?
    @Apart public var podcast: FeedPodcast?
    public var location: FeedLocation?

    public init() {}

    /// What to call the item by: its title, else the beginning of its text, else its URL or identifier.
    public var displayTitle: String {
        if !title.isEmpty { return title }
        let text = (summary ?? content)?.line ?? ""
        if !text.isEmpty { return PlainText.shortened(text, to: 100) }
        return url ?? id ?? ""
    }
}

/// The feed that an item came from first: Atom `source`, RSS `source`.
public struct FeedSource: Sendable, Equatable {
    public var id: String?
    public var title = ""
    /// The title's markup (HTML), where it has any.
    public var titleHTML: String?
    /// The page that the feed belongs to.
    public var link: String?
    public var links: [FeedLink] = []
    /// The feed itself: RSS's `url`, Atom's link to itself.
    public var url: String?
    public var description: FeedText?
    public var authors: [FeedPerson] = []
    public var contributors: [FeedPerson] = []
    public var tags: [FeedTag] = []
    public var rights: FeedText?
    public var generator: FeedGenerator?
    public var icon: String?
    public var logo: String?
    public var updated: PublicationDate?

    public init() {}
}
