import Glibc
public import WirewatchText

/// The texts of one article in one buffer, with blank lines between them, over which no phrase goes, and their words.
///
/// Reuse one value for many articles, and it stops allocating. Belongs to one thread at a time.
public final class ArticleText {
    /// The part of the buffer that holds one field.
    public struct Part: Sendable {
        public var field: TextField
        /// Bytes of ``bytes``.
        public var range: Range<Int>
    }

    /// Texts beyond this many bytes, 512 MiB, are left out: offsets fit in 32 bits with room for marks.
    public static let mostBytes = 1 << 29

    /// All texts, UTF-8.
    public private(set) var bytes: [UInt8] = []
    /// In the order of ``bytes``: title, subtitle, body, captions, editor's note, tags; those alone that have text.
    public private(set) var parts: [Part] = []
    /// The words of ``bytes``.
    public private(set) var words = Words()

    public init() {}

    /// Replaces the texts with those of another article.
    public func read(_ article: Article) {
        bytes.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        Self.forEachText(of: article) { field, text in
            guard bytes.count + text.count < Self.mostBytes else { return }
            let start = bytes.count
            bytes.append(contentsOf: text)
            parts.append(Part(field: field, range: start..<bytes.count))
            bytes.append(0x0A)
            bytes.append(0x0A)
        }
        bytes.withUnsafeBufferPointer { words.scan($0) }
    }

    /// Whether these are the texts of an article, byte for byte.
    public func holds(_ article: Article) -> Bool {
        var part = 0
        var isSame = true
        bytes.withUnsafeBufferPointer { bytes in
            Self.forEachText(of: article) { field, text in
                defer { part += 1 }
                guard isSame, part < parts.count, parts[part].field == field else {
                    isSame = false
                    return
                }
                let range = parts[part].range
                guard range.count == text.count, let own = bytes.baseAddress, let other = text.baseAddress else {
                    isSame = false
                    return
                }
                // Inside the buffer: parts are ranges of it.
                isSame = memcmp(own + range.lowerBound, other, text.count) == 0
            }
        }
        return isSame && part == parts.count
    }

    /// The part that holds an offset of the buffer; nil before the first.
    public func part(at offset: Int) -> Part? { parts.last { $0.range.lowerBound <= offset } }

    /// Visits the fields that have text without making a list of them.
    private static func forEachText(of article: Article, _ body: (TextField, UnsafeBufferPointer<UInt8>) -> Void) {
        func visit(_ field: TextField, _ text: String?) {
            guard var text, !text.isEmpty else { return }
            text.withUTF8 { body(field, $0) }
        }
        visit(.title, article.title)
        visit(.subtitle, article.subtitle)
        visit(.body, article.body)
        for n in article.captions.indices { visit(.caption(n), article.captions[n].text) }
        visit(.editorsNote, article.editorsNote)
        for n in article.tags.indices { visit(.tag(n), article.tags[n]) }
    }
}
