import FoundationEssentials
import WirewatchKit
import WirewatchMarkup

/// JSON Feed 1.0 and 1.1 (jsonfeed.org), taken tolerantly: a member of the wrong type counts as absent.
enum JSONFeed {
    static func read(_ bytes: [UInt8], options: FeedReaderOptions) throws(FeedError) -> Feed {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        } catch {
            throw FeedError("not a feed: the bytes are not valid JSON")
        }
        guard document.isFeed else {
            throw FeedError("not a feed: a JSON Feed has a 'version' of jsonfeed.org or a list of 'items'")
        }
        return document.feed(options)
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
        @Lenient var next_url: String?
        @Lenient var description: String?
        @Lenient var user_comment: String?
        @Lenient var icon: String?
        @Lenient var favicon: String?
        @Lenient var language: String?
        @Lenient var author: Person?
        @Lenient var authors: [Lenient<Person>]?
        @Lenient var hubs: [Lenient<Hub>]?
        @Lenient var items: [Lenient<Item>]?

        var isFeed: Bool { version?.contains("jsonfeed.org") == true || items != nil }

        func feed(_ options: FeedReaderOptions) -> Feed {
            let number = version?.split(separator: "/").last.map(String.init)
            var feed = Feed(format: FeedFormat(.json, version: number))
            let base = options.url ?? feed_url ?? home_page_url
            func resolve(_ url: String?) -> String? { nonempty(url).map { URLReference.resolve($0, base: base) } }
            feed.id = nonempty(feed_url)
            feed.title = PlainText.collapsed(title ?? "")
            feed.link = resolve(home_page_url)
            feed.description = nonempty(description).map { FeedText($0, isHTML: false) }
            feed.info = nonempty(user_comment).map { FeedText($0, isHTML: false) }
            feed.language = nonempty(language) ?? options.language
            feed.icon = resolve(favicon)
            feed.logo = resolve(icon)
            feed.image = (feed.logo ?? feed.icon).map { FeedImage(url: $0) }
            feed.authors = Person.people(authors, author, base: base)
            let links = [("alternate", feed.link), ("self", resolve(feed_url)), ("next", resolve(next_url))]
            feed.links = links.compactMap { rel, url in url.map { FeedLink(href: $0, rel: rel) } }
            for hub in hubs ?? [] {
                if let url = resolve(hub.wrappedValue?.url) { feed.links.append(FeedLink(href: url, rel: "hub")) }
            }
            let page = feed.link ?? base
            feed.items = (items ?? []).compactMap { $0.wrappedValue?.item(base: page) }
            for index in feed.items.indices where feed.items[index].authors.isEmpty {
                feed.items[index].authors = feed.authors
            }
            return feed
        }
    }

    private struct Hub: Decodable {
        @Lenient var url: String?
    }

    private struct Person: Decodable {
        @Lenient var name: String?
        @Lenient var url: String?

        var person: FeedPerson? {
            let name = nonempty(name)
            let url = nonempty(url)
            return name == nil && url == nil ? nil : FeedPerson(name: name, url: url)
        }

        static func people(_ list: [Lenient<Person>]?, _ single: Person?, base: String?) -> [FeedPerson] {
            let people = (list ?? []).compactMap { $0.wrappedValue?.person }
            return people.isEmpty ? [single?.person].compactMap { $0 } : people
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
        @Lenient var image: String?
        @Lenient var banner_image: String?
        @Lenient var date_published: String?
        @Lenient var date_modified: String?
        @Lenient var author: Person?
        @Lenient var authors: [Lenient<Person>]?
        @Lenient var tags: [Lenient<String>]?
        @Lenient var language: String?
        @Lenient var attachments: [Lenient<Attachment>]?

        func item(base: String?) -> FeedItem {
            var item = FeedItem()
            func resolve(_ url: String?) -> String? { nonempty(url).map { URLReference.resolve($0, base: base) } }
            item.id = nonempty(id?.text)
            item.url = resolve(url) ?? resolve(external_url) ?? item.id.flatMap { URLReference.isWeb($0) ? $0 : nil }
            item.links = [("alternate", resolve(url)), ("related", resolve(external_url))].compactMap { rel, url in
                url.map { FeedLink(href: $0, rel: rel) }
            }
            item.title = PlainText.collapsed(title ?? "")
            item.summary = nonempty(summary).map { FeedText($0, isHTML: false) }
            item.content =
                nonempty(content_html).map { html in
                    let written = Array(html.utf8)
                    let resolved = base.flatMap { MarkupReferences.resolved(written, base: $0) }
                    return FeedText(utf8: resolved ?? written, isHTML: true)
                } ?? nonempty(content_text).map { FeedText($0, isHTML: false) }
            item.published = date_published.flatMap { DateReader.readWhole($0) }
            item.updated = date_modified.flatMap { DateReader.readWhole($0) }
            item.authors = Person.people(authors, author, base: base)
            item.tags = (tags ?? []).compactMap(\.wrappedValue).map(PlainText.collapsed).filter { !$0.isEmpty }
                .map { FeedTag($0) }
            item.language = nonempty(language)
            item.image = (resolve(image) ?? resolve(banner_image)).map { FeedImage(url: $0) }
            item.enclosures = (attachments ?? []).compactMap(\.wrappedValue).compactMap { attachment in
                resolve(attachment.url).map {
                    FeedEnclosure(url: $0, type: attachment.mime_type, length: attachment.size_in_bytes)
                }
            }
            return item
        }
    }

    /// Trimmed; nil when nothing is left.
    private static func nonempty(_ text: String?) -> String? {
        guard let text else { return nil }
        let bytes = text.utf8
        guard let first = bytes.firstIndex(where: { $0 > 0x20 }), let last = bytes.lastIndex(where: { $0 > 0x20 })
        else {
            return nil
        }
        return String(text[first...last])
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
