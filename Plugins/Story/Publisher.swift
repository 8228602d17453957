internal import WirewatchKit

/// Who tells a story: the host of the article's address, so that a feed of many publishers counts each; else the source.
enum Publisher {
    static func hash(of article: Article) -> UInt32 {
        guard let url = article.canonicalURL ?? article.url, let scheme = url.utf8.firstRange(of: "://".utf8) else {
            return TermHash.of(article.source.utf8)
        }
        var host = url.utf8[scheme.upperBound...].prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
        if let user = host.lastIndex(of: 0x40) { host = host[host.index(after: user)...] }
        for prefix in ["www.", "m.", "amp."] where host.starts(with: prefix.utf8) {
            host = host.dropFirst(prefix.utf8.count)
        }
        guard !host.isEmpty else { return TermHash.of(article.source.utf8) }
        return TermHash.of(host.lazy.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
    }
}
