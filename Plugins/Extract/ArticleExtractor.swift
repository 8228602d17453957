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
    ///   - url: the page's address, if known: relative canonical addresses are made whole with it, a date in its path is a
    ///     last resort, and hints are for the pages of some addresses.
    ///   - received: when the page was fetched, if known: what `2 hours ago` and `3 March` count from.
    /// - Throws: ``ExtractionError`` for a content type other than text and HTML.
    public func extract(
        _ content: Document.Content, url: String? = nil, received: Timestamp? = nil
    ) throws -> Extraction {
        let bytes = Charset.decode(content.bytes, contentTypeCharset: content.type.charset)
        var result: Extraction
        switch content.type.essence {
        case "text/html", "application/xhtml+xml":
            result =
                content.isFragment
                ? HTMLFragmentExtractor.extract(bytes)
                : HTMLPageExtractor.extract(bytes, url: url, received: received, hint: options.hint(for:))
        case "text/plain":
            result = PageTextExtractor.extract(bytes)
            for field in ArticleField.allCases { result.article.origins[field] = .pageText }
            result.article.dropUnusedOrigins()
        default:
            throw ExtractionError(
                "cannot extract from content type '\(content.type.essence)'; text/html, application/xhtml+xml and text/plain are read"
            )
        }
        if let language = options.language {
            result.article.language = language
            result.article.languageConfidence = nil
            result.article.origins[.language] = .hint
        }
        return result
    }

    /// Fills an event's article from its document.
    ///
    /// What the source knows already (the fields of a feed's item) wins for title, URL and date of publication, unless a hint
    /// names them; for the rest it is kept where the page gives nothing. Of a feed's item and its page the better text is
    /// kept (``BodyChoice``).
    ///
    /// - Throws: ``ExtractionError`` when there is neither title nor body, when the page is of a kind that the options do not
    ///   keep and the source has no article of its own, or when there is less body than the options ask for.
    public func fill(_ article: inout Article, from content: Document.Content) throws -> Extraction {
        var result = try extract(content, url: article.url, received: article.received.known)
        try fill(&article, from: content, &result)
        return result
    }

    /// Finds the language of an article that came complete, where its source does not say it.
    func fillLanguage(_ article: inout Article) {
        if let language = options.language {
            article.language = language
            article.languageConfidence = nil
        } else if article.language == nil {
            article.setLanguage(declared: nil)
        }
    }

    /// The same with what ``extract(_:url:received:)`` gave.
    func fill(_ article: inout Article, from content: Document.Content, _ result: inout Extraction) throws {
        let known = article
        let isItem = content.item != nil || content.isFragment
        let kind = result.article.pageKind ?? .article
        guard options.keep.contains(kind) || content.item != nil else {
            throw ExtractionError(
                """
                no article: it is \(kind.name) (\(result.article.pageEvidence.joined(separator: "; "))); to keep such pages, \
                add \(kind.rawValue) to 'keep' of the stage 'extract'
                """)
        }
        if content.item != nil { chooseBody(&result, known: known, content, kind: kind) }
        article.merge(result.article, isStandIn: content.item != nil && kind.isInPlace, isItem: isItem)
        if isItem, result.article.language == nil, !article.body.isEmpty {
            article.setLanguage(declared: article.language)
        }
        if let language = options.language {
            article.language = language
            article.languageConfidence = nil
            article.origins[.language] = .hint
        }
        if !options.origins { article.origins = FieldOrigins() }
        if article.title.isEmpty, article.body.isEmpty {
            throw ExtractionError(
                "no article: looked for " + result.missing.joined(separator: " and for ") + ", and found neither")
        }
        guard article.body.utf8.count >= options.minimumBody else {
            throw ExtractionError(
                """
                the body has \(article.body.utf8.count) bytes and 'min_body' asks for \(options.minimumBody); \
                the document is \(kind == .article ? "an article with little text" : kind.name)
                """)
        }
    }

    /// Puts the item's own text in place of the page's, where that is the better one.
    private func chooseBody(
        _ result: inout Extraction, known: Article, _ content: Document.Content, kind: PageKind
    ) {
        var own = Extraction()
        own.article.body = known.body
        own.article.subheadings = known.subheadings
        if let html = content.item, !html.isEmpty {
            own = HTMLFragmentExtractor.extract(Charset.decode(html, contentTypeCharset: "utf-8"))
        }
        let choice = BodyChoice(
            page: result.article.body, item: own.article.body, isStub: kind == .paywallStub,
            inPlace: kind.isInPlace ? kind.name : nil)
        guard case .item(let reason) = choice.kept else {
            result.bodyChoice = "the page's"
            return
        }
        result.bodyChoice = "the item's own: \(reason)"
        result.article.body = own.article.body
        result.article.subheadings = own.article.subheadings
        result.article.origins[.body] = own.article.body.isEmpty ? nil : .source
        if kind.isInPlace || result.article.captions.isEmpty {
            result.article.captions = own.article.captions
            result.article.origins[.captions] = own.article.captions.isEmpty ? nil : .source
        }
    }
}

extension PageKind {
    /// Whether it stands where an article should be, so that what it says of itself is nothing about one.
    var isInPlace: Bool {
        switch self {
        case .article, .paywallStub, .video: false
        case .index, .notFound, .consentWall, .loginWall, .blocked, .needsScript: true
        }
    }
}

extension Article {
    /// Takes over what was found in its document, beside what its source said.
    ///
    /// - Parameters:
    ///   - isStandIn: whether the page is another than the article's, so that only the text is taken.
    ///   - isItem: whether the source told of the article itself, as a feed's item does.
    fileprivate mutating func merge(_ found: Article, isStandIn: Bool, isItem: Bool) {
        pageKind = found.pageKind
        pageEvidence = found.pageEvidence
        let known = self
        for field in ArticleField.allCases where field != .body { origins[field] = .source }
        if !isStandIn {
            func take(_ field: ArticleField, when isTaken: Bool, _ set: (inout Article) -> Void) {
                guard isTaken || found.origins[field] == .hint else { return }
                set(&self)
                origins[field] = found.origins[field]
            }
            take(.title, when: known.title.isEmpty) { $0.title = found.title }
            take(.published, when: known.published == nil) { $0.published = found.published }
            take(.subtitle, when: found.subtitle != nil) { $0.subtitle = found.subtitle }
            take(.modified, when: found.modified != nil) { $0.modified = found.modified }
            take(.site, when: found.site != nil) { $0.site = found.site }
            take(.section, when: found.section != nil) { $0.section = found.section }
            take(.canonicalURL, when: found.canonicalURL != nil) { $0.canonicalURL = found.canonicalURL }
            take(.editorsNote, when: found.editorsNote != nil) { $0.editorsNote = found.editorsNote }
            take(.authors, when: !found.authors.isEmpty) { $0.authors = found.authors }
            take(.tags, when: !found.tags.isEmpty) { $0.tags = found.tags }
            take(.language, when: found.language != nil) {
                $0.language = found.language
                $0.languageConfidence = found.languageConfidence
            }
        }
        if !found.captions.isEmpty {
            captions = found.captions
            origins[.captions] = found.origins[.captions] ?? (isItem ? .source : .page)
        }
        if !found.body.isEmpty {
            body = found.body
            subheadings = found.subheadings
            origins[.body] = found.origins[.body] ?? (isItem ? .source : .page)
        } else if !body.isEmpty {
            origins[.body] = .source
        }
        dropUnusedOrigins()
    }
}

extension Timestamp {
    /// Nil for the time that an article has before it was received.
    var known: Timestamp? { milliseconds == 0 ? nil : self }
}
