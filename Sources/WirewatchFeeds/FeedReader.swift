import WirewatchMarkup

/// Reads feeds: RSS 0.9x and 2.0, RSS 0.90 and 1.0 on RDF, Atom 0.3 and 1.0, JSON Feed 1.x.
///
/// XML is read tolerantly: a broken feed yields what can be told of it. Document types, entities that one declares and
/// external entities are never followed. Time is linear in the input; depth is no limit.
public enum FeedReader {
    /// - Parameters:
    ///   - url: where the feed came from, which relative references are resolved with.
    ///   - charset: the transport's charset, if it named one.
    /// - Throws: ``FeedError`` when the bytes are no feed at all.
    public static func read(_ bytes: [UInt8], url: String? = nil, charset: String? = nil) throws(FeedError) -> Feed {
        if looksLikeJSON(bytes) { return try JSONFeed.read(bytes) }
        var reader = XMLFeedReader(Charset.decode(bytes, contentTypeCharset: charset), url: url)
        return try reader.read()
    }

    static func looksLikeJSON(_ bytes: [UInt8]) -> Bool {
        var start = bytes[...]
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        return start.first { $0 > 0x20 } == UInt8(ascii: "{")
    }
}
