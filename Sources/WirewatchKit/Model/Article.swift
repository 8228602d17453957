/// The event that flows through the pipeline: an article's text and metadata, and the findings of the stages.
///
/// All text is valid UTF-8. Spans are byte offsets into the UTF-8 of the field that they name, end exclusive.
///
/// A value whose copies share their fields until one of them is changed: an article is handed on some ten times, and has some
/// thirty references.
public struct Article: Sendable, Equatable {
    @usableFromInline var storage = Storage(Contents())

    public init() {}

    /// Deterministic identifier: 32 hexadecimal digits, the same for the same document of the same source.
    /// Set by the engine.
    public var id: String {
        @inlinable _read { yield storage.contents.id }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.id
        }
    }

    /// The configured name of the source. Set by the engine.
    public var source: String {
        @inlinable _read { yield storage.contents.source }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.source
        }
    }

    public var url: String? {
        @inlinable _read { yield storage.contents.url }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.url
        }
    }

    public var canonicalURL: String? {
        @inlinable _read { yield storage.contents.canonicalURL }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.canonicalURL
        }
    }

    /// Empty when the article has none.
    public var title: String {
        @inlinable _read { yield storage.contents.title }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.title
        }
    }

    public var subtitle: String? {
        @inlinable _read { yield storage.contents.subtitle }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.subtitle
        }
    }

    public var authors: [String] {
        @inlinable _read { yield storage.contents.authors }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.authors
        }
    }

    public var published: PublicationDate? {
        @inlinable _read { yield storage.contents.published }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.published
        }
    }

    public var modified: PublicationDate? {
        @inlinable _read { yield storage.contents.modified }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.modified
        }
    }

    /// When the source yielded the document.
    public var received: Timestamp {
        @inlinable _read { yield storage.contents.received }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.received
        }
    }

    public var site: String? {
        @inlinable _read { yield storage.contents.site }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.site
        }
    }

    public var section: String? {
        @inlinable _read { yield storage.contents.section }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.section
        }
    }

    /// BCP 47 tag, such as `en` or `zh-Hans`.
    public var language: String? {
        @inlinable _read { yield storage.contents.language }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.language
        }
    }

    /// How sure the text makes of ``language``, from 0 to 1; nil for a language that was not read from the text.
    public var languageConfidence: Double? {
        @inlinable _read { yield storage.contents.languageConfidence }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.languageConfidence
        }
    }

    public var tags: [String] {
        @inlinable _read { yield storage.contents.tags }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.tags
        }
    }

    public var captions: [Caption] {
        @inlinable _read { yield storage.contents.captions }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.captions
        }
    }

    /// Paragraphs (and subheadings) separated by one blank line.
    public var body: String {
        @inlinable _read { yield storage.contents.body }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.body
        }
    }

    /// Where the subheadings stand in ``body``, ascending.
    public var subheadings: [Range<Int>] {
        @inlinable _read { yield storage.contents.subheadings }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.subheadings
        }
    }

    /// The publisher's note about the article, which is no part of its body.
    public var editorsNote: String? {
        @inlinable _read { yield storage.contents.editorsNote }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.editorsNote
        }
    }

    /// What the page is that the article was read from; nil for one that was read from none.
    public var pageKind: PageKind? {
        @inlinable _read { yield storage.contents.pageKind }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.pageKind
        }
    }

    /// What told ``pageKind``, in words; empty for an article.
    public var pageEvidence: [String] {
        @inlinable _read { yield storage.contents.pageEvidence }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.pageEvidence
        }
    }

    /// Where the fields were read.
    public var origins: FieldOrigins {
        @inlinable _read { yield storage.contents.origins }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.origins
        }
    }

    public var topics: [Topic] {
        @inlinable _read { yield storage.contents.topics }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.topics
        }
    }

    public var entities: [Entity] {
        @inlinable _read { yield storage.contents.entities }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.entities
        }
    }

    public var metrics: [Metric] {
        @inlinable _read { yield storage.contents.metrics }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.metrics
        }
    }

    public var story: Story? {
        @inlinable _read { yield storage.contents.story }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.story
        }
    }

    public var alerts: [Alert] {
        @inlinable _read { yield storage.contents.alerts }
        @inlinable _modify {
            makeUnique()
            yield &storage.contents.alerts
        }
    }

    public static func == (a: Article, b: Article) -> Bool {
        a.storage === b.storage || a.storage.contents == b.storage.contents
    }
}

/// The text under a picture, and who made the picture.
public struct Caption: Sendable, Hashable {
    public var text: String
    public var credit: String?

    public init(text: String, credit: String? = nil) {
        self.text = text
        self.credit = credit
    }
}

/// A text of an article that spans can point into.
public enum TextField: Sendable, Hashable {
    case title
    case subtitle
    case body
    case editorsNote
    /// The text of `captions[n]`.
    case caption(Int)
    /// `tags[n]`.
    case tag(Int)

    /// The field's name in records: `title`, `body`, `captions[0].text`, `tags[2]`.
    public var name: String {
        switch self {
        case .title: "title"
        case .subtitle: "subtitle"
        case .body: "body"
        case .editorsNote: "editors_note"
        case .caption(let index): "captions[\(index)].text"
        case .tag(let index): "tags[\(index)]"
        }
    }

    /// Reads what ``name`` writes.
    public init?(name: String) {
        switch name {
        case "title": self = .title
        case "subtitle": self = .subtitle
        case "body": self = .body
        case "editors_note": self = .editorsNote
        default:
            func index(_ prefix: String, _ suffix: String) -> Int? {
                guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
                return Int(name.dropFirst(prefix.count).dropLast(suffix.count))
            }
            if let n = index("captions[", "].text") {
                self = .caption(n)
            } else if let n = index("tags[", "]") {
                self = .tag(n)
            } else {
                return nil
            }
        }
    }
}

/// A UTF-8 byte range of one field of an article.
public struct TextSpan: Sendable, Hashable {
    public var field: TextField
    /// Byte offsets, end exclusive.
    public var range: Range<Int>

    public init(_ field: TextField, _ range: Range<Int>) {
        self.field = field
        self.range = range
    }
}

extension Article {
    /// The text of a field; nil when the article has no such caption, tag or subtitle.
    public func text(of field: TextField) -> String? {
        switch field {
        case .title: title
        case .subtitle: subtitle
        case .body: body
        case .editorsNote: editorsNote
        case .caption(let n): captions.indices.contains(n) ? captions[n].text : nil
        case .tag(let n): tags.indices.contains(n) ? tags[n] : nil
        }
    }

    /// The text that a span covers; nil when it lies outside its field or cuts a character.
    public func text(of span: TextSpan) -> String? {
        guard let text = text(of: span.field) else { return nil }
        let utf8 = text.utf8
        guard span.range.lowerBound >= 0, span.range.upperBound <= utf8.count else { return nil }
        let start = utf8.index(utf8.startIndex, offsetBy: span.range.lowerBound)
        let end = utf8.index(utf8.startIndex, offsetBy: span.range.upperBound)
        return String(utf8[start..<end])
    }

    /// Every field that has text, in reading order: title, subtitle, body, captions, tags.
    public var textFields: [TextField] {
        var fields: [TextField] = []
        if !title.isEmpty { fields.append(.title) }
        if subtitle?.isEmpty == false { fields.append(.subtitle) }
        if !body.isEmpty { fields.append(.body) }
        fields += captions.indices.map(TextField.caption)
        fields += tags.indices.map(TextField.tag)
        return fields
    }
}
