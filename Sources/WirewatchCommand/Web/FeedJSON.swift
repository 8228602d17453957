import WirewatchFeeds
import WirewatchKit

/// A feed, or a page with its feeds, as one line of JSON. Members without a value are left out, except that `error` is always there.
enum FeedJSON {
    static func line(_ answer: FeedRequest.Answer) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.optional("case", answer.label)
        json.optional("url", answer.url)
        switch answer.content {
        case .feed(let feed):
            json.key("feed")
            write(feed, &json)
            json.key("entries")
            json.beginArray()
            for item in feed.items { write(item, &json) }
            json.endArray()
            json.member("format", feed.format.name)
            json.member("encoding", feed.encoding)
            json.key("malformed")
            json.bool(feed.isMalformed)
        case .page(let page): write(page, &json)
        case .sitemap(let sitemap): write(sitemap, &json)
        case nil: break
        }
        json.member("error", answer.error)
        json.endObject()
        json.endLine()
        return json.bytes
    }

    private static func write(_ sitemap: Sitemap, _ json: inout JSONWriter) {
        json.key("entries")
        json.beginArray()
        for entry in sitemap.entries {
            json.beginObject()
            json.optional("title", entry.news.flatMap { nonempty($0.title) })
            json.member("link", entry.url)
            json.date("published", entry.news?.published)
            json.date("updated", entry.modified)
            json.endObject()
        }
        json.endArray()
        json.member("sitemap", sitemap.kind.rawValue)
        json.key("malformed")
        json.bool(sitemap.isMalformed)
    }

    private static func write(_ page: FetchedPage, _ json: inout JSONWriter) {
        json.object("page", page.article) { article, json in
            json.member("title", article.title)
            json.optional("url", article.canonicalURL ?? article.url)
            json.optional("published", article.published?.text)
            json.optional("site", article.site)
            json.optional("language", article.language)
            if !article.authors.isEmpty { json.strings("authors", article.authors) }
            json.member("body_bytes", article.body.utf8.count)
        }
        json.optional("problem", page.problem)
        json.candidates(page.feeds)
    }

    private static func write(_ feed: Feed, _ json: inout JSONWriter) {
        json.beginObject()
        json.optional("id", feed.id)
        json.optional("title", feed.titleHTML ?? nonempty(feed.title) ?? feed.link)
        json.optional("link", feed.link)
        json.list("links", feed.links) { $1.write($0) }
        json.optional("description", feed.description?.text)
        json.optional("info", feed.info?.text)
        json.optional("language", feed.language)
        people(feed.authors, &json)
        json.list("contributors", feed.contributors) { $1.write($0) }
        json.optional("publisher", feed.publisher?.displayName)
        json.object("publisher_detail", feed.publisher) { $1.members($0) }
        json.date("published", feed.published)
        json.date("updated", feed.updated)
        json.date("created", feed.created)
        tags(feed.tags, &json)
        json.optional("rights", feed.rights?.text)
        json.generator(feed.generator)
        json.object("image", feed.image) { $1.members($0) }
        json.optional("icon", feed.icon)
        json.optional("logo", feed.logo)
        json.optional("docs", feed.documentation)
        json.object("textinput", feed.textInput) { input, json in
            json.optional("title", input.title)
            json.optional("description", input.description)
            json.optional("name", input.name)
            json.optional("link", input.link)
        }
        schedule(feed.schedule, &json)
        json.podcast(feed.podcast)
        json.endObject()
    }

    private static func schedule(_ schedule: FeedSchedule, _ json: inout JSONWriter) {
        json.optional("ttl", schedule.ttlMinutes)
        if !schedule.skipHours.isEmpty { json.strings("skip_hours", schedule.skipHours.map { String($0) }) }
        if !schedule.skipDays.isEmpty { json.strings("skip_days", schedule.skipDays.map(\.rawValue)) }
        if let period = schedule.updatePeriod {
            json.member("update_period", period.rawValue)
            json.member("update_frequency", schedule.updateFrequency)
        }
        json.object("cloud", schedule.cloud) { cloud, json in
            json.optional("domain", cloud.domain)
            json.optional("port", cloud.port)
            json.optional("path", cloud.path)
            json.optional("registerProcedure", cloud.registerProcedure)
            json.optional("protocol", cloud.protocolName)
        }
    }

    private static func write(_ item: FeedItem, _ json: inout JSONWriter) {
        json.beginObject()
        json.optional("id", item.id)
        json.optional("title", item.titleHTML ?? nonempty(item.displayTitle))
        json.optional("link", item.url)
        json.optional("original_link", item.originalURL)
        json.list("links", item.links) { $1.write($0) }
        people(item.authors, &json)
        json.list("contributors", item.contributors) { $1.write($0) }
        json.object("publisher_detail", item.publisher) { $1.members($0) }
        json.date("published", item.published)
        json.date("updated", item.updated)
        json.date("created", item.created)
        json.date("expired", item.expires)
        json.optional("summary", item.summary?.text)
        json.optional("content", item.content?.text)
        tags(item.tags, &json)
        json.list("enclosures", item.enclosures) { enclosure, json in
            json.beginObject()
            json.member("url", enclosure.url)
            json.optional("type", enclosure.type)
            json.optional("length", enclosure.length)
            json.endObject()
        }
        json.list("media_content", item.media) { media, json in
            json.beginObject()
            json.member("url", media.url)
            json.optional("type", media.type)
            json.optional("medium", media.medium)
            json.optional("width", media.width)
            json.optional("height", media.height)
            json.endObject()
        }
        json.list("media_thumbnail", item.thumbnails) { image, json in
            json.beginObject()
            json.members(image)
            json.endObject()
        }
        json.object("image", item.image) { $1.members($0) }
        json.optional("language", item.language)
        json.optional("rights", item.rights?.text)
        json.optional("comments", item.comments)
        json.optional("comment_count", item.commentCount)
        json.object("source", item.source) { source($0, &$1) }
        json.podcast(item.podcast)
        json.object("location", item.location) { place, json in
            json.key("latitude")
            json.number(place.latitude)
            json.key("longitude")
            json.number(place.longitude)
        }
        json.endObject()
    }

    private static func source(_ source: FeedSource, _ json: inout JSONWriter) {
        json.optional("id", source.id)
        json.optional("title", source.titleHTML ?? nonempty(source.title))
        json.optional("link", source.link)
        json.list("links", source.links) { $1.write($0) }
        json.optional("url", source.url)
        json.optional("description", source.description?.text)
        people(source.authors, &json)
        json.list("contributors", source.contributors) { $1.write($0) }
        tags(source.tags, &json)
        json.optional("rights", source.rights?.text)
        json.generator(source.generator)
        json.optional("icon", source.icon)
        json.optional("logo", source.logo)
        json.date("updated", source.updated)
    }

    private static func people(_ people: [FeedPerson], _ json: inout JSONWriter) {
        json.object("author", people.first) { $1.members($0) }
        json.list("authors", people) { $1.write($0) }
    }

    /// Every name that a tag goes by: a term, and its label where that is another.
    private static func tags(_ tags: [FeedTag], _ json: inout JSONWriter) {
        let names = tags.flatMap { [$0.term, $0.label].compactMap { $0 } }
        if !names.isEmpty { json.strings("tags", names) }
    }

    private static func nonempty(_ text: String) -> String? { text.isEmpty ? nil : text }
}
