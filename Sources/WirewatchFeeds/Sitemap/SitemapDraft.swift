import WirewatchKit
import WirewatchMarkup

/// An entry while its elements are being read. The first of each counts.
struct SitemapDraft {
    /// Of keywords and tickers.
    static let maximumTags = 64
    private static let maximumImages = 32
    /// Bytes. The protocol allows 2,048 for a URL.
    private static let maximumURL = 8192
    private static let maximumLine = 4096

    private var url: String?
    private var modified: PublicationDate?
    private var news: SitemapNews?
    private var images: [SitemapImage] = []
    /// Whether the last of `images` is still open.
    private var isInImage = false

    mutating func beginNews() { if news == nil { news = SitemapNews() } }

    mutating func beginImage() {
        isInImage = images.count < Self.maximumImages
        if isInImage { images.append(SitemapImage()) }
    }

    /// - Parameter text: decoded.
    mutating func take(_ element: SitemapElement, in context: SitemapElement, _ text: [UInt8], base: String?) {
        switch (context, element) {
        case (.url, .loc): if url == nil { url = Self.url(text, text.indices, base: base) }
        case (.url, .lastmod): if modified == nil { modified = DateReader.readWhole(text) }
        case (.publication, .name): news?.publication = Self.line(text)
        case (.publication, .language): news?.language = Self.line(text)
        case (.news, .publicationDate): if news?.published == nil { news?.published = DateReader.readWhole(text) }
        case (.news, .title): if news?.title.isEmpty == true { news?.title = Self.line(text) ?? "" }
        case (.news, .keywords): news?.keywords += Self.list(text)
        case (.news, .stockTickers): news?.stockTickers += Self.list(text)
        case (.image, .loc): image { $0.url = Self.url(text, text.indices, base: base) ?? "" }
        case (.image, .caption): image { $0.caption = Self.line(text) }
        case (.image, .title): image { $0.title = Self.line(text) }
        default: break
        }
    }

    /// Nil without a URL.
    func finished() -> SitemapEntry? {
        guard let url else { return nil }
        var entry = SitemapEntry(url: url)
        entry.modified = modified
        entry.news = news
        if var news {
            news.keywords = Array(news.keywords.prefix(Self.maximumTags))
            news.stockTickers = Array(news.stockTickers.prefix(Self.maximumTags))
            entry.news = news
        }
        entry.images = images.filter { !$0.url.isEmpty || $0.caption != nil }
        return entry
    }

    private mutating func image(_ change: (inout SitemapImage) -> Void) {
        guard isInImage, !images.isEmpty else { return }
        change(&images[images.count - 1])
    }

    // MARK: Values

    /// An absolute http or https URL without white space around it; nil for anything else.
    static func url(_ bytes: [UInt8], _ range: Range<Int>, base: String?) -> String? {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] <= 0x20 { start &+= 1 }
        while end > start, bytes[end &- 1] <= 0x20 { end &-= 1 }
        guard start < end, end - start <= maximumURL else { return nil }
        let url = URLReference.resolve(String(decoding: bytes[start..<end], as: UTF8.self), base: base)
        return URLReference.isWeb(url) && url.utf8.count <= maximumURL ? url : nil
    }

    private static func line(_ bytes: [UInt8]) -> String? {
        let line = PlainText.line(String(decoding: bytes.prefix(maximumLine), as: UTF8.self))
        return line.isEmpty ? nil : line
    }

    private static func list(_ bytes: [UInt8]) -> [String] {
        guard let line = line(bytes) else { return [] }
        return line.split(separator: ",").prefix(maximumTags).map { PlainText.collapsed(String($0)) }
            .filter { !$0.isEmpty }
    }
}
