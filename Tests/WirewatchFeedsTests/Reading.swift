import Testing
import WirewatchFeeds

/// Reads a feed of a test.
func read(_ text: String, url: String? = nil) throws -> Feed {
    try FeedReader.read(Array(text.utf8), options: FeedReaderOptions(url: url))
}

/// An RSS channel with these elements.
func channel(_ elements: String, url: String? = nil) throws -> Feed {
    try read("<rss version='2.0'><channel>\(elements)</channel></rss>", url: url)
}

/// The first item of an RSS channel, with these elements.
func item(_ elements: String, url: String? = nil) throws -> FeedItem {
    try #require(try channel("<item>\(elements)</item>", url: url).items.first)
}

/// The first entry of an Atom feed, with these elements.
func entry(_ elements: String, url: String? = nil) throws -> FeedItem {
    let text = "<feed xmlns='http://www.w3.org/2005/Atom'><entry>\(elements)</entry></feed>"
    return try #require(try read(text, url: url).items.first)
}
