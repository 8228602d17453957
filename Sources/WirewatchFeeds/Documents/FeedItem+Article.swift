public import WirewatchKit

extension FeedItem {
    /// What the item says of its article, and its HTML for the stage that extracts from it; plain text is the body
    /// itself, one blank line between paragraphs. Dates are as written, believable or not; the URL is the item's own.
    public func article(in feed: Feed, received: Timestamp) -> (article: Article, content: Document.Content?) {
        var article = Article()
        article.title = title
        article.url = url
        article.authors = authors.map(\.displayName).filter { !$0.isEmpty }
        article.published = published
        article.modified = updated
        article.tags = tags.map(\.name)
        article.site = feed.title.isEmpty ? nil : feed.title
        article.language = language ?? feed.language
        article.received = received
        guard let text = content ?? summary else { return (article, nil) }
        guard text.isHTML else {
            article.body = PlainText.paragraphs(text.text)
            return (article, nil)
        }
        let html = ContentType("text/html", charset: "utf-8")
        return (article, Document.Content(bytes: Array(text.text.utf8), type: html, isFragment: true))
    }
}
