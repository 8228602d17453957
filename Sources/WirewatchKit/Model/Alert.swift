/// What a rule raised for an article, with the reasons.
public struct Alert: Sendable, Hashable {
    /// Deterministic identifier: 32 hexadecimal digits, from the rule and the article, its story or the window's key.
    public var id: String
    /// The arrival time of the article that raised it.
    public var time: Timestamp
    public var severity: Severity
    /// The id of the rule.
    public var rule: String
    public var title: String
    public var url: String?
    public var source: String
    public var published: PublicationDate?
    /// The rule's message with its placeholders filled.
    public var message: String
    public var story: String?
    /// One entry for each condition that held.
    public var because: [AlertReason]
    /// The metrics that the conditions named.
    public var metrics: [Metric]
    public var topics: [Topic]
    /// Nil for a rule that looks at one article at a time.
    public var window: AlertWindow?
    public var labels: [String: String]
    /// Why nobody is told of it; nil for an alert that is to be told.
    public var held: AlertHold?

    public init(
        id: String, time: Timestamp, severity: Severity, rule: String, title: String, url: String?,
        source: String, published: PublicationDate?, message: String, story: String? = nil,
        because: [AlertReason], metrics: [Metric] = [], topics: [Topic] = [],
        window: AlertWindow? = nil, labels: [String: String] = [:], held: AlertHold? = nil
    ) {
        self.id = id
        self.time = time
        self.severity = severity
        self.rule = rule
        self.title = title
        self.url = url
        self.source = source
        self.published = published
        self.message = message
        self.story = story
        self.because = because
        self.metrics = metrics
        self.topics = topics
        self.window = window
        self.labels = labels
        self.held = held
    }

    public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
        case info, low, medium, high, critical

        public static func < (a: Severity, b: Severity) -> Bool {
            allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!  // allCases holds every case
        }
    }
}

/// A condition of a rule that held, and the text that made it hold.
public struct AlertReason: Sendable, Hashable {
    /// The condition as people read it: `topic robotics >= 0.6`.
    public var condition: String
    /// Nil for a condition on something other than text, such as the source.
    public var span: TextSpan?
    /// The text of ``span``, or the value that held.
    public var text: String

    public init(condition: String, span: TextSpan?, text: String) {
        self.condition = condition
        self.span = span
        self.text = text
    }
}

/// A document that could not be processed, kept with the reason.
public struct DeadLetter: Sendable, Hashable {
    /// Deterministic: the identifier that the document's article would have had.
    public var id: String
    public var time: Timestamp
    public var source: String
    public var url: String?
    /// The component that failed: a stage's name, or the source's own.
    public var stage: String
    public var error: String
    /// The document's text where it is valid UTF-8 and at most 64 KiB, else where it is kept.
    public var document: String

    public init(
        id: String, time: Timestamp, source: String, url: String?, stage: String, error: String,
        document: String
    ) {
        self.id = id
        self.time = time
        self.source = source
        self.url = url
        self.stage = stage
        self.error = error
        self.document = document
    }
}
