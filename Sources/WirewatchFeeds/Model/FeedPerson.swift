/// An author, contributor or publisher.
public struct FeedPerson: Sendable, Hashable {
    /// As the feed says it, markup that should not be there included.
    public var name: String?
    public var email: String?
    /// The person's page.
    public var url: String?

    public init(name: String? = nil, email: String? = nil, url: String? = nil) {
        self.name = name
        self.email = email
        self.url = url
    }

    /// What to call the person by: name, else address, else page; empty when nothing is known.
    public var displayName: String { name.map(PlainText.line) ?? email ?? url ?? "" }
}

/// A category, subject or keyword.
public struct FeedTag: Sendable, Hashable {
    public var term: String
    /// For people, where it differs from the term.
    public var label: String?
    /// What the term belongs to, usually a URL: Atom `scheme`, RSS `domain`.
    public var scheme: String?

    public init(_ term: String, label: String? = nil, scheme: String? = nil) {
        self.term = term
        self.label = label
        self.scheme = scheme
    }

    /// For people: the label, else the term.
    public var name: String { label ?? term }
}

/// The program that made a feed.
public struct FeedGenerator: Sendable, Hashable {
    public var name: String
    public var version: String?
    public var url: String?

    public init(name: String, version: String? = nil, url: String? = nil) {
        self.name = name
        self.version = version
        self.url = url
    }
}
