import WirewatchKit
import WirewatchMarkup

/// How a feed of XML is encoded, by the rules for its media types (RFC 7303, and RFC 3023 before it).
enum FeedEncoding {
    struct Decoded {
        /// Valid UTF-8.
        var bytes: [UInt8]
        /// The customary name, in lower case.
        var name: String
        /// Whether some bytes did not decode.
        var isDamaged: Bool
    }

    static func decode(_ bytes: [UInt8], contentType: String?) -> Decoded {
        let type = contentType.map { ContentType(header: $0.replacing(" =", with: "=").replacing("= ", with: "=")) }
        let charset = type?.charset.map { $0.replacing("'", with: "") }
        let text = Charset.read(bytes, contentTypeCharset: charset)
        var name = text.name
        // Text types without a charset are ASCII (RFC 3023, 3.1), and where the bytes bear that out it is said.
        let isText = type.map { $0.essence.hasPrefix("text/") && $0.essence.contains("xml") } ?? false
        if isText, charset == nil, !text.hasMark, text.isASCII { name = "us-ascii" }
        return Decoded(bytes: text.bytes, name: name, isDamaged: text.isDamaged)
    }
}
