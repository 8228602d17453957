import WirewatchFeeds
import WirewatchKit

/// Makes the document of an item: its fields, and its text for the `extract` stage.
enum FeedDocument {
    /// A date further ahead than time zones explain is none.
    static let furthestFuture = Duration.seconds(86_400)

    static func make(_ chosen: ItemSelection.Chosen, feed: Feed, options: FeedOptions, now: Timestamp) -> Document {
        let item = chosen.item
        var article = Article()
        article.title = item.title
        article.url = chosen.identity.canonicalURL.flatMap { _ in item.url } ?? item.url
        article.canonicalURL = chosen.identity.canonicalURL
        let authors = item.authors.isEmpty ? feed.authors : item.authors
        article.authors = authors.map(\.displayName).filter { !$0.isEmpty }
        article.published = believable(item.published ?? item.created, now)
        article.modified = believable(item.updated, now)
        article.tags = item.tags.map(\.name)
        article.site = feed.title.isEmpty ? nil : feed.title
        article.language = item.language ?? feed.language
        article.received = now
        var content: Document.Content?
        if let text = item.content ?? item.summary {
            if text.isHTML {
                content = Document.Content(
                    bytes: Array(text.text.utf8), type: ContentType("text/html", charset: "utf-8"))
            } else {
                article.body = paragraphs(text.text)
            }
        }
        let identity = options.updates ? "\(chosen.identity.text) \(chosen.identity.content)" : chosen.identity.text
        return Document(identity: identity, article: article, content: content)
    }

    private static func believable(_ date: PublicationDate?, _ now: Timestamp) -> PublicationDate? {
        date.flatMap { $0.timestamp <= now + furthestFuture ? $0 : nil }
    }

    /// Plain text with its paragraphs: lines between blank lines, white space collapsed.
    static func paragraphs(_ text: String) -> String {
        var paragraphs: [[Substring]] = [[]]
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.isEmpty {
                if paragraphs.last?.isEmpty == false { paragraphs.append([]) }
            } else {
                paragraphs[paragraphs.count - 1] += words
            }
        }
        return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }.joined(separator: "\n\n")
    }
}
