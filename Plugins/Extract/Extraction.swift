public import WirewatchKit

/// What was read from a document: the fields of the article, and what became of each block of the page.
public struct Extraction: Sendable {
    /// Only the fields that the document itself gives are set.
    public var article = Article()
    /// Every block in the order of the page.
    public var blocks: [Block] = []
    /// What kept a title or a body from being found; empty when both were.
    public var missing: [String] = []
    /// The hosts of the hint that was used, as configured.
    public var hint: String?
    /// The parts that the hint names and that the page does not have.
    public var hintMisses: [SiteHint.Part] = []
    /// Of a feed's item and its page: whose text was kept, and why; nil when there is one alone.
    public var bodyChoice: String?

    public struct Block: Sendable, Hashable {
        public var text: String
        /// What the block became: `paragraph`, `subheading`, `title`, `caption` ...; nil when it was dropped.
        public var use: String?
        /// Why it was dropped.
        public var reason: String?
        /// How many bytes of running text it counts for in the search for the body; nil where that is not how it is found.
        public var worth: Int?

        public init(text: String, use: String?, reason: String? = nil, worth: Int? = nil) {
            self.text = text
            self.use = use
            self.reason = reason
            self.worth = worth
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

extension Article {
    /// Forgets where fields without a value would have come from.
    mutating func dropUnusedOrigins() {
        for field in ArticleField.allCases where !has(field) { origins[field] = nil }
    }

    private func has(_ field: ArticleField) -> Bool {
        switch field {
        case .title: !title.isEmpty
        case .subtitle: subtitle != nil
        case .authors: !authors.isEmpty
        case .published: published != nil
        case .modified: modified != nil
        case .site: site != nil
        case .section: section != nil
        case .language: language != nil
        case .tags: !tags.isEmpty
        case .captions: !captions.isEmpty
        case .body: !body.isEmpty
        case .canonicalURL: canonicalURL != nil
        case .editorsNote: editorsNote != nil
        }
    }
}
