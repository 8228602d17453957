/// Looks for what a document says of its encoding: the prescan of the WHATWG HTML standard (section 13.2.3.2) over the
/// first 1024 bytes, then `meta` elements up to 1 MiB, at which browsers begin anew ("change the encoding while parsing").
///
/// An XML declaration at the very start comes first, for feeds quote whole HTML pages.
struct EncodingPrescan {
    private static let limit = 1024
    private static let lateLimit = 1 << 20

    private let bytes: ArraySlice<UInt8>
    private var at = 0
    private let end: Int
    /// What a label means; nil for an unknown one.
    private let lookUp: (ArraySlice<UInt8>) -> Charset.Declaration?

    /// What the document declares; nil when it declares nothing that `lookUp` knows.
    static func find(
        _ bytes: [UInt8], lookUp: (ArraySlice<UInt8>) -> Charset.Declaration?
    ) -> Charset.Declaration? {
        withoutActuallyEscaping(lookUp) { lookUp in
            var scan = EncodingPrescan(bytes: bytes.prefix(limit), lookUp: lookUp)
            return (scan.xmlDeclaration() ?? scan.run() ?? late(bytes, lookUp))?.forASCII
        }
    }

    /// The first `meta` element that declares an encoding, beyond the prescan.
    private static func late(
        _ bytes: [UInt8], _ lookUp: (ArraySlice<UInt8>) -> Charset.Declaration?
    ) -> Charset.Declaration? {
        guard bytes.count > limit else { return nil }
        var tokenizer = HTMLTokenizer(bytes.count > lateLimit ? Array(bytes.prefix(lateLimit)) : bytes)
        var isFirst = true
        while let token = tokenizer.next() {
            guard token.kind == .startTag else { continue }
            // A feed is no page, though it may quote one.
            if isFirst, token.tag == .other { return nil }
            isFirst = false
            guard token.tag == .meta else { continue }
            func value(_ name: StaticString) -> [UInt8]? {
                guard let attribute = tokenizer.attribute(name) else { return nil }
                return tokenizer.string(attribute.value).utf8.map(ASCII.lowercased)
            }
            if let label = value("charset") {
                if let found = lookUp(label[...]) { return found }
            } else if value("http-equiv")?.elementsEqual("content-type".utf8) == true, let content = value("content"),
                let label = charset(in: content), let found = lookUp(label)
            {
                return found
            }
        }
        return nil
    }

    private init(bytes: ArraySlice<UInt8>, lookUp: @escaping (ArraySlice<UInt8>) -> Charset.Declaration?) {
        self.bytes = bytes
        self.lookUp = lookUp
        end = bytes.count
    }

    private func byte(_ offset: Int) -> UInt8? { at + offset < end ? bytes[at + offset] : nil }

    private func matches(_ text: StaticString) -> Bool {
        guard at + text.utf8CodeUnitCount <= end else { return false }
        return text.withUTF8Buffer { wanted in
            wanted.indices.allSatisfy { ASCII.lowercased(bytes[at + $0]) == wanted[$0] }
        }
    }

    private mutating func run() -> Charset.Declaration? {
        at = 0
        while at < end {
            guard bytes[at] == ASCII.less else {
                at += 1
                continue
            }
            if matches("<!--") {
                at += 2
                while at < end, !matches("-->") { at += 1 }
                at += 3
            } else if matches("<meta"), let next = byte(5), ASCII.isSpace(next) || next == ASCII.slash {
                at += 5
                if let found = meta() { return found }
            } else if let next = byte(1),
                ASCII.isLetter(next) || (next == ASCII.slash && byte(2).map(ASCII.isLetter) == true)
            {
                while at < end, !ASCII.isSpace(bytes[at]), bytes[at] != ASCII.greater { at += 1 }
                while attribute() != nil {}
            } else if let next = byte(1), next == ASCII.exclamation || next == ASCII.slash || next == ASCII.question {
                while at < end, bytes[at] != ASCII.greater { at += 1 }
            } else {
                at += 1
            }
        }
        return nil
    }

    private mutating func meta() -> Charset.Declaration? {
        var seen: Set<[UInt8]> = []
        var isPragma = false
        var needsPragma: Bool?
        var found: Charset.Declaration?
        while let (name, value) = attribute() {
            guard seen.insert(name).inserted else { continue }
            switch String(decoding: name, as: UTF8.self) {
            case "http-equiv": isPragma = isPragma || value.elementsEqual("content-type".utf8)
            case "content":
                if needsPragma != false, found == nil, let label = Self.charset(in: value), let known = lookUp(label) {
                    found = known
                    needsPragma = true
                }
            case "charset":
                found = lookUp(value[...])
                needsPragma = false
            default: break
            }
        }
        guard at < end, let needsPragma, !needsPragma || isPragma else { return nil }
        return found
    }

    /// The label in a `content` attribute, after `charset=`.
    static func charset(in value: [UInt8]) -> ArraySlice<UInt8>? {
        let key = Array("charset".utf8)
        var at = 0
        while at + key.count <= value.count {
            guard value[at..<at + key.count].elementsEqual(key) else {
                at += 1
                continue
            }
            at += key.count
            while at < value.count, ASCII.isSpace(value[at]) { at += 1 }
            guard at < value.count, value[at] == ASCII.equals else { continue }
            at += 1
            while at < value.count, ASCII.isSpace(value[at]) { at += 1 }
            guard at < value.count else { return nil }
            let quote = value[at]
            if quote == ASCII.quote || quote == ASCII.apostrophe {
                guard let close = value[(at + 1)...].firstIndex(of: quote) else { return nil }
                return value[at + 1..<close]
            }
            return value[at...].prefix { !ASCII.isSpace($0) && $0 != ASCII.semicolon }
        }
        return nil
    }

    /// The standard's "get an attribute", both parts in lower case; nil at the end of the tag or of the bytes.
    private mutating func attribute() -> (name: [UInt8], value: [UInt8])? {
        while at < end, ASCII.isSpace(bytes[at]) || bytes[at] == ASCII.slash { at += 1 }
        guard at < end, bytes[at] != ASCII.greater else { return nil }
        var name: [UInt8] = []
        while at < end {
            let byte = bytes[at]
            if byte == ASCII.equals, !name.isEmpty { break }
            if byte == ASCII.slash || byte == ASCII.greater { return (name, []) }
            if ASCII.isSpace(byte) { break }
            name.append(ASCII.lowercased(byte))
            at += 1
        }
        while at < end, ASCII.isSpace(bytes[at]) { at += 1 }
        guard at < end else { return nil }
        guard bytes[at] == ASCII.equals else { return (name, []) }
        at += 1
        while at < end, ASCII.isSpace(bytes[at]) { at += 1 }
        guard at < end else { return nil }
        var value: [UInt8] = []
        let quote = bytes[at]
        if quote == ASCII.quote || quote == ASCII.apostrophe {
            at += 1
            while at < end, bytes[at] != quote {
                value.append(ASCII.lowercased(bytes[at]))
                at += 1
            }
            guard at < end else { return nil }
            at += 1
            return (name, value)
        }
        while at < end, !ASCII.isSpace(bytes[at]), bytes[at] != ASCII.greater {
            value.append(ASCII.lowercased(bytes[at]))
            at += 1
        }
        return at < end ? (name, value) : nil
    }

    /// `encoding=` of an XML declaration at the start, white space before it forgiven.
    private mutating func xmlDeclaration() -> Charset.Declaration? {
        at = 0
        while at < end, ASCII.isSpace(bytes[at]) { at += 1 }
        guard matches("<?xml") else { return nil }
        let close = bytes[at...].firstIndex(of: ASCII.greater) ?? end
        while at < close, !matches("encoding") { at += 1 }
        at += 8
        while at < close, ASCII.isSpace(bytes[at]) { at += 1 }
        guard at < close, bytes[at] == ASCII.equals else { return nil }
        at += 1
        while at < close, ASCII.isSpace(bytes[at]) { at += 1 }
        guard at < close else { return nil }
        let quote = bytes[at]
        guard quote == ASCII.quote || quote == ASCII.apostrophe else {
            return lookUp(bytes[at..<close].prefix { !ASCII.isSpace($0) && $0 != ASCII.question })
        }
        let stop = bytes[at + 1..<close].firstIndex(of: quote) ?? close
        return lookUp(bytes[at + 1..<stop])
    }
}
