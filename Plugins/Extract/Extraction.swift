public import WirewatchKit

/// What was read from a document: the fields of the article, and what became of each block of the page.
public struct Extraction: Sendable {
    /// Only the fields that the document itself gives are set.
    public var article = Article()
    /// Every block in the order of the page.
    public var blocks: [Block] = []
    /// What kept a title or a body from being found; empty when both were.
    public var missing: [String] = []

    public struct Block: Sendable, Hashable {
        public var text: String
        /// What the block became: `paragraph`, `subheading`, `title`, `caption` ...; nil when it was dropped.
        public var use: String?
        /// Why it was dropped.
        public var reason: String?

        public init(text: String, use: String?, reason: String? = nil) {
            self.text = text
            self.use = use
            self.reason = reason
        }
    }

    /// Puts paragraphs and subheadings together as the article's body.
    mutating func setBody(_ parts: [(text: String, isSubheading: Bool)]) {
        var body = ""
        article.subheadings = []
        for part in parts where !part.text.isEmpty {
            if !body.isEmpty { body += "\n\n" }
            let start = body.utf8.count
            body += part.text
            if part.isSubheading { article.subheadings.append(start..<body.utf8.count) }
        }
        article.body = body
    }
}
