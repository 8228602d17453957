public import WirewatchKit

extension FeedItem {
    /// What the item says of its article, and its HTML for the stage that extracts from it; plain text is the body
    /// itself, one blank line between paragraphs. Dates are as written, believable or not; the URL is the item's own.
    public func article(in feed: Feed, received: Timestamp) -> (article: Article, content: Document.Content?) {
        var article = Article()
        let content = fill(&article, in: feed, received: received)
        return (article, content)
    }

    /// The same in place: sets what the item says in an article, and returns its HTML.
    public func fill(_ article: inout Article, in feed: Feed, received: Timestamp) -> Document.Content? {
        article.title = title
        article.url = url
        article.authors = authors.map(\.displayName)
        if article.authors.contains("") { article.authors.removeAll(where: \.isEmpty) }
        article.published = published
        article.modified = updated
        article.tags = tags.map(\.name)
        article.site = feed.title.isEmpty ? nil : feed.title
        article.language = language ?? feed.language
        article.received = received
        guard let text = content ?? summary else { return nil }
        guard text.isHTML else {
            article.body = PlainText.paragraphs(text.text)
            return nil
        }
        return Document.Content(bytes: text.utf8, type: Self.html, isFragment: true)
    }

    private static let html = ContentType("text/html", charset: "utf-8")
}
