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

    public init(id: String, sources: Int, firstSeen: Timestamp) {
        self.id = id
        self.sources = sources
        self.firstSeen = firstSeen
    }
}
