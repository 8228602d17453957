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
    }

    /// The encoding, how many bytes of mark to skip, and the label that was followed, in lower case.
    static func detect(
        _ bytes: [UInt8], contentTypeCharset: String?, _ finding: UTF8Validation.Finding
    ) -> (Encoding, skip: Int, label: String?) {
        if let (encoding, skip) = mark(bytes) { return (encoding, skip, nil) }
        let transport = contentTypeCharset.flatMap { label in encoding(label: label).map { ($0, normalized(label)) } }
        guard let (declared, label) = transport ?? prescan(bytes) else {
            if let wide = unmarked(bytes) { return (wide, 0, nil) }
            return (finding == .broken ? .windows1252 : .utf8, 0, nil)
        }
        // A label is often left over from a template. Bytes beyond ASCII that are valid UTF-8 throughout are UTF-8,
        // and bytes said to be UTF-8 that are broken all over are windows-1252.
        // A document that was converted keeps its old declaration; text in another charset is hardly ever valid UTF-8.
        if finding == .valid, transport == nil || declared == .windows1252 { return (.utf8, 0, nil) }
        if declared == .utf8, finding == .broken, UTF8Validation.looksSingleByte(bytes) {
            return (.windows1252, 0, nil)
        }
        return (declared, 0, label)
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
        let label = String(decoding: name, as: UTF8.self)
        switch label {
        case "utf-8", "utf8", "unicode-1-1-utf-8", "x-utf-8": return .utf8
        case "iso-8859-1", "iso8859-1", "iso_8859-1", "iso88591", "latin1", "latin-1", "l1", "ascii", "us-ascii",
            "windows-1252", "cp1252", "x-cp1252", "ansi":
            return .windows1252
        case "utf-16", "utf-16le", "unicode", "ucs-2": return .utf16(bigEndian: false)
        case "utf-32", "utf-32be", "ucs-4": return .utf32(bigEndian: true)
        case "utf-32le": return .utf32(bigEndian: false)
        case "utf-16be": return .utf16(bigEndian: true)
        case "gb2312", "gbk", "gb_2312-80", "gb18030", "x-gbk", "chinese", "cp936", "euc-cn": return .named("GB18030")
        case "shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji", "cp932": return .named("CP932")
        case "euc-jp", "x-euc-jp", "eucjp": return .named("EUC-JP")
        case "iso-2022-jp": return .named("ISO-2022-JP")
        case "euc-kr", "ks_c_5601-1987", "korean", "windows-949", "ksc5601": return .named("CP949")
        case "big5", "big5-hkscs", "cn-big5", "x-x-big5": return .named("BIG5-HKSCS")
        case "iso-8859-9", "latin5", "windows-1254": return .named("CP1254")
        case "iso-8859-11", "tis-620", "windows-874": return .named("CP874")
        default:
            // The rest under its own name, if the C library knows it: iso-8859-2, windows-1251, koi8-r ...
            let plain = name.allSatisfy {
                ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == ASCII.dash || $0 == ASCII.underscore
            }
            guard plain, Iconv.knows(label) else { return nil }
            return .named(label)
        }
    }

    /// What the first 4 KiB say: an XML declaration, `<meta charset>`, `<meta http-equiv=content-type content=...>`.
    private static func prescan(_ bytes: [UInt8]) -> (Encoding, label: String)? {
        var tokenizer = MarkupTokenizer(bytes, mode: .html, range: 0..<min(bytes.count, 4096))
        while let token = tokenizer.next() {
            if token.kind == .comment, let found = declaration(bytes, token.content) { return asciiBased(found) }
            guard token.kind == .startTag else { continue }
            if tokenizer.isName(token.name, "body") { return nil }
            guard tokenizer.isName(token.name, "meta") else { continue }
            if let label = tokenizer.value("charset"), let found = encoding(label: label) {
                return asciiBased((found, normalized(label)))
            }
            if let content = tokenizer.attribute("content"), tokenizer.attribute("http-equiv") != nil,
                let found = declaration(bytes, content.value)
            {
                return asciiBased(found)
            }
        }
        return nil
    }

    /// A document whose declaration was read as ASCII is not UTF-16, whatever it says.
    private static func asciiBased(_ found: (Encoding, label: String)) -> (Encoding, label: String) {
        switch found.0 {
        case .utf16, .utf32: (.utf8, "utf-8")
        default: found
        }
    }

    /// The value after `encoding=` or `charset=` in a range, if it names an encoding.
    private static func declaration(_ bytes: [UInt8], _ range: Range<Int>) -> (Encoding, label: String)? {
        let keys: [[UInt8]] = [Array("encoding".utf8), Array("charset".utf8)]
        for key in keys {
            var at = range.lowerBound
            while at + key.count < range.upperBound {
                var length = 0
                while length < key.count, ASCII.lowercased(bytes[at + length]) == key[length] { length += 1 }
                guard length == key.count else {
                    at += 1
                    continue
                }
                at += length
                while at < range.upperBound, ASCII.isSpace(bytes[at]) { at += 1 }
                guard at < range.upperBound, bytes[at] == ASCII.equals else { continue }
                at += 1
                while at < range.upperBound, ASCII.isSpace(bytes[at]) { at += 1 }
                if at < range.upperBound, bytes[at] == ASCII.quote || bytes[at] == ASCII.apostrophe { at += 1 }
                var stop = at
                while stop < range.upperBound, ASCII.isLabel(bytes[stop]) { stop += 1 }
                let label = String(decoding: bytes[at..<stop], as: UTF8.self)
                return encoding(label: label).map { ($0, normalized(label)) }
            }
        }
        return nil
    }
}

extension ASCII {
    /// Whether the byte may stand in a charset's label.
    fileprivate static func isLabel(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == dash || byte == underscore || byte == colon || byte == 0x2E
    }
}
