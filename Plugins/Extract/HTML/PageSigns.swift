/// What a page says of its own kind, apart from its text.
struct PageSigns: Sendable {
    /// `og:type`, in lower case.
    var openGraphType: String?
    /// Every type that JSON-LD names.
    var types: Set<String> = []
    /// Whether JSON-LD holds an article.
    var hasArticle = false
    /// `isAccessibleForFree` of the article.
    var isForFree: Bool?
    /// The article's `wordCount`.
    var words: Int?
    /// Whether `article:published_time` is given.
    var hasTime = false

    init() {}

    init(_ structured: StructuredData, openGraphType: String?, hasTime: Bool) {
        self.openGraphType = openGraphType?.lowercased()
        types = structured.types
        hasArticle = structured.found
        isForFree = structured.isForFree
        words = structured.words
        self.hasTime = hasTime
    }

    /// Whether machines are told that this is an article.
    var namesArticle: Bool { hasArticle || hasTime || openGraphType == "article" }

    /// The word by which machines are told that this is a list. Some publishing systems give lists the `og:type` of articles.
    var list: String? {
        guard !hasArticle, !hasTime else { return nil }
        let names = ["CollectionPage", "SearchResultsPage"] + (openGraphType == "article" ? [] : ["ItemList"])
        return names.first { types.contains($0) }
    }
}
