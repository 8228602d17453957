/// Splits an HTML document into tokens by the tokenization stage of the WHATWG HTML standard (section 13.2.5).
///
/// What needs no change stays a range into ``source``; names with capitals, text with character references, CR or NUL are
/// written into a second buffer. The two share one space of addresses, read through ``append(_:to:)`` and
/// ``string(_:)``. Any bytes are accepted; time and memory are linear in their number. They should be UTF-8 (see
/// ``Charset``). Error reports of the standard are not made.
///
/// ```swift
/// var tokenizer = HTMLTokenizer(bytes)
/// while let token = tokenizer.next() {
///     if token.kind == .text { tokenizer.append(token.range, to: &text) }
/// }
/// ```
public struct HTMLTokenizer: Sendable {
    /// How the bytes from here on are read.
    public enum ContentModel: UInt8, Sendable, Hashable {
        case data
        /// Text with character references, up to the matching end tag: `title`, `textarea`.
        case rcdata
        /// Text up to the matching end tag: `style`, `iframe`, `xmp`, `noembed`, `noframes`.
        case rawText
        /// As ``rawText``, with the escapes of `<!-- <script>`.
        case scriptData
        /// Text up to the end of input.
        case plainText
        /// Text up to `]]>`, then ``data``.
        case cdata
    }

    /// The longest input that is read; what lies beyond is left out. Decoding can make 3 bytes of one and text may be
    /// copied twice more, and all of it has to have addresses of 32 bits.
    public static let maximumBytes = 512 << 20

    public let source: [UInt8]
    /// What was decoded, from address `source.count + 1` on: the gap keeps a range that ends the source apart from one
    /// that begins here.
    var decoded: [UInt8] = []
    /// How the next bytes are read. ``next()`` sets it after the start tags of HTML elements with text content, unless
    /// ``followsElements`` is false.
    public var contentModel = ContentModel.data
    /// Whether ``contentModel`` follows from start tags; a tree builder, who knows better, sets it itself.
    public var followsElements = true
    /// Whether `<![CDATA[` opens a section; it does so in foreign content alone.
    public var allowsCDATA = false
    /// Attributes beyond this many in one tag are read over; 1024 unless set, and at most 2048.
    public var attributeLimit = 1024
    /// The parts of the document type that ``next()`` returned last.
    public internal(set) var doctype = HTMLDoctype()

    /// Where the next token begins.
    public internal(set) var position = 0
    let end: Int
    /// The attributes of tags: those that the tree keeps, then those of the tag that ``next()`` returned last.
    var attributeTable: [MarkupAttribute] = []
    /// How many of them the tree keeps.
    var keptAttributes = 0
    var filter = AttributeFilter()
    /// The name of the last start tag, which ends raw text.
    var lastStartTag = ByteRange.empty
    /// Where the open CDATA section ends, once looked for.
    var sectionEnd: Int?

    public init(_ source: [UInt8]) {
        self.source = source
        end = min(source.count, Self.maximumBytes)
    }

    /// Begins in the middle of an element's text: with a content model and the name of the start tag that came last.
    public mutating func begin(in model: ContentModel, lastStartTag name: String?) {
        contentModel = model
        guard let name else { return }
        let start = address
        decoded.append(contentsOf: name.utf8.map(ASCII.lowercased))
        lastStartTag = ByteRange(start, address)
    }

    /// The attributes of the tag that ``next()`` returned last, in order, without repeated names.
    public var attributes: ArraySlice<MarkupAttribute> { attributeTable[keptAttributes...] }

    /// The next token, or nil at the end. A tag that the end of input cuts off is no token.
    public mutating func next() -> HTMLToken? {
        while position < end {
            if contentModel != .data {
                if let text = rawText() { return text }
                continue
            }
            if source[position] != ASCII.less || !opensMarkup(position) { return text() }
            if let token = markup() { return token }
        }
        return nil
    }

    // MARK: Bytes

    /// The bytes of a range of a token or attribute, appended to `buffer`.
    public func append(_ range: Range<Int>, to buffer: inout [UInt8]) {
        Self.append(range, source, decoded, to: &buffer)
    }

    /// The text of a range of a token or attribute.
    public func string(_ range: Range<Int>) -> String {
        var buffer: [UInt8] = []
        append(range, to: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    static func append(_ range: Range<Int>, _ source: [UInt8], _ decoded: [UInt8], to buffer: inout [UInt8]) {
        let offset = source.count &+ 1
        // By pointer, within clamped ranges: a slice of the array costs two counts of references.
        if range.lowerBound < offset {
            source.withUnsafeBufferPointer {
                buffer.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range.clamped(to: 0..<$0.count)]))
            }
        } else {
            let part = (range.lowerBound &- offset)..<(range.upperBound &- offset)
            decoded.withUnsafeBufferPointer {
                buffer.append(contentsOf: UnsafeBufferPointer(rebasing: $0[part.clamped(to: 0..<$0.count)]))
            }
        }
    }

    /// The byte at an address of a range that the tokenizer made.
    @inline(__always)
    func byte(_ address: Int) -> UInt8 {
        address < source.count ? source[address] : decoded[address &- source.count &- 1]
    }

    /// The address after all bytes.
    @inline(__always)
    var address: Int { source.count &+ 1 &+ decoded.count }

    /// Takes text into the decoded bytes.
    mutating func intern(_ text: StaticString) -> ByteRange {
        let start = address
        text.withUTF8Buffer { decoded.append(contentsOf: $0) }
        return ByteRange(start, address)
    }

    func equals(_ range: ByteRange, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { wanted in
            var at = Int(range.from)
            for other in wanted {
                if byte(at) != other { return false }
                at &+= 1
            }
            return true
        }
    }

    func equals(_ a: ByteRange, _ b: ByteRange) -> Bool {
        guard a.count == b.count else { return false }
        if a.from == b.from { return true }
        var x = Int(a.from)
        var y = Int(b.from)
        while x < Int(a.to) {
            if byte(x) != byte(y) { return false }
            x &+= 1
            y &+= 1
        }
        return true
    }
}
