import FoundationEssentials
import WirewatchKit

extension InputDocument {
    /// Reads `{id, url, content_type, text}`, or an article already extracted.
    ///
    /// - Parameter number: the line's number, which identifies a document that has neither id nor URL.
    /// - Throws: ``RecordDecodingError``, or ``InputError`` saying what is wrong.
    init(jsonLine line: [UInt8], number: Int) throws {
        let fields: Fields
        do {
            fields = try JSONDecoder().decode(Fields.self, from: Data(line))
        } catch DecodingError.dataCorrupted {
            throw InputError("not valid JSON")
        } catch {
            throw InputError(#"not an object {"id", "url", "content_type", "text"} of texts"#)
        }
        let type = fields.content_type.map { ContentType(header: $0) }
        var article = Article()
        var content: Document.Content?
        if type == .articleJSON || (type == nil && fields.text == nil) {
            // The article is the text, as JSON of its own, or stands in the line itself.
            article = try Article(json: fields.text.map { Array($0.utf8) } ?? line)
        } else {
            guard let text = fields.text else { throw InputError("it has no 'text'") }
            guard let type else { throw InputError("it has no 'content_type', such as text/html or text/plain") }
            // A JSON text is Unicode, whatever the page's own header said.
            content = Document.Content(
                bytes: Array(text.utf8), type: ContentType(type.essence, charset: "utf-8"))
        }
        article.url = fields.url ?? article.url
        let identity = fields.id ?? fields.url ?? "line \(number)"
        self.init(
            document: Document(identity: identity, article: article, content: content), source: "process",
            id: fields.id)
    }

    private struct Fields: Decodable {
        var id, url, content_type, text: String?
    }
}
