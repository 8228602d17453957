internal import WirewatchKit
internal import WirewatchText

/// What a model reads of an article: the words of its texts, and those of its title once more as features of their own.
///
/// Tags are not read: sets of articles are often labelled from them, and a model would learn nothing else.
enum TextFeatures {
    /// Tells a title's word from the same word elsewhere.
    static let titleMark: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Calls `body` for each word of each text that is read, in reading order.
    ///
    /// - Parameter words: scratch space.
    @inline(__always)
    static func forEachText(
        of article: Article, words: inout Words,
        _ body: (_ field: TextField, _ bytes: UnsafeBufferPointer<UInt8>, _ words: ArraySlice<Word>) -> Void
    ) {
        for field in article.textFields {
            if case .tag = field { continue }
            guard var text = article.text(of: field) else { continue }
            text.withUTF8 { bytes in
                words.scan(bytes)
                body(field, bytes, words.all)
            }
        }
    }

    /// Whether the title's words count as features of their own: not where the title is all there is.
    static func hasTitleFeatures(_ article: Article) -> Bool {
        !article.title.isEmpty && (!article.body.isEmpty || article.subtitle?.isEmpty == false)
    }
}
