/// A list of feeds as feed readers exchange them (http://opml.org/spec2.opml), folders flattened.
public struct OPML: Sendable, Equatable {
    /// One line; empty when the list has none.
    public var title = ""
    /// In the order of the document; addresses may repeat.
    public var feeds: [OPMLFeed] = []
    /// The addresses of other lists that this one includes.
    public var includes: [String] = []
    /// Whether there were more feeds than ``maxFeeds``, so that the last ones are missing.
    public var isTruncated = false

    /// Feeds kept of one list.
    public static let maxFeeds = 200_000

    public init(title: String = "", feeds: [OPMLFeed] = []) {
        self.title = title
        self.feeds = feeds
    }
}

/// A feed of a list.
public struct OPMLFeed: Sendable, Equatable {
    /// The feed's address, as written but for white space and entities written twice.
    public var url: String
    /// One line; empty when the list has none.
    public var title = ""
    /// The page that the feed belongs to.
    public var page: String?
    public var description: String?
    public var language: String?
    /// The folders that it lies in, outermost first; of deeper ones the first ``OPMLFeed/maxFolders``.
    public var folders: [String] = []

    /// Folders within each other that are told apart.
    public static let maxFolders = 16

    public init(url: String, title: String = "", page: String? = nil, folders: [String] = []) {
        self.url = url
        self.title = title
        self.page = page
        self.folders = folders
    }
}

/// Why bytes are no list of feeds.
public struct OPMLError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
