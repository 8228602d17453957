/// A topic that an article is about, with the text that says so.
public struct Topic: Sendable, Hashable {
    public var id: String
    /// 0 to 1; the topic's threshold lies at 0.5.
    public var score: Double
    /// What counted, strongest first.
    public var evidence: [TopicEvidence]

    public init(id: String, score: Double, evidence: [TopicEvidence] = []) {
        self.id = id
        self.score = score
        self.evidence = evidence
    }
}

/// One occurrence of a topic's term.
public struct TopicEvidence: Sendable, Hashable {
    /// The term as the configuration writes it.
    public var term: String
    public var span: TextSpan
    /// What this term weighs for the topic.
    public var weight: Double

    public init(term: String, span: TextSpan, weight: Double = 1) {
        self.term = term
        self.span = span
        self.weight = weight
    }
}

/// A company, product, person or organisation that an article speaks of.
public struct Entity: Sendable, Hashable {
    /// Canonical id from the watchlist, or made of the name.
    public var id: String
    public var name: String
    public var type: String
    public var role: Role
    /// 0 to 1, how much of the article is about it; a subject has at least 0.5.
    public var score: Double
    /// In reading order.
    public var mentions: [TextSpan]

    public enum Role: String, Sendable, Hashable { case subject, mention }

    public init(id: String, name: String, type: String, role: Role, score: Double = 0, mentions: [TextSpan]) {
        self.id = id
        self.name = name
        self.type = type
        self.role = role
        self.score = score
        self.mentions = mentions
    }
}

/// The event in the world that an article reports, shared by all reports of it.
public struct Story: Sendable, Hashable {
    public var id: String
    /// How many sources have reported it so far.
    public var sources: Int
    public var firstSeen: Timestamp
    /// What this article changes of what was told before.
    public var changes: [StoryChange]

    public init(id: String, sources: Int, firstSeen: Timestamp, changes: [StoryChange] = []) {
        self.id = id
        self.sources = sources
        self.firstSeen = firstSeen
        self.changes = changes
    }
}

/// Something in an article that changes what was told of its story before.
public struct StoryChange: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A quantity differs from what was told before.
        case figure
        /// The article says that it corrects a text.
        case correction
        /// The article says that it brings a text up to date.
        case update
    }

    public var kind: Kind
    /// Of a figure, its place among the article's metrics.
    public var metric: Int?
    /// Of a figure, the number that was told first, in base units.
    public var before: Double?

    public init(_ kind: Kind, metric: Int? = nil, before: Double? = nil) {
        self.kind = kind
        self.metric = metric
        self.before = before
    }
}
