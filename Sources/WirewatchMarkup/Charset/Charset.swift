/// Finds out how a document's bytes are encoded, and makes them UTF-8.
///
/// In order of trust: a byte order mark, the transport's charset, what the document says of itself (`<meta charset>`,
/// the XML declaration), whether the bytes are valid UTF-8, and windows-1252 for all else. Labels are read as the
/// WHATWG Encoding standard reads them (`iso-8859-1` is windows-1252, `gb2312` is GB 18030). What does not decode
/// becomes U+FFFD; no input fails.
public enum Charset {
    /// The document as valid UTF-8, without byte order mark.
    ///
    /// - Parameter contentTypeCharset: the `charset` parameter of the transport's Content-Type, if any.
    public static func decode(_ bytes: [UInt8], contentTypeCharset: String? = nil) -> [UInt8] {
        let finding = UTF8Validation.examine(bytes)
        let (encoding, skip, _) = detect(bytes, contentTypeCharset: contentTypeCharset, finding)
        return decode(bytes, encoding, skip, finding)
    }

    static func decode(
        _ bytes: [UInt8], _ encoding: Encoding, _ skip: Int, _ finding: UTF8Validation.Finding
    ) -> [UInt8] {
        let part = bytes[min(skip, bytes.count)...]
        switch encoding {
        case .utf8:
            if finding != .broken { return skip == 0 ? bytes : Array(part) }
            return UTF8Validation.repaired(part)
        case .windows1252: return Windows1252.decode(part)
        case .utf32(let bigEndian): return UTF32Decoding.decode(part, bigEndian: bigEndian)
        case .utf16(let bigEndian): return UTF16Decoding.decode(part, bigEndian: bigEndian)
        case .replacement: return part.isEmpty ? [] : Array("\u{FFFD}".utf8)
        case .userDefined:
            var result: [UInt8] = []
            for byte in part {
                CharacterReferences.append(byte < 0x80 ? UInt32(byte) : 0xF700 + UInt32(byte), to: &result)
            }
            return result
        case .named(let name):
            // A charset that the C library lacks: its ASCII part is still worth reading.
            return Iconv.decode(part, from: name) ?? UTF8Validation.repaired(part)
        }
    }

    /// The document as a string.
    public static func string(_ bytes: [UInt8], contentTypeCharset: String? = nil) -> String {
        String(decoding: decode(bytes, contentTypeCharset: contentTypeCharset), as: UTF8.self)
    }

    enum Encoding: Equatable {
        case utf8
        case windows1252
        case utf16(bigEndian: Bool)
        case utf32(bigEndian: Bool)
        /// By the C library, under this name.
        case named(String)
        /// One U+FFFD for all: an encoding that browsers refuse to read, for markup could hide in it.
        case replacement
        /// `x-user-defined`: bytes beyond ASCII as U+F780 to U+F7FF.
        case userDefined
    }

    /// An encoding that something names.
    struct Declaration {
        var encoding: Encoding
        /// The label that was followed, or the encoding's name, in lower case.
        var label: String

        /// A document whose declaration was read as ASCII is not UTF-16, whatever it says.
        var forASCII: Declaration {
            switch encoding {
            case .utf16, .utf32: Declaration(encoding: .utf8, label: "utf-8")
            case .userDefined: Declaration(encoding: .windows1252, label: "windows-1252")
            default: self
            }
        }
    }

    /// What a document says of its encoding by a byte order mark, `<meta>` or XML declaration: the encoding's name in the
    /// WHATWG Encoding standard, in lower case. Nil when it says nothing, for which browsers take windows-1252.
    ///
    /// ``decode(_:contentTypeCharset:)`` doubts it where the bytes speak against it.
    public static func declared(_ bytes: [UInt8]) -> String? {
        if let (encoding, _) = mark(bytes) { return name(encoding, label: nil) }
        return EncodingPrescan.find(bytes) { label in
            EncodingLabels.find(label).map { Declaration(encoding: $0.reading, label: $0.name) }
        }?.label
    }

    /// The encoding, how many bytes of mark to skip, and the label that was followed, in lower case.
    static func detect(
        _ bytes: [UInt8], contentTypeCharset: String?, _ finding: UTF8Validation.Finding
    ) -> (Encoding, skip: Int, label: String?) {
        if let (encoding, skip) = mark(bytes) { return (encoding, skip, nil) }
        // See below: then what the document says does not count.
        if finding == .valid, contentTypeCharset == nil, unmarked(bytes) == nil { return (.utf8, 0, nil) }
        let transport = contentTypeCharset.flatMap(declaration)
        guard
            let declaration = transport
                ?? EncodingPrescan.find(
                    bytes,
                    lookUp: {
                        declaration(String(decoding: $0, as: UTF8.self))
                    })
        else {
            if let wide = unmarked(bytes) { return (wide, 0, nil) }
            return (finding == .broken ? .windows1252 : .utf8, 0, nil)
        }
        let declared = declaration.encoding
        // A label is often left over from a template. Bytes beyond ASCII that are valid UTF-8 throughout are UTF-8,
        // and bytes said to be UTF-8 that are broken all over are windows-1252.
        // A document that was converted keeps its old declaration; text in another charset is hardly ever valid UTF-8.
        if finding == .valid, transport == nil || declared == .windows1252 { return (.utf8, 0, nil) }
        if declared == .utf8, finding == .broken, UTF8Validation.looksSingleByte(bytes) {
            return (.windows1252, 0, nil)
        }
        return (declared, 0, declaration.label)
    }

    private static func declaration(_ label: String) -> Declaration? {
        encoding(label: label).map { Declaration(encoding: $0, label: normalized(label)) }
    }

    /// What a byte order mark tells, and its length.
    private static func mark(_ bytes: [UInt8]) -> (Encoding, skip: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0x00, 0x00, 0xFE, 0xFF]) { return (.utf32(bigEndian: true), 4) }
        if bytes.starts(with: [0xFF, 0xFE, 0x00, 0x00]) { return (.utf32(bigEndian: false), 4) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16(bigEndian: true), 2) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16(bigEndian: false), 2) }
        return nil
    }

    /// Wide markup without a mark: `<` and zero bytes (XML 1.0, appendix F).
    private static func unmarked(_ bytes: [UInt8]) -> Encoding? {
        if bytes.starts(with: [0x3C, 0x00, 0x00, 0x00]) { return .utf32(bigEndian: false) }
        if bytes.starts(with: [0x00, 0x00, 0x00, 0x3C]) { return .utf32(bigEndian: true) }
        if bytes.starts(with: [0x3C, 0x00]) { return .utf16(bigEndian: false) }
        if bytes.starts(with: [0x00, 0x3C]) { return .utf16(bigEndian: true) }
        // `<?xm` in EBCDIC.
        if bytes.starts(with: [0x4C, 0x6F, 0xA7, 0x94]) { return .named("CP037") }
        return nil
    }

    private static func normalized(_ label: String) -> String {
        let name = label.utf8.filter { !ASCII.isSpace($0) && $0 != ASCII.quote && $0 != ASCII.apostrophe }
        return String(decoding: name.map(ASCII.lowercased), as: UTF8.self)
    }

    /// What a charset label means; nil for one that is unknown.
    static func encoding(label: String) -> Encoding? {
        let name = label.utf8.filter { !ASCII.isSpace($0) && $0 != ASCII.quote && $0 != ASCII.apostrophe }
            .map(ASCII.lowercased)
        guard !name.isEmpty, name.count <= 40 else { return nil }
        if let known = EncodingLabels.find(name) { return known.reading }
        let label = String(decoding: name, as: UTF8.self)
        // What documents write besides.
        switch label {
        case "x-utf-8": return .utf8
        case "latin-1", "ansi": return .windows1252
        case "ucs-2": return .utf16(bigEndian: false)
        case "utf-32", "utf-32be", "ucs-4": return .utf32(bigEndian: true)
        case "utf-32le": return .utf32(bigEndian: false)
        case "cp936", "euc-cn": return .named("GB18030")
        case "cp932": return .named("CP932")
        case "eucjp": return .named("EUC-JP")
        default:
            // The rest under its own name, if the C library knows it.
            let plain = name.allSatisfy {
                ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == ASCII.dash || $0 == ASCII.underscore
            }
            guard plain, Iconv.knows(label) else { return nil }
            return .named(label)
        }
    }
}
