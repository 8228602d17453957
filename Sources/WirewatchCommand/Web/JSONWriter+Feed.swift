import WirewatchFeeds
import WirewatchKit

/// The parts of a feed in JSON.
extension JSONWriter {
    mutating func optional(_ name: String, _ text: String?) {
        if let text { member(name, text) }
    }

    mutating func optional(_ name: String, _ value: Int?) {
        if let value { member(name, value) }
    }

    mutating func optional(_ name: String, _ value: Bool?) {
        guard let value else { return }
        key(name)
        bool(value)
    }

    /// An instant in UTC; a date without a time as a date, with its precision beside it where that is less than a day.
    mutating func date(_ name: String, _ date: PublicationDate?) {
        guard let date else { return }
        guard date.precision < .minute else { return member(name, date.timestamp.rfc3339) }
        let day = PublicationDate(date.fields, precision: .day)
        member(name, day.text)
        if date.precision < .day { member(name + "_precision", date.precision == .year ? "year" : "month") }
    }

    mutating func object<Value>(_ name: String, _ value: Value?, _ write: (Value, inout JSONWriter) -> Void) {
        guard let value else { return }
        key(name)
        beginObject()
        write(value, &self)
        endObject()
    }

    /// Nothing for an empty list.
    mutating func list<Value>(_ name: String, _ values: [Value], _ write: (Value, inout JSONWriter) -> Void) {
        guard !values.isEmpty else { return }
        key(name)
        beginArray()
        for value in values { write(value, &self) }
        endArray()
    }

    mutating func write(_ person: FeedPerson) {
        beginObject()
        members(person)
        endObject()
    }

    mutating func members(_ person: FeedPerson) {
        optional("name", person.name)
        optional("email", person.email)
        optional("url", person.url)
    }

    mutating func write(_ link: FeedLink) {
        beginObject()
        member("href", link.href)
        member("rel", link.rel)
        optional("type", link.type)
        optional("hreflang", link.hreflang)
        optional("title", link.title)
        optional("length", link.length)
        endObject()
    }

    mutating func members(_ image: FeedImage) {
        optional("url", image.url.isEmpty ? nil : image.url)
        optional("title", image.title)
        optional("link", image.link)
        optional("width", image.width)
        optional("height", image.height)
        optional("description", image.description)
    }

    /// `"feeds"`, each with its address, title, type, language and what led to it.
    mutating func candidates(_ feeds: [FeedCandidate]) {
        key("feeds")
        beginArray()
        for feed in feeds {
            beginObject()
            member("url", feed.url)
            member("title", feed.title)
            optional("type", feed.kind?.rawValue)
            optional("language", feed.language)
            member("via", feed.origin.rawValue)
            optional("comments", feed.isComments ? true : nil)
            endObject()
        }
        endArray()
    }

    mutating func generator(_ generator: FeedGenerator?) {
        guard let generator else { return }
        let words = [generator.name, generator.version, generator.url].compactMap { $0 }
        member("generator", generator.name.isEmpty ? words.dropFirst().joined(separator: " ") : generator.name)
        object("generator_detail", generator) { generator, json in
            json.member("name", generator.name)
            json.optional("version", generator.version)
            json.optional("url", generator.url)
        }
    }

    mutating func podcast(_ podcast: FeedPodcast?) {
        guard let podcast else { return }
        optional("itunes_block", podcast.isBlocked)
        optional("itunes_explicit", podcast.isExplicit)
        optional("itunes_duration", podcast.duration)
        optional("itunes_episode", podcast.episode)
        optional("itunes_season", podcast.season)
        optional("itunes_type", podcast.kind)
        optional("itunes_complete", podcast.isComplete)
        optional("itunes_new_feed_url", podcast.newFeedURL)
    }
}
