public import WirewatchHTTP
public import WirewatchKit

/// The page of an item, fetched for its text.
public struct ArticlePage: Sendable {
    public var content: Document.Content
    /// Where it was found, after redirects.
    public var url: HTTPURL

    /// Fetches a page where robots.txt allows it.
    /// - Parameters:
    ///   - origin: ``HTTPURL/origin`` of the source's own URL, the only one that is shown its credentials.
    /// - Throws: ``PageRefusal``, ``HTTPError`` or ``PageProblem``; ``PageProblem/reason(_:)`` makes one word of each.
    public static func fetch(
        _ url: HTTPURL, linkedFrom origin: String, by connection: ConnectionOptions, _ fetcher: PollFetcher
    ) async throws -> ArticlePage {
        let request = connection.request(
            url, linkedFrom: origin, accept: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1")
        let response = try await fetcher.page(request, connection.agent)
        let type = response.headers["content-type"].map { ContentType(header: $0) } ?? .html
        guard response.status == 200 else { throw PageProblem.status(response.status) }
        guard ["text/html", "application/xhtml+xml"].contains(type.essence) else { throw PageProblem.type }
        guard !response.body.isEmpty else { throw PageProblem.empty }
        return ArticlePage(content: Document.Content(bytes: response.body, type: type), url: response.url)
    }

    /// Makes the page the document's text.
    /// - Parameter keepingItem: whether the document's own text, of a feed's item, stays beside it, for the stage that
    ///   extracts to choose from.
    public func put(into document: inout Document, keepingItem: Bool = false) {
        let own = document.content?.bytes ?? []
        document.content = content
        if keepingItem { document.content?.item = own } else { document.article.body = "" }
        document.article.canonicalURL = CanonicalURL(url).text
    }
}
