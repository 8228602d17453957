import Glibc
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit

/// A page or a page-text dump that is named on the command line: a file, an address, or standard input.
struct GivenPage {
    var content: Document.Content
    /// Its address, as stated or as fetched.
    var url: String?

    /// - Parameters:
    ///   - name: a file, an address, or `-`.
    ///   - url: the address to go by, whatever the page came from.
    /// - Throws: ``Failure`` for what cannot be read or is no page, ``WebError`` for what cannot be fetched.
    init(_ name: String, url: String?, fetcher: WebFetcher) throws {
        var bytes: [UInt8]
        var declared: ContentType?
        var address = url
        if WebFetcher.isAddress(name) {
            let response = try fetcher.fetch(name)
            fetcher.explain(response, schedule: nil)
            bytes = response.body
            declared = response.headers["content-type"].map { ContentType(header: $0) }
            address = url ?? response.url.text
        } else {
            bytes = try name == "-" ? Self.standardInput() : LineInput.contents(name)
        }
        let place = name == "-" ? "standard input" : name
        guard bytes.contains(where: { $0 > 0x20 }) else { throw Failure(.dataError, "\(place) is empty") }
        // A server's word for HTML or text is not enough: many send everything as one of them.
        let isFile = declared == nil && name != "-"
        let format = DocumentFormat.detect(bytes, name: isFile ? name : "")
        content = Document.Content(
            bytes: bytes, type: ContentType(try Self.type(format, place, declared), charset: declared?.charset))
        self.url = address
    }

    private static func standardInput() throws -> [UInt8] {
        var input = LineInput(descriptor: STDIN_FILENO)
        return try input.rest()
    }

    private static func type(_ format: DocumentFormat, _ place: String, _ declared: ContentType?) throws -> String {
        switch format {
        case .html: return "text/html"
        // HTML may begin with anything; a server knows.
        case .plainText, .otherXML:
            if declared?.essence == "text/html" || declared?.essence == "application/xhtml+xml" { return "text/html" }
            if format == .plainText { return "text/plain" }
            throw Failure(.dataError, "\(place) is XML, and no page; `wirewatch fetch` shows feeds and sitemaps")
        case .feed:
            throw Failure(.dataError, "\(place) is a feed, and no page; `wirewatch fetch` shows its items")
        case .articleJSON, .jsonLines:
            throw Failure(
                .dataError, "\(place) is JSON, and no page; `wirewatch process` takes article records and JSON lines")
        case .binary:
            let type = declared.map { " (\($0.essence))" } ?? ""
            throw Failure(.dataError, "\(place) is no text\(type): it holds NUL bytes")
        }
    }
}
