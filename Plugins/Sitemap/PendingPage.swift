import WirewatchFeeds
import WirewatchKit

/// A page that is to be yielded, and what the sitemap says of it. Pages wait in the state, so that each is fetched and
/// yielded once whatever happens in between.
struct PendingPage: Sendable, Equatable {
    /// In ``KnownURLs``.
    var key: UInt64
    var url: String
    var canonicalURL: String
    var isUpdate = false
    /// Times that its page could not be had.
    var attempts = 0
    /// For the order.
    var date: Timestamp?
    var modified: PublicationDate?
    var news: SitemapNews?
    var captions: [String] = []

    static let prefix = "todo/"
    /// After so many, at as many polls, what the sitemap says must do.
    static let mostAttempts = 5
    private static let mostCaptions = 8

    init(_ entry: SitemapEntry, key: UInt64, canonicalURL: String, date: Timestamp?) {
        self.key = key
        url = entry.url
        self.canonicalURL = canonicalURL
        self.date = date
        modified = entry.modified
        news = entry.news
        captions = entry.images.compactMap(\.caption).prefix(Self.mostCaptions).map { $0 }
    }

    var stateKey: String { Self.stateKey(key) }

    static func stateKey(_ key: UInt64) -> String { prefix + String(key, radix: 16) }

    var identity: String { "url:" + canonicalURL }

    var encoded: [UInt8] {
        var lines = StateLines()
        lines.add("key", String(key))
        lines.add("url", url)
        lines.add("canonical", canonicalURL)
        lines.add("update", isUpdate ? 1 : 0)
        lines.add("attempts", attempts)
        lines.add("date", date)
        lines.add("modified", modified?.text)
        for caption in captions { lines.add("caption", caption) }
        if let news {
            lines.add("news", 1)
            lines.add("title", news.title)
            lines.add("publication", news.publication)
            lines.add("language", news.language)
            lines.add("published", news.published?.text)
            for word in news.keywords { lines.add("keyword", word) }
            for ticker in news.stockTickers { lines.add("ticker", ticker) }
        }
        return lines.bytes
    }

    /// Reads what ``encoded`` writes; nil when it is damaged.
    init?(encoded bytes: [UInt8]) {
        let values = StateLines.Reading(bytes)
        guard let key = values["key"].flatMap({ UInt64($0) }), let url = values["url"] else { return nil }
        self.init(SitemapEntry(url: url), key: key, canonicalURL: values["canonical"] ?? url, date: values.time("date"))
        isUpdate = values.count("update") > 0
        attempts = values.count("attempts")
        modified = values["modified"].flatMap { PublicationDate(text: $0) }
        captions = values.all("caption")
        guard values.count("news") > 0 else { return }
        var news = SitemapNews()
        news.title = values["title"] ?? ""
        news.publication = values["publication"]
        news.language = values["language"]
        news.published = values["published"].flatMap { PublicationDate(text: $0) }
        news.keywords = values.all("keyword")
        news.stockTickers = values.all("ticker")
        self.news = news
    }

    // MARK: Document

    /// What the sitemap alone says.
    func document(now: Timestamp) -> Document {
        var article = Article()
        article.url = url
        article.canonicalURL = canonicalURL
        article.received = now
        article.modified = modified?.believable(at: now)
        article.captions = captions.map { Caption(text: $0) }
        if let news {
            article.title = news.title
            article.published = news.published?.believable(at: now)
            article.site = news.publication
            article.language = news.language
            article.tags = news.keywords + news.stockTickers
        }
        return Document(identity: identity, article: article)
    }
}
