import WirewatchKit

/// Dates of feeds: RFC 822 and RFC 3339 by the book, and what publishers write instead.
enum FeedDate {
    /// Nil when the text holds no date. Anything around the date is read over.
    static func read(_ text: String) -> PublicationDate? {
        // A longer text is no date, and searching it would cost more than it is worth.
        guard text.utf8.count <= 200 else { return nil }
        return DateReader.read(text) ?? DateReader.find(in: text)?.date
    }
}
