public import WirewatchKit

extension FeedItem {
    /// What the item says of its article, and its HTML for the stage that extracts from it; plain text is the body
    /// itself, one blank line between paragraphs. Dates are as written, believable or not; the URL is the item's own.
    public func article(in feed: Feed, received: Timestamp) -> (article: Article, content: Document.Content?) {
        var article = Article()
        let content = [self].fill(&article, from: 0, in: feed, received: received)
        return (article, content)
    }

    fileprivate static let html = ContentType("text/html", charset: "utf-8")
}

extension [FeedItem] {
    /// The same in place: sets what the item at a place says in an article, and returns its HTML.
    ///
    /// By place, for an item that is handed over by itself is copied, thirty references and all.
    public func fill(
        _ article: inout Article, from place: Int, in feed: Feed, received: Timestamp
    ) -> Document.Content? {
        article.title = self[place].title
        article.url = self[place].url
        article.authors = self[place].authors.map(\.displayName)
        if article.authors.contains("") { article.authors.removeAll(where: \.isEmpty) }
        article.published = self[place].published
        article.modified = self[place].updated
        article.tags = self[place].tags.map(\.name)
        article.site = feed.title.isEmpty ? nil : feed.title
        article.language = self[place].language ?? feed.language
        article.received = received
        guard let text = self[place].content ?? self[place].summary else { return nil }
        guard text.isHTML else {
            article.body = PlainText.paragraphs(text.text)
            return nil
        }
        return Document.Content(bytes: text.utf8, type: FeedItem.html, isFragment: true)
    }
}
