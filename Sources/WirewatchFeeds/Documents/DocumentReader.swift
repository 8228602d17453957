public import WirewatchKit
import WirewatchMarkup

/// Makes documents out of the bytes of a file: pages, page-text dumps, feeds, article records, JSON Lines.
///
/// What a source that watches files and a command that is given one have in common.
public struct DocumentReader: Sendable {
    /// What came of some bytes.
    public struct Reading: Sendable {
        public var format: DocumentFormat
        public var documents: [Document] = []
        public var rejections: [Rejection] = []

        init(_ format: DocumentFormat) { self.format = format }
    }

    /// A document that could not be read, for ``SourceOutput/reject(identity:url:reason:excerpt:cursor:)``.
    public struct Rejection: Sendable {
        public var identity: String
        public var url: String?
        public var reason: String
        public var excerpt: String
    }

    /// Why a line is no article.
    public struct LineError: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    private let declared: ContentType?
    private let identify: @Sendable ([UInt8]) -> String

    /// - Parameters:
    ///   - contentType: what the bytes are, when the user says so; otherwise their name and looks decide.
    ///   - identify: a digest of bytes, such as `SHA256.identifier(of:)`, which identifies what has no identifier of
    ///     its own.
    public init(contentType: ContentType? = nil, identify: @escaping @Sendable ([UInt8]) -> String) {
        declared = contentType
        self.identify = identify
    }

    /// Reads a whole file.
    ///
    /// A page or a dump is one document, identified by its digest, with `url` as its article's URL. A feed is one
    /// document for each item. An article record is one complete article. JSON Lines are one document a line.
    ///
    /// - Parameters:
    ///   - name: the file's name.
    ///   - url: leads back to the file.
    ///   - received: the articles' time of arrival.
    public func read(_ bytes: [UInt8], name: String, url: String?, received: Timestamp) -> Reading {
        let format = DocumentFormat.detect(bytes, name: name, declared: declared)
        var reading = Reading(format)
        func reject(_ reason: String) {
            reading.rejections.append(
                Rejection(
                    identity: "rejected:" + identify(bytes), url: url, reason: reason, excerpt: Self.excerpt(bytes)))
        }
        switch format {
        case .html: reading.documents = [page(bytes, "text/html", url, received)]
        case .plainText: reading.documents = [page(bytes, "text/plain", url, received)]
        case .feed:
            do {
                let feed = try FeedReader.read(bytes, charset: declared?.charset)
                reading.documents = documents(of: feed, received: received)
            } catch {
                reject(error.description)
            }
        case .articleJSON:
            do {
                var document = try article(bytes, received)
                document.identity = identify(bytes)
                reading.documents = [document]
            } catch let error {
                reject("\(error)\(Self.arrayAdvice(bytes))")
            }
        case .jsonLines: readLines(bytes, url, received, &reading)
        case .otherXML:
            reject("the XML is neither a feed (RSS, RDF, Atom) nor a page (XHTML); set 'content_type' or exclude it")
        case .binary: reject("the file is not text: it holds NUL bytes; exclude it")
        }
        return reading
    }

    /// Reads one line of JSON Lines: an article record, or `{id, url, content_type, text}` with a document's text.
    ///
    /// The document's identity is made from the record's `id`, or from the line where there is none.
    ///
    /// - Parameter line: without its line end.
    /// - Returns: nil for a blank line.
    public func readLine(_ line: [UInt8], received: Timestamp) throws(LineError) -> Document? {
        guard line.contains(where: { $0 > 0x20 }) else { return nil }
        return try article(line, received)
    }

    // MARK: - Formats

    private func page(_ bytes: [UInt8], _ type: String, _ url: String?, _ received: Timestamp) -> Document {
        var article = Article()
        article.url = url
        article.received = received
        let content = Document.Content(bytes: bytes, type: ContentType(type, charset: declared?.charset))
        return Document(identity: identify(bytes), article: article, content: content)
    }

    private func readLines(_ bytes: [UInt8], _ url: String?, _ received: Timestamp, _ reading: inout Reading) {
        var number = 0
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            let line = Array(line)
            do {
                if let document = try readLine(line, received: received) { reading.documents.append(document) }
            } catch {
                reading.rejections.append(
                    Rejection(
                        identity: "line:" + identify(line), url: url, reason: "line \(number): \(error)",
                        excerpt: Self.excerpt(line)))
            }
        }
    }

    private func article(_ bytes: [UInt8], _ received: Timestamp) throws(LineError) -> Document {
        if let bad = firstInvalid(bytes) {
            throw LineError(description: "not valid UTF-8 at byte \(bad); JSON is UTF-8 (RFC 8259)")
        }
        let failure: String
        do {
            var article = try Article(json: bytes)
            article.received = received
            let id = article.id
            article.id = ""
            article.source = ""
            if !article.body.isEmpty { return Document(identity: identity(id, bytes), article: article) }
            // A record with a title alone may carry its text as a document.
            if let document = try? TextRecord(bytes).document(article, received) {
                return Document(identity: identity(id, bytes), article: document.article, content: document.content)
            }
            return Document(identity: identity(id, bytes), article: article)
        } catch {
            failure = "\(error)"
        }
        guard let record = try? TextRecord(bytes), let found = record.document(Article(), received) else {
            throw LineError(description: failure)
        }
        return Document(identity: identity(record.id ?? "", bytes), article: found.article, content: found.content)
    }

    /// The prefix keeps identifiers that publishers choose apart from digests.
    private func identity(_ id: String, _ bytes: [UInt8]) -> String { id.isEmpty ? identify(bytes) : "id:" + id }

    /// The place of the first byte that is not UTF-8.
    private func firstInvalid(_ bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var at = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): at += UTF8.width(scalar)
            case .emptyInput, .error: return at
            }
        }
    }

    private static func excerpt(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix(200), as: UTF8.self) }

    private static func arrayAdvice(_ bytes: [UInt8]) -> String {
        guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") else { return "" }
        return "; a list of articles is read from a .jsonl file with one article a line"
    }

    // MARK: - Feeds

    private func documents(of feed: Feed, received: Timestamp) -> [Document] {
        let scope = feed.id ?? feed.link ?? feed.title
        var uses: [String: Int] = [:]
        for item in feed.items { if let id = item.id { uses[id, default: 0] += 1 } }
        return feed.items.compactMap { item in
            var (article, content) = item.article(in: feed, received: received)
            article.url = item.url.map { URLReference.resolve($0, base: feed.link) }
            if content == nil, article.body.isEmpty, article.title.isEmpty { return nil }
            // Identifiers are unique within a feed only, and in some feeds not even there.
            let isUnique = item.id.map { uses[$0] == 1 } ?? false
            let key =
                isUnique
                ? item.id ?? ""
                : [item.id ?? "", item.url ?? "", item.url == nil ? digest(item) : ""].joined(separator: " ")
            return Document(identity: "item:\(scope) \(key)", article: article, content: content)
        }
    }

    private func digest(_ item: FeedItem) -> String {
        let text = item.content ?? item.summary
        return identify(Array("\(item.title)\u{0}\(text?.text ?? "")\u{0}\(item.published?.text ?? "")".utf8))
    }
}
