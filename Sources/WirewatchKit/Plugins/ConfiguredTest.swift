/// Options that hold tests of their own, which `wirewatch test` runs.
public protocol SelfTesting: PluginOptions {
    var configuredTests: [ConfiguredTest] { get }
}

/// A test that a user wrote into the configuration: articles, and what the pipeline must make of the last of them.
public struct ConfiguredTest: Sendable {
    /// An article to send through the pipeline.
    public struct Input: Sendable {
        public enum Content: Sendable {
            /// Nothing more than the article that stands beside it.
            case article
            /// An absolute path: a file in any form that documents come in.
            case file(String)
        }

        public var content: Content
        /// The article, or what is known of the one in the file.
        public var article: Article
        /// How long before its arrival it was published; nil where that is not known.
        public var age: Duration?
        /// How long before its arrival its story was first seen.
        public var storyAge: Duration
        /// How long after the article before it arrives.
        public var after: Duration

        public init(
            _ content: Content, article: Article, age: Duration? = nil, storyAge: Duration = .zero,
            after: Duration = .seconds(60)
        ) {
            self.content = content
            self.article = article
            self.age = age
            self.storyAge = storyAge
            self.after = after
        }
    }

    /// What is tested: the id of a rule.
    public var subject: String
    /// One line that tells it from the subject's other tests.
    public var name: String
    public var location: SourceLocation
    public var inputs: [Input]
    /// What is wrong with the last article after all stages; nil when it is as expected.
    public var fault: @Sendable (Article) -> String?

    public init(
        subject: String, name: String, location: SourceLocation, inputs: [Input],
        fault: @escaping @Sendable (Article) -> String?
    ) {
        self.subject = subject
        self.name = name
        self.location = location
        self.inputs = inputs
        self.fault = fault
    }
}
