import FoundationEssentials
import WirewatchKit

/// JSON Feed 1.0 and 1.1 (jsonfeed.org), taken tolerantly: a member of the wrong type counts as absent.
enum JSONFeed {
    static func read(_ bytes: [UInt8]) throws(FeedError) -> Feed {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        } catch {
            throw FeedError("not a feed: the bytes are not valid JSON")
        }
        guard document.isFeed else {
            throw FeedError("not a feed: a JSON Feed has a 'version' of jsonfeed.org or a list of 'items'")
        }
        return document.feed
    }

    /// Whether a JSON document says of itself that it is a feed; false for what is not JSON.
    static func recognises(_ bytes: [UInt8]) -> Bool {
        guard let probe = try? JSONDecoder().decode(Probe.self, from: Data(bytes)) else { return false }
        return probe.isFeed
    }

    private struct Probe: Decodable {
        @Lenient var version: String?
        @Lenient var items: [Anything]?
        @Lenient var body: String?

        var isFeed: Bool { version?.contains("jsonfeed.org") == true || (items != nil && body == nil) }
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }

    private struct Document: Decodable {
        @Lenient var version: String?
        @Lenient var title: String?
        @Lenient var home_page_url: String?
        @Lenient var feed_url: String?
        @Lenient var description: String?
        @Lenient var language: String?
        @Lenient var author: Person?
        @Lenient var authors: [Lenient<Person>]?
        @Lenient var items: [Lenient<Item>]?

        var isFeed: Bool { version?.contains("jsonfeed.org") == true || items != nil }

        var feed: Feed {
            var feed = Feed(format: .json)
            feed.id = feed_url
            feed.title = PlainText.collapsed(title ?? "")
            feed.link = home_page_url
            feed.description = description
            feed.language = language
            feed.authors = Person.names(authors, author)
            feed.items = (items ?? []).compactMap { $0.wrappedValue?.item(base: home_page_url ?? feed_url) }
            return feed
        }
    }

    private struct Person: Decodable {
        @Lenient var name: String?
        @Lenient var url: String?

        static func names(_ list: [Lenient<Person>]?, _ single: Person?) -> [String] {
            let people = (list ?? []).compactMap(\.wrappedValue) + (list == nil ? [single].compactMap { $0 } : [])
            return people.compactMap(\.name).map(PlainText.collapsed).filter { !$0.isEmpty }
        }
    }

    private struct Attachment: Decodable {
        @Lenient var url: String?
        @Lenient var mime_type: String?
        @Lenient var size_in_bytes: Int?
    }

    private struct Item: Decodable {
        @Lenient var id: Scalar?
        @Lenient var url: String?
        @Lenient var external_url: String?
        @Lenient var title: String?
        @Lenient var content_html: String?
        @Lenient var content_text: String?
        @Lenient var summary: String?
        @Lenient var date_published: String?
        @Lenient var date_modified: String?
        @Lenient var author: Person?
        @Lenient var authors: [Lenient<Person>]?
        @Lenient var tags: [Lenient<String>]?
        @Lenient var language: String?
        @Lenient var attachments: [Lenient<Attachment>]?

        func item(base: String?) -> FeedItem {
            var item = FeedItem()
            item.id = id?.text
            item.url = (url ?? external_url).map { URLReference.resolve($0, base: base) }
            item.title = PlainText.collapsed(title ?? "")
            item.summary = summary.map { FeedText($0, isHTML: false) }
            item.content =
                content_html.map { FeedText($0, isHTML: true) } ?? content_text.map { FeedText($0, isHTML: false) }
            item.published = date_published.flatMap(FeedDate.read)
            item.updated = date_modified.flatMap(FeedDate.read)
            item.authors = Person.names(authors, author)
            item.tags = (tags ?? []).compactMap(\.wrappedValue).map(PlainText.collapsed).filter { !$0.isEmpty }
            item.language = language
            item.enclosures = (attachments ?? []).compactMap(\.wrappedValue).compactMap { attachment in
                attachment.url.map {
                    FeedItem.Enclosure(
                        url: URLReference.resolve($0, base: base), type: attachment.mime_type,
                        length: attachment.size_in_bytes)
                }
            }
            return item
        }
    }

    /// An identifier that should be a string and is a number in some feeds.
    private struct Scalar: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let number = try? container.decode(Int.self) {
                text = String(number)
            } else {
                text = String(try container.decode(Double.self))
            }
        }
    }
}

/// A member that counts as absent when it is null or of another type.
@propertyWrapper
struct Lenient<Value: Decodable>: Decodable {
    var wrappedValue: Value?

    init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    init(from decoder: any Decoder) throws { wrappedValue = try? decoder.singleValueContainer().decode(Value.self) }
}

extension KeyedDecodingContainer {
    /// Lets a member with ``Lenient`` be missing altogether.
    func decode<Value>(_ type: Lenient<Value>.Type, forKey key: Key) throws -> Lenient<Value> {
        try decodeIfPresent(type, forKey: key) ?? Lenient(wrappedValue: nil)
    }
}
