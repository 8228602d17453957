import WirewatchKit

/// Dates of feeds: RFC 822 and RFC 3339 by the book, and what publishers write instead.
enum FeedDate {
    /// Nil when the text is no date.
    static func read(_ text: String) -> PublicationDate? { DateReader.readWhole(text) }
}
