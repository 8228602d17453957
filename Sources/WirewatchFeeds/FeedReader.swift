import WirewatchMarkup

/// What is known of a feed besides its bytes.
public struct FeedReaderOptions: Sendable {
    /// Where the feed came from, which relative references are resolved with: the final URL, or the reply's
    /// `Content-Location`.
    public var url: String?
    /// The reply's `Content-Type`, with parameters, as sent.
    public var contentType: String?
    /// The reply's `Content-Language`, for feeds that name none.
    public var language: String?
    /// Whether items get their pictures, enclosures and Media RSS, and their page a second time, among their links. Who wants
    /// but articles is spared the work; JSON Feed has them all the same.
    public var readsMedia: Bool

    public init(url: String? = nil, contentType: String? = nil, language: String? = nil, readsMedia: Bool = true) {
        self.url = url
        self.contentType = contentType
        self.language = language
        self.readsMedia = readsMedia
    }
}

/// Reads feeds: RSS 0.9x and 2.0, RSS 0.90 and 1.0 on RDF, Atom 0.3 and 1.0, CDF, JSON Feed 1.x.
///
/// XML is read tolerantly: a broken feed yields what can be told of it, and ``Feed/isMalformed`` says so. Document types
/// and external entities are never followed; entities that the document itself declares as plain text are put in, within
/// bounds. Time is linear in the input; depth, items, attributes and lists are bounded. Any thread.
public enum FeedReader {
    /// - Throws: ``FeedError`` when the bytes are no feed at all.
    public static func read(
        _ bytes: [UInt8], options: FeedReaderOptions = FeedReaderOptions()
    ) throws(FeedError) -> Feed {
        if looksLikeJSON(bytes) { return try JSONFeed.read(bytes, options: options) }
        let text = FeedEncoding.decode(bytes, contentType: options.contentType)
        var reader = XMLFeedReader(text.bytes, options: options)
        reader.isMalformed = text.isDamaged
        var feed = try reader.read()
        feed.encoding = text.name
        return feed
    }

    /// - Parameters:
    ///   - url: where the feed came from, which relative references are resolved with.
    ///   - charset: the transport's charset, if it named one.
    /// - Throws: ``FeedError`` when the bytes are no feed at all.
    public static func read(_ bytes: [UInt8], url: String? = nil, charset: String?) throws(FeedError) -> Feed {
        let type = charset.map { "application/xml; charset=\($0)" }
        return try read(bytes, options: FeedReaderOptions(url: url, contentType: type))
    }

    static func looksLikeJSON(_ bytes: [UInt8]) -> Bool {
        var start = bytes[...]
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        return start.first { $0 > 0x20 } == UInt8(ascii: "{")
    }
}
