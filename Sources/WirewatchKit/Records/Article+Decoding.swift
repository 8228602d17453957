internal import FoundationEssentials

/// Why bytes are no article record.
public struct RecordDecodingError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(description: String) { self.description = description }

    init(_ error: DecodingError, what: String) {
        func place(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? "" : " in '\(path)'"
        }
        description =
            switch error {
            case .typeMismatch(let type, let context): "expected \(type)\(place(context))"
            case .valueNotFound(_, let context): "missing value\(place(context))"
            case .keyNotFound(let key, let context):
                "missing member '\(key.stringValue)'\(place(context))"
            case .dataCorrupted(let context): "not valid JSON\(place(context))"
            @unknown default: "not \(what)"
            }
    }
}

extension Article {
    /// Reads an article from JSON: a `wirewatch.article/1` record or any object with at least a `title` or a `body`.
    ///
    /// Text is taken byte for byte; findings are not read, for the pipeline makes them anew. Unknown members are
    /// ignored.
    ///
    /// - Throws: ``RecordDecodingError`` saying what is wrong and where in the object.
    public init(json: [UInt8]) throws {
        let fields: Fields
        do {
            fields = try JSONDecoder().decode(Fields.self, from: Data(json))
        } catch let error as DecodingError {
            throw RecordDecodingError(error, what: "an article record")
        }
        guard fields.title != nil || fields.body != nil else {
            throw RecordDecodingError(description: "an article needs a 'title' or a 'body'")
        }
        self.init()
        id = fields.id ?? ""
        source = fields.source ?? ""
        url = fields.url
        canonicalURL = fields.canonical_url
        title = fields.title ?? ""
        subtitle = fields.subtitle
        authors = fields.authors ?? []
        published = try Self.date(fields.published, "published")
        modified = try Self.date(fields.modified, "modified")
        site = fields.site
        section = fields.section
        language = fields.language
        languageConfidence = fields.language_confidence
        tags = fields.tags ?? []
        captions = (fields.captions ?? []).map { Caption(text: $0.text, credit: $0.credit) }
        body = fields.body ?? ""
        let length = body.utf8.count
        subheadings = (fields.subheadings ?? []).compactMap {
            $0.start >= 0 && $0.start <= $0.end && $0.end <= length ? $0.start..<$0.end : nil
        }
        editorsNote = fields.editors_note
        // Kinds and fields of a later version are passed over, as unknown members are.
        pageKind = fields.page_kind.flatMap(PageKind.init)
        pageEvidence = fields.page_evidence ?? []
        for (name, origin) in fields.origins ?? [:] {
            if let field = ArticleField(rawValue: name) { origins[field] = FieldOrigin(rawValue: origin) }
        }
    }

    private static func date(_ text: String?, _ field: String) throws -> PublicationDate? {
        guard let text else { return nil }
        guard let date = PublicationDate(text: text) else {
            throw RecordDecodingError(
                description: "'\(field)' is \"\(text.prefix(40))\", not an RFC 3339 date")
        }
        return date
    }

    private struct Fields: Decodable {
        var id, source, url, canonical_url, title, subtitle: String?
        var authors: [String]?
        var published, modified, site, section, language: String?
        var language_confidence: Double?
        var tags: [String]?
        var captions: [CaptionFields]?
        var body: String?
        var subheadings: [RangeFields]?
        var editors_note, page_kind: String?
        var page_evidence: [String]?
        var origins: [String: String]?
    }

    private struct CaptionFields: Decodable {
        var text: String
        var credit: String?
    }

    private struct RangeFields: Decodable {
        var start, end: Int
    }
}
