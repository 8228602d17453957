public import WirewatchKit
import WirewatchMarkup

/// What a document is, as its bytes, its name and its declared type tell together.
public enum DocumentFormat: String, Sendable, Hashable, CaseIterable {
    case html
    /// A page-text dump.
    case plainText
    /// RSS, RDF, Atom or JSON Feed.
    case feed
    /// One article record.
    case articleJSON
    /// One article record a line.
    case jsonLines
    /// XML that is neither a feed nor a page.
    case otherXML
    case binary

    /// - Parameters:
    ///   - name: the file's name, of which the ending counts; empty when there is none.
    ///   - declared: the type that the user or a server names; it wins over the name, and generic types
    ///     (`application/xml`, `application/json`, `application/octet-stream`) leave the choice to the bytes.
    public static func detect(_ bytes: [UInt8], name: String, declared: ContentType? = nil) -> DocumentFormat {
        if let declared {
            if let found = Self.declared(declared) { return found }
            switch declared.essence {
            case "application/json": return JSONFeed.recognises(bytes) ? .feed : .articleJSON
            case "application/xml", "text/xml": return sniff(bytes) ?? .otherXML
            default: break
            }
        }
        if isLinesName(name) { return .jsonLines }
        let ending = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[$0...].lowercased() } ?? ""
        switch ending {
        case ".html", ".htm", ".xhtml", ".xht":
            let root = sniff(bytes)
            return root == .feed ? .feed : isBinary(bytes) ? .binary : .html
        case ".json": return JSONFeed.recognises(bytes) ? .feed : .articleJSON
        case ".xml", ".rss", ".atom", ".rdf":
            if let found = sniff(bytes) { return found }
            return isBinary(bytes) ? .binary : .otherXML
        default:
            if let found = sniff(bytes), found != .otherXML { return found }
            if isBinary(bytes) { return .binary }
            if ending != ".txt", FeedReader.looksLikeJSON(bytes) {
                return JSONFeed.recognises(bytes) ? .feed : .articleJSON
            }
            return .plainText
        }
    }

    /// `a.jsonl`, and what rotation makes of it: `a.jsonl.1`, `a.jsonl-20260104`.
    private static func isLinesName(_ name: String) -> Bool {
        var bytes = Array(name.lowercased().utf8)[...]
        let isDigit = { (byte: UInt8) in byte &- 0x30 < 10 }
        if let last = bytes.last, isDigit(last) {
            while let last = bytes.last, isDigit(last) || last == UInt8(ascii: "-") || last == UInt8(ascii: ".") {
                bytes.removeLast()
            }
        }
        let stem = String(decoding: bytes, as: UTF8.self)
        return stem.hasSuffix(".jsonl") || stem.hasSuffix(".ndjson")
    }

    /// What a media type says by itself; nil for one that leaves the choice to the bytes, and for an unknown one.
    public static func declared(_ type: ContentType) -> DocumentFormat? {
        switch type.essence {
        case "text/html", "application/xhtml+xml": .html
        case "text/plain", "text/markdown": .plainText
        case ContentType.articleJSON.essence: .articleJSON
        case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json": .feed
        case "application/jsonl", "application/x-jsonl", "application/x-ndjson", "application/ndjson",
            "application/json-lines":
            .jsonLines
        default: nil
        }
    }

    /// Whether a media type means anything to ``detect(_:name:declared:)``.
    public static func knows(_ type: ContentType) -> Bool {
        declared(type) != nil || ["application/json", "application/xml", "text/xml"].contains(type.essence)
    }

    /// What markup at the very beginning says; nil when there is none. Text that merely mentions a tag is not markup.
    private static func sniff(_ bytes: [UInt8]) -> DocumentFormat? {
        // UTF-16 has zeros between the ASCII bytes of its markup.
        let isWide =
            bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) || bytes.prefix(2).contains(0)
        var tokenizer = MarkupTokenizer(isWide ? bytes.prefix(8192).filter { $0 != 0 } : bytes)
        while let token = tokenizer.next() {
            switch token.kind {
            case .text:
                guard tokenizer.bytes[token.source].allSatisfy({ $0 <= 0x20 || $0 >= 0xEF }) else { return nil }
            case .comment, .processingInstruction: continue
            case .doctype:
                if tokenizer.string(of: token.name).lowercased() == "html" { return .html }
            case .endTag: return nil
            case .startTag:
                let local = tokenizer.string(of: tokenizer.localName(of: token.name)).lowercased()
                switch local {
                case "rss", "rdf", "feed", "channel": return .feed
                case "html", "head", "body": return .html
                default: return .otherXML
                }
            }
        }
        return nil
    }

    /// Whether the beginning holds what no text in a charset of the Web holds: NUL without being UTF-16.
    private static func isBinary(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { return false }
        return bytes.prefix(1024).contains(0)
    }
}
