import WirewatchKit
import WirewatchMarkup

extension FeedDraft {
    /// The item, with what its fields lend each other; it is taken out, for a copy costs forty counts of references.
    mutating func finishItem(language: String?, findsImage: Bool) -> FeedItem {
        settleTexts()
        item.url = item.url ?? permalink ?? item.links.first { $0.rel == "self" && !$0.href.isEmpty }?.href
        item.language = item.language ?? language
        if let latitude, let longitude {
            item.location = FeedLocation(latitude: latitude, longitude: longitude)
        }
        if findsImage { settleImage() }
        var done = FeedItem()
        swap(&done, &item)
        return done
    }

    /// A summary beside a description is the shorter one: the description is then the text itself.
    private mutating func settleTexts() {
        guard let subtitle else { return }
        if item.summary == nil {
            item.summary = subtitle
        } else if has(.subtitle, 5) {
            if item.content == nil { item.content = item.summary }
            item.summary = subtitle
        }
    }

    private mutating func settleImage() {
        if let enclosure = item.enclosures.first(where: { $0.type?.lowercased().hasPrefix("image/") == true }) {
            setImage(FeedImage(url: enclosure.url), weight: 2)
        }
        if image == nil, let text = item.content ?? item.summary, text.isHTML {
            if let url = MarkupReferences.firstImage(in: text.utf8) ?? other(text).flatMap(MarkupReferences.firstImage)
            {
                setImage(FeedImage(url: url), weight: 1)
            }
        }
        item.image = image
    }

    private func other(_ text: FeedText) -> [UInt8]? {
        guard let summary = item.summary, summary.isHTML, summary != text else { return nil }
        return summary.utf8
    }

    /// Fills in the feed's own fields, and what its items take from it.
    mutating func finish(into feed: inout Feed, url: String?) {
        feed.id = item.id
        feed.title = item.title
        feed.titleHTML = item.titleHTML
        feed.link = item.url
        feed.links = item.links
        feed.description = item.summary ?? subtitle
        feed.info = info
        feed.language = item.language ?? feed.language
        feed.authors = item.authors
        feed.contributors = item.contributors
        feed.publisher = item.publisher
        if feed.authors.isEmpty, let publisher = item.publisher { feed.authors = [publisher] }
        feed.published = item.published
        feed.updated = item.updated
        feed.created = item.created
        feed.tags = item.tags
        feed.rights = item.rights
        feed.generator = generator
        feed.icon = icon
        feed.logo = logo
        feed.documentation = documentation
        feed.podcast = item.podcast
        if let own = logo ?? icon { setImage(FeedImage(url: own), weight: 1) }
        if image == nil, let text = feed.description, text.isHTML, let url = MarkupReferences.firstImage(in: text.utf8)
        {
            setImage(FeedImage(url: url), weight: 0)
        }
        feed.image = image
        inheritAuthors(&feed)
        // RSS has no base: its items are relative to the feed's page.
        guard feed.format.family != .atom, let page = feed.link, URLReference.scheme(page) != nil else { return }
        for index in feed.items.indices {
            if let own = feed.items[index].url, !URLReference.isWeb(own), URLReference.scheme(own) == nil {
                feed.items[index].url = URLReference.resolve(own, base: page)
            }
        }
    }

    /// Who wrote the feed wrote what names no author (RFC 4287, 4.1.2).
    private func inheritAuthors(_ feed: inout Feed) {
        for index in feed.items.indices where feed.items[index].authors.isEmpty {
            let source = feed.items[index].source?.authors ?? []
            feed.items[index].authors = source.isEmpty ? item.authors : source
        }
    }

    func finishSource(url: String?) -> FeedSource {
        var source = FeedSource()
        source.id = item.id
        source.title = item.title
        source.titleHTML = item.titleHTML
        source.link = item.url
        source.links = item.links
        source.url = url ?? item.links.first { $0.rel == "self" }?.href
        source.description = item.summary ?? subtitle
        source.authors = item.authors
        source.contributors = item.contributors
        source.tags = item.tags
        source.rights = item.rights
        source.generator = generator
        source.icon = icon
        source.logo = logo
        source.updated = item.updated
        return source
    }
}
