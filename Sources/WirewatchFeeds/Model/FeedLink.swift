/// A link of a feed or an item.
public struct FeedLink: Sendable, Hashable {
    /// Empty when the feed forgot it.
    public var href: String
    /// In lower case: `alternate` unless the link says otherwise, `self`, `hub`, `enclosure`, `related`, `via`,
    /// `replies`, `next`, or a URL.
    public var rel: String
    /// A media type, as the feed says it.
    public var type: String?
    public var hreflang: String?
    public var title: String?
    /// Bytes, as the feed says it.
    public var length: String?

    public init(href: String, rel: String = "alternate") {
        self.href = href
        self.rel = rel
    }
}

/// A file that belongs to an item.
public struct FeedEnclosure: Sendable, Hashable {
    public var url: String
    /// A media type, as the feed says it.
    public var type: String?
    /// Bytes.
    public var length: Int?

    public init(url: String, type: String? = nil, length: Int? = nil) {
        self.url = url
        self.type = type
        self.length = length
    }
}

/// A `media:content` of Media RSS (https://www.rssboard.org/media-rss).
public struct FeedMedia: Sendable, Hashable {
    public var url: String
    /// A media type, as the feed says it.
    public var type: String?
    /// `image`, `audio`, `video`, `document` or `executable`.
    public var medium: String?
    /// Bytes.
    public var length: Int?
    /// Pixels.
    public var width: Int?
    /// Pixels.
    public var height: Int?
    /// Seconds, as the feed says it.
    public var duration: String?

    public init(url: String) { self.url = url }

    var isImage: Bool { medium == "image" || type?.hasPrefix("image/") == true || PlainText.namesImage(url) }
}

/// A picture.
public struct FeedImage: Sendable, Hashable {
    public var url: String
    public var title: String?
    /// The page that the picture leads to.
    public var link: String?
    /// Pixels.
    public var width: Int?
    /// Pixels.
    public var height: Int?
    public var description: String?

    public init(url: String = "") { self.url = url }
}

/// The search field that a feed of RSS offers.
public struct FeedTextInput: Sendable, Hashable {
    public var title: String?
    public var description: String?
    public var name: String?
    public var link: String?

    public init() {}
}
