/// The local names that sitemaps use, as they are spelt but for the case of letters.
enum SitemapElement: String, CaseIterable {
    /// Any other.
    case other = ""
    case urlset, sitemapindex, url, sitemap
    case loc, lastmod
    case news, publication, name, language, title, keywords
    case publicationDate = "publication_date"
    case stockTickers = "stock_tickers"
    case image, caption
    /// Roots of feeds.
    case rss, feed, rdf, channel

    private struct Spelling: Sendable {
        var bytes: [UInt8]
        var element: SitemapElement
    }

    /// By length, which tells most of them apart.
    private static let spellings: [[Spelling]] = (0...16).map { length in
        allCases.filter { $0 != .other && $0.rawValue.utf8.count == length }
            .map { Spelling(bytes: Array($0.rawValue.utf8), element: $0) }
    }

    /// The name of a range of bytes, whatever its case.
    static func of(_ bytes: [UInt8], _ range: Range<Int>) -> SitemapElement {
        guard range.count < spellings.count else { return .other }
        for spelling in spellings[range.count] where matches(spelling.bytes, bytes, range.lowerBound) {
            return spelling.element
        }
        return .other
    }

    private static func matches(_ spelling: [UInt8], _ bytes: [UInt8], _ start: Int) -> Bool {
        var at = start
        for letter in spelling {
            let byte = bytes[at]
            guard (byte &- 0x41 < 26 ? byte | 0x20 : byte) == letter else { return false }
            at &+= 1
        }
        return true
    }
}
