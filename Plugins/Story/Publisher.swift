internal import WirewatchKit

/// Who tells a story: the host of the article's address, so that a feed of many publishers counts each; else the source.
enum Publisher {
    private static let prefixes = ["www.", "m.", "amp."].map { Array($0.utf8) }

    static func hash(of article: Article) -> UInt32 {
        guard var url = article.canonicalURL ?? article.url, let hash = url.withUTF8(hash(ofHost:)) else {
            return TermHash.of(article.source.utf8)
        }
        return hash
    }

    /// The hash of the host in an address; nil when it has none.
    private static func hash(ofHost url: UnsafeBufferPointer<UInt8>) -> UInt32? {
        var start = 0
        while start + 2 < url.count, url[start] != 0x3A || url[start + 1] != 0x2F || url[start + 2] != 0x2F {
            start += 1
        }
        guard start + 2 < url.count else { return nil }
        start += 3
        var end = start
        while end < url.count, url[end] != 0x2F, url[end] != 0x3F, url[end] != 0x23 {
            end += 1
            // What stands before the last @ is a user's name.
            if url[end - 1] == 0x40 { start = end }
        }
        for prefix in prefixes where url[start..<end].starts(with: prefix) { start += prefix.count }
        guard start < end else { return nil }
        var hash = TermHash()
        for byte in url[start..<end] { hash.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
        return hash.finished
    }
}
