extension Charset {
    /// A document made UTF-8, and how it was encoded.
    public struct Reading: Sendable {
        /// Valid UTF-8, without byte order mark.
        public var bytes: [UInt8]
        /// The charset's customary name in lower case: as the label has it where the label was followed.
        public var name: String
        /// Whether a byte order mark told the charset.
        public var hasMark = false
        /// Whether all bytes are ASCII.
        public var isASCII = false
        /// Whether some bytes did not decode and became U+FFFD.
        public var isDamaged = false
    }

    /// The document as UTF-8, as ``decode(_:contentTypeCharset:)`` makes it, and what that took.
    public static func read(_ bytes: [UInt8], contentTypeCharset: String? = nil) -> Reading {
        let finding = UTF8Validation.examine(bytes)
        let (encoding, skip, label) = detect(bytes, contentTypeCharset: contentTypeCharset, finding)
        let decoded = decode(bytes, encoding, skip, finding)
        var reading = Reading(bytes: decoded, name: name(encoding, label: label))
        reading.hasMark = skip > 0
        reading.isASCII = finding == .ascii
        reading.isDamaged = encoding == .utf8 && finding == .broken
        return reading
    }

    static func name(_ encoding: Encoding, label: String?) -> String {
        switch encoding {
        case .utf8: "utf-8"
        case .utf16(let bigEndian): bigEndian ? "utf-16be" : "utf-16le"
        case .utf32(let bigEndian): bigEndian ? "utf-32be" : "utf-32le"
        case .windows1252: label ?? "windows-1252"
        case .replacement: "replacement"
        case .userDefined: "x-user-defined"
        // GB 18030 holds what the older labels name.
        case .named("GB18030"): "gb18030"
        case .named(let name): label ?? String(decoding: name.utf8.map(ASCII.lowercased), as: UTF8.self)
        }
    }
}
