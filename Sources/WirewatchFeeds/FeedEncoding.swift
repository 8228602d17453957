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
        let type = contentType.map { header in
            // Searching and replacing costs more than reading a small feed's head.
            guard header.utf8.contains(UInt8(ascii: "=")) else { return ContentType(header: header) }
            return ContentType(header: header.replacing(" =", with: "=").replacing("= ", with: "="))
        }
        var charset = type?.charset.map { $0.utf8.contains(UInt8(ascii: "'")) ? $0.replacing("'", with: "") : $0 }
        if let claimed = charset, isWide(claimed), !bytes.isEmpty, !bytes.prefix(64).contains(0) { charset = nil }
        let text = Charset.read(bytes, contentTypeCharset: charset)
        var name = text.name
        // Text types without a charset are ASCII (RFC 3023, 3.1), and where the bytes bear that out it is said.
        let isText = type.map { $0.essence.hasPrefix("text/") && $0.essence.contains("xml") } ?? false
        if isText, charset == nil, !text.hasMark, text.isASCII { name = "us-ascii" }
        return Decoded(bytes: text.bytes, name: name, isDamaged: text.isDamaged)
    }

    /// Whether a charset has two or four bytes a character. A server that claims one for XML whose first bytes hold no
    /// zero is wrong: in each of them `<` has one.
    private static func isWide(_ charset: String) -> Bool {
        let name = charset.lowercased()
        return ["utf-16", "utf16", "utf-32", "utf32", "ucs-2", "ucs-4", "iso-10646-ucs"].contains {
            name.hasPrefix($0)
        }
    }
}
