import FoundationEssentials
import WirewatchKit

/// A line that carries a document instead of an article: `{id, url, content_type, text}`.
struct TextRecord: Decodable {
    var id, url, content_type, text: String?

    init(_ json: [UInt8]) throws { self = try JSONDecoder().decode(TextRecord.self, from: Data(json)) }

    /// The article and the content to extract from; nil when there is no text. Without `content_type` the text is a
    /// page-text dump, or HTML when it begins so.
    func document(_ known: Article, _ received: Timestamp) -> (article: Article, content: Document.Content)? {
        guard let text else { return nil }
        let bytes = Array(text.utf8)
        var article = known
        article.url = article.url ?? url
        article.received = received
        let type: ContentType =
            if let content_type {
                // The text has been decoded; whatever charset the page had, it is UTF-8 now.
                ContentType(ContentType(header: content_type).essence, charset: "utf-8")
            } else {
                DocumentFormat.detect(bytes, name: "") == .html ? .html : .plainText
            }
        return (article, Document.Content(bytes: bytes, type: type))
    }
}
