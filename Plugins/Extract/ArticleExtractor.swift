public import WirewatchKit
internal import WirewatchMarkup

/// Why no article could be read from a document.
public struct ExtractionError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Reads articles out of HTML pages and page-text dumps. A value without state; safe to use from any thread.
public struct ArticleExtractor: Sendable {
    private let options: ExtractOptions

    public init(_ options: ExtractOptions = ExtractOptions()) { self.options = options }

    /// What a document gives by itself.
    ///
    /// - Parameters:
    ///   - url: the page's address, if known: relative canonical addresses are made whole with it, and a date in its path
    ///     is a last resort.
    ///   - received: when the page was fetched, if known: what `2 hours ago` and `3 March` count from.
    /// - Throws: ``ExtractionError`` for a content type other than text and HTML.
    public func extract(
        _ content: Document.Content, url: String? = nil, received: Timestamp? = nil
    ) throws -> Extraction {
        let bytes = Charset.decode(content.bytes, contentTypeCharset: content.type.charset)
        var result: Extraction
        switch content.type.essence {
        case "text/html", "application/xhtml+xml":
            result = HTMLPageExtractor.extract(bytes, url: url, received: received)
        case "text/plain": result = PageTextExtractor.extract(bytes)
        default:
            throw ExtractionError(
                "cannot extract from content type '\(content.type.essence)'; text/html, application/xhtml+xml and text/plain are read"
            )
        }
        if let language = options.language { result.article.language = language }
        return result
    }

    /// Fills an event's article from its document.
    ///
    /// What the source knows already (the fields of a feed's item) wins for title, URL and date of publication; for the rest
    /// it is kept where the page gives nothing.
    ///
    /// - Throws: ``ExtractionError`` when there is neither title nor body, or less body than the options ask for.
    public func fill(_ article: inout Article, from content: Document.Content) throws -> Extraction {
        let result = try extract(content, url: article.url, received: article.received.known)
        let found = result.article
        if article.title.isEmpty { article.title = found.title }
        article.published = article.published ?? found.published
        article.subtitle = found.subtitle ?? article.subtitle
        article.modified = found.modified ?? article.modified
        article.site = found.site ?? article.site
        article.section = found.section ?? article.section
        article.language = options.language ?? found.language ?? article.language
        article.canonicalURL = found.canonicalURL ?? article.canonicalURL
        article.editorsNote = found.editorsNote ?? article.editorsNote
        if !found.authors.isEmpty { article.authors = found.authors }
        if !found.tags.isEmpty { article.tags = found.tags }
        if !found.captions.isEmpty { article.captions = found.captions }
        if !found.body.isEmpty {
            article.body = found.body
            article.subheadings = found.subheadings
        }
        if article.title.isEmpty, article.body.isEmpty {
            throw ExtractionError(
                "no article: looked for " + result.missing.joined(separator: " and for ") + ", and found neither")
        }
        guard article.body.utf8.count >= options.minimumBody else {
            throw ExtractionError(
                """
                the body has \(article.body.utf8.count) bytes and 'min_body' asks for \(options.minimumBody): an index page or \
                a paywall stub
                """)
        }
        return result
    }
}

extension Timestamp {
    /// Nil for the time that an article has before it was received.
    var known: Timestamp? { milliseconds == 0 ? nil : self }
}
