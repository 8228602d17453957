/// A field of an article whose origin is told.
public enum ArticleField: String, Sendable, Hashable, CaseIterable {
    case title, subtitle, authors, published, modified, site, section, language, tags, captions, body
    case canonicalURL = "canonical_url"
    case editorsNote = "editors_note"
}

/// Where the value of a field was read: one word.
public struct FieldOrigin: RawRepresentable, Sendable, Hashable {
    public var rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// What the source knew before the document was read: a feed's item, a sitemap's entry, what was posted.
    public static let source = FieldOrigin(rawValue: "source")
    /// A selector or value that the user gave.
    public static let hint = FieldOrigin(rawValue: "hint")
    /// schema.org data in a script of the page.
    public static let jsonLD = FieldOrigin(rawValue: "json_ld")
    /// `og:` and `article:` properties.
    public static let openGraph = FieldOrigin(rawValue: "open_graph")
    public static let twitter = FieldOrigin(rawValue: "twitter")
    /// Another `meta` element.
    public static let meta = FieldOrigin(rawValue: "meta")
    /// A `link` element.
    public static let link = FieldOrigin(rawValue: "link")
    /// A `rel` or `itemprop` attribute, or a class that names an author.
    public static let markup = FieldOrigin(rawValue: "markup")
    /// A `time` element.
    public static let time = FieldOrigin(rawValue: "time")
    /// The `title` element.
    public static let documentTitle = FieldOrigin(rawValue: "title_element")
    /// The headline, `h1`.
    public static let heading = FieldOrigin(rawValue: "h1")
    /// The `lang` attribute of the page.
    public static let lang = FieldOrigin(rawValue: "lang")
    /// What readers see around the text: byline, dateline.
    public static let visible = FieldOrigin(rawValue: "visible")
    /// The article's text itself.
    public static let text = FieldOrigin(rawValue: "text")
    /// The page's address.
    public static let url = FieldOrigin(rawValue: "url")
    /// The page's blocks of text.
    public static let page = FieldOrigin(rawValue: "page")
    /// A page-text dump.
    public static let pageText = FieldOrigin(rawValue: "page_text")
}

/// Where the fields of an article were read. A value; small, and empty for an article that came complete.
public struct FieldOrigins: Sendable, Hashable {
    private var origins: [ArticleField: FieldOrigin] = [:]

    public init() {}

    /// Nil for a field that is not set, or of which nothing is known.
    public subscript(field: ArticleField) -> FieldOrigin? {
        get { origins[field] }
        set { origins[field] = newValue }
    }

    public var isEmpty: Bool { origins.isEmpty }

    /// In the order of records.
    public var all: [(field: ArticleField, origin: FieldOrigin)] {
        origins.isEmpty ? [] : ArticleField.allCases.compactMap { field in origins[field].map { (field, $0) } }
    }
}
