import WirewatchHTTP
import WirewatchKit
import WirewatchMarkup

/// Why a page could not be read.
struct PageMistake: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// A page as it came: its type, its bytes in UTF-8, and its tree if it is HTML.
struct PageContent {
    var isHTML: Bool
    var text: [UInt8]
    var tree: MarkupTree
    var robots = RobotsDirectives()

    /// - Throws: ``PageMistake`` for what is no page.
    init(_ response: HTTPResponse, agent: String) throws(PageMistake) {
        let type = try Self.type(of: response)
        isHTML = type.essence != "text/plain"
        text = Charset.decode(response.body, contentTypeCharset: type.charset)
        tree = MarkupTree(html: isHTML ? text : [])
        for value in response.headers.all("x-robots-tag").prefix(64) { robots.add(header: value, agent: agent) }
    }

    static let accept = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.1"

    /// The type of a reply that can be read as a page.
    static func type(of response: HTTPResponse) throws(PageMistake) -> ContentType {
        let type = response.headers["content-type"].map { ContentType(header: $0) } ?? .html
        if type.essence == "application/pdf" || response.body.starts(with: "%PDF-".utf8) {
            throw PageMistake("it is a PDF, which is not read; look for the same as a web page")
        }
        switch type.essence {
        case "text/html", "application/xhtml+xml", "text/plain", "": break
        case "application/rss+xml", "application/atom+xml", "application/feed+json":
            throw PageMistake("it is a feed (\(type.essence)); watch it with a source of type 'feed'")
        default:
            throw PageMistake("its type is \(type.essence); text/html, application/xhtml+xml and text/plain are read")
        }
        guard !response.body.isEmpty else { throw PageMistake("the reply is empty") }
        return ContentType(type.essence.isEmpty ? "text/html" : type.essence, charset: type.charset)
    }
}
