import WirewatchCompression
import WirewatchDigest
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit

/// What a posted body holds.
struct IntakeReading {
    struct Rejection {
        /// Of the document in the body, from 0.
        var index: Int
        var reason: String
    }

    /// Why a body cannot be read at all.
    struct Refusal: Error {
        var reply: InboundReply

        init(_ status: Int, _ title: String, _ detail: String, headers: [(name: String, value: String)] = []) {
            reply = .problem(status, title, detail, headers: headers)
        }
    }

    private(set) var documents: [Document] = []
    private(set) var rejections: [Rejection] = []

    static let types = """
        application/json, application/vnd.wirewatch.article+json, application/x-ndjson, text/html, text/plain, \
        application/rss+xml, application/atom+xml, application/feed+json
        """

    /// - Parameter received: the documents' time of arrival.
    init(_ request: InboundRequest, _ options: HTTPIntakeOptions, received: Timestamp) throws(Refusal) {
        guard let header = request.header("Content-Type"), !header.isEmpty else {
            throw Refusal(415, "Unsupported Media Type", "Content-Type is missing; it is one of \(Self.types)")
        }
        let type = ContentType(header: header)
        guard DocumentFormat.knows(type) else {
            throw Refusal(
                415, "Unsupported Media Type", "Content-Type is '\(type.essence)'; it must be one of \(Self.types)",
                headers: [("Accept", Self.types)])
        }
        let bytes = try Self.decoded(request, limit: options.maxSize)
        guard bytes.contains(where: { $0 > 0x20 }) else { throw Refusal(400, "Bad Request", "the body is empty") }
        let reader = DocumentReader(contentType: type) { SHA256.identifier(of: $0) }
        switch DocumentFormat.detect(bytes, name: "", declared: type) {
        case .articleJSON: try readJSON(bytes, reader, options, received)
        case .jsonLines: try readLines(bytes, reader, options, received)
        case .feed:
            if type.essence.hasSuffix("json") { _ = try Self.checked(bytes) }
            try readWhole(bytes, reader, url: nil, received)
        default:
            let url = try Self.url(of: request)
            try readWhole(bytes, reader, url: url, received)
            if let id = request.parameter("id"), !id.isEmpty, documents.count == 1 {
                documents[0].identity = "id:" + id
            }
        }
        if documents.count > options.maxDocuments { throw Self.tooMany(options) }
        for index in documents.indices { Self.identify(&documents[index]) }
    }

    private mutating func readWhole(
        _ bytes: [UInt8], _ reader: DocumentReader, url: String?, _ received: Timestamp
    ) throws(Refusal) {
        let reading = reader.read(bytes, name: "", url: url, received: received)
        if let rejection = reading.rejections.first {
            throw Refusal(400, "Bad Request", "the body cannot be read: \(rejection.reason)")
        }
        documents = reading.documents
    }

    private mutating func readJSON(
        _ bytes: [UInt8], _ reader: DocumentReader, _ options: HTTPIntakeOptions, _ received: Timestamp
    ) throws(Refusal) {
        switch try Self.checked(bytes) {
        case .scalar:
            throw Refusal(400, "Bad Request", "the JSON is neither an object nor an array of objects")
        case .object: take(0, bytes, reader, received)
        case .array(let elements):
            if elements.count > options.maxDocuments { throw Self.tooMany(options) }
            for (index, range) in elements.enumerated() { take(index, Array(bytes[range]), reader, received) }
        }
    }

    private mutating func readLines(
        _ bytes: [UInt8], _ reader: DocumentReader, _ options: HTTPIntakeOptions, _ received: Timestamp
    ) throws(Refusal) {
        var index = 0
        for line in bytes.split(separator: 0x0A) where line.contains(where: { $0 > 0x20 }) {
            guard index < options.maxDocuments else { throw Self.tooMany(options) }
            let line = Array(line)
            do throws(JSONSyntaxError) {
                _ = try JSONSyntax.check(line)
                take(index, line, reader, received)
            } catch {
                rejections.append(Rejection(index: index, reason: "no JSON at column \(error.column): \(error.reason)"))
            }
            index += 1
        }
    }

    private mutating func take(_ index: Int, _ bytes: [UInt8], _ reader: DocumentReader, _ received: Timestamp) {
        guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else {
            rejections.append(
                Rejection(index: index, reason: "it is no JSON object with a 'title', a 'body' or a 'text'"))
            return
        }
        do throws(DocumentReader.LineError) {
            if let document = try reader.readLine(bytes, received: received) { documents.append(document) }
        } catch {
            rejections.append(Rejection(index: index, reason: error.description))
        }
    }

    // MARK: The parts of a request

    private static func checked(_ bytes: [UInt8]) throws(Refusal) -> JSONSyntax.Shape {
        do throws(JSONSyntaxError) {
            return try JSONSyntax.check(bytes)
        } catch {
            var refusal = Refusal(400, "Bad Request", "")
            refusal.reply = .problem(400, "Bad Request", "the body is no JSON: \(error)") { json in
                json.member("offset", error.offset)
                json.member("line", error.line)
                json.member("column", error.column)
            }
            throw refusal
        }
    }

    private static func decoded(_ request: InboundRequest, limit: Int) throws(Refusal) -> [UInt8] {
        switch request.header("Content-Encoding")?.lowercased() ?? "identity" {
        case "identity", "": return request.body
        case "gzip", "x-gzip": break
        case let other:
            throw Refusal(
                415, "Unsupported Media Type", "Content-Encoding is '\(other)'; only gzip is understood",
                headers: [("Accept-Encoding", "gzip")])
        }
        var rest = request.body[...]
        var bytes: [UInt8] = []
        do {
            let reader = try GunzipReader { buffer in
                let count = min(buffer.count, rest.count)
                buffer.replaceSubrange(0..<count, with: rest.prefix(count))
                rest = rest.dropFirst(count)
                return count
            }
            var piece: [UInt8] = []
            while try reader.read(into: &piece) {
                bytes += piece
                if bytes.count > limit { break }
            }
        } catch {
            throw Refusal(400, "Bad Request", "the body is not what Content-Encoding says: \(error)")
        }
        if bytes.count > limit {
            throw Refusal(
                413, "Content Too Large", "the body is larger than \(HumanUnits.text(bytes: limit)) once decompressed")
        }
        return bytes
    }

    private static func url(of request: InboundRequest) throws(Refusal) -> String? {
        guard let text = request.header("Content-Location") ?? request.parameter("url"), !text.isEmpty else {
            return nil
        }
        do throws(HTTPError) {
            return try HTTPURL(text).text
        } catch {
            throw Refusal(400, "Bad Request", "the page's URL is no http or https URL: \(error.detail)")
        }
    }

    /// What has no id of its own is known by its URL and content, however the JSON around it is written.
    private static func identify(_ document: inout Document) {
        guard !document.identity.hasPrefix("id:"), !document.identity.hasPrefix("item:") else { return }
        let article = document.article
        document.identity = SHA256.identifier(
            article.url ?? "", article.title, article.subtitle ?? "", article.body,
            document.content.map { SHA256.identifier(of: $0.bytes) } ?? "")
    }

    private static func tooMany(_ options: HTTPIntakeOptions) -> Refusal {
        Refusal(
            413, "Content Too Large",
            "more than \(options.maxDocuments) documents in one body; send them in several requests")
    }
}
