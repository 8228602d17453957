import WirewatchDigest
import WirewatchKit

/// What the pure stages made of one intake, on its way to the committer.
struct Processed: Sendable {
    enum Outcome: Sendable {
        case article(ArticleEvent)
        /// A pure stage dropped it (counted there); it is remembered as seen.
        case dropped
        indirect case deadLetter(DeadLetter, content: [UInt8]?)
        /// Only the cursor moves.
        case cursor
    }

    let source: String
    /// The article's identifier; empty for a cursor.
    let id: String
    let received: Timestamp
    let outcome: Outcome
    let cursor: [StateChange]
    let ticket: DeliveryTicket?
}

extension Article {
    /// The identifier of a document's article: the same whenever the source yields the document again.
    static func identifier(source: String, identity: String) -> String {
        SHA256.identifier("article", source, identity)
    }
}

extension DeadLetter {
    /// A dead letter for an event that a stage failed on, and the bytes to keep beside it where they do not fit.
    static func failed(
        _ article: Article, content: Document.Content?, stage: String, error: any Error, at time: Timestamp
    ) -> (letter: DeadLetter, content: [UInt8]?) {
        var letter = DeadLetter(
            id: article.id, time: time, source: article.source, url: article.url, stage: stage,
            error: String(describing: error), document: "")
        guard let content else {
            var json = JSONWriter()
            article.write(to: &json, seq: nil)
            letter.document = String(decoding: json.bytes, as: UTF8.self)
            return (letter, nil)
        }
        if content.bytes.count <= inlineLimit, let text = String(validating: content.bytes, as: UTF8.self) {
            letter.document = text
            return (letter, nil)
        }
        return (letter, content.bytes)
    }

    /// Longer documents, and those that are no text, are kept in a file.
    private static let inlineLimit = 64 << 10
}
