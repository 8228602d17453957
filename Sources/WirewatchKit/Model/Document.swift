/// What a source yields: an article's bytes, or an article already extracted, and how to remember it is done.
public struct Document: Sendable {
    /// What makes this document the same one when the source yields it again: a guid, a URL with a version, a
    /// digest of the content. The engine makes the article's id from it and the source's name, and processes each
    /// identity once.
    public var identity: String
    /// What the source knows of the article already. Stages fill in the rest.
    public var article: Article
    /// The bytes to extract from; nil when ``article`` is complete.
    public var content: Content?
    /// Changes to the source's state that become durable in the same transaction as the document's records.
    public var cursor: [StateChange]

    public init(
        identity: String, article: Article = Article(), content: Content? = nil,
        cursor: [StateChange] = []
    ) {
        self.identity = identity
        self.article = article
        self.content = content
        self.cursor = cursor
    }

    public struct Content: Sendable {
        public var bytes: [UInt8]
        public var type: ContentType
        /// Whether HTML is a piece of text, such as a feed's item holds, and no page around one.
        public var isFragment: Bool
        /// Where the bytes are the page of a feed's item: the item's own HTML, empty when it has none.
        public var item: [UInt8]?

        public init(bytes: [UInt8], type: ContentType, isFragment: Bool = false, item: [UInt8]? = nil) {
            self.bytes = bytes
            self.type = type
            self.isFragment = isFragment
            self.item = item
        }
    }

    /// The document's size for the limits of queues: its bytes, or its article's text.
    public var byteCount: Int {
        (content?.bytes.count ?? 0) + (content?.item?.count ?? 0) + article.body.utf8.count + article.title.utf8.count
            + 256
    }
}

/// A media type (RFC 6838) without parameters, lower case, and the charset when one was given.
public struct ContentType: Sendable, Hashable {
    public var essence: String
    public var charset: String?

    public init(_ essence: String, charset: String? = nil) {
        self.essence = essence
        self.charset = charset
    }

    /// Reads a `Content-Type` value: `text/html; charset=utf-8`.
    public init(header: String) {
        // Most have no parameters and nothing to be changed.
        if header.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") && $0 &- 0x41 >= 26 }) {
            essence = header
            return
        }
        let parts = header.split(separator: ";", omittingEmptySubsequences: false)
        func trimmed(_ text: Substring) -> String {
            var text = text.drop { $0 == " " || $0 == "\t" }
            while let last = text.last, last == " " || last == "\t" { text.removeLast() }
            return text.lowercased()
        }
        essence = parts.first.map(trimmed) ?? ""
        for part in parts.dropFirst() {
            let value = trimmed(part)
            if value.hasPrefix("charset=") {
                let name = String(value.dropFirst(8))
                charset = name.utf8.contains(UInt8(ascii: "\"")) ? name.replacing("\"", with: "") : name
            }
        }
    }

    public static let html = ContentType("text/html")
    /// A page-text dump: what a person gets by copying a whole page.
    public static let plainText = ContentType("text/plain")
    /// An article already extracted, as `wirewatch.article/1` JSON.
    public static let articleJSON = ContentType("application/vnd.wirewatch.article+json")
}

/// One change to a component's durable state: a value set, or removed when nil.
public struct StateChange: Sendable, Hashable {
    public var key: String
    public var value: [UInt8]?

    public init(key: String, value: [UInt8]?) {
        self.key = key
        self.value = value
    }
}

/// An article on its way through the stages, with the document that it came from.
public struct ArticleEvent: Sendable {
    public var article: Article
    /// The document's bytes, for the stage that extracts from them; nil when the article came complete.
    public let content: Document.Content?

    public init(article: Article, content: Document.Content? = nil) {
        self.article = article
        self.content = content
    }
}
