/// Finds thousands of terms at once in the words of a text.
///
/// A table from the hash of a term's first word, or first two, leads to the candidates; their other words are compared by
/// hash and then every word on its bytes, so that no hash collision is ever reported. The cost of a text hardly
/// depends on the number of terms. Immutable; any number of threads may use one matcher.
public final class TermMatcher: Sendable {
    /// The most words that a term may have.
    public static let maximumWords = 16

    public let terms: [Term]
    let index: TermIndex

    /// Terms that have a ``Term/problem`` never match.
    public init(_ terms: [Term]) {
        self.terms = terms
        index = TermIndex(terms)
    }

    /// Appends every occurrence of every term, by first word, at one word the longest first; overlaps are kept.
    ///
    /// - Parameter words: scratch space; afterwards the words of the text.
    public func find(in text: String, words: inout Words, into matches: inout [TermMatch]) {
        var text = text
        text.withUTF8 { bytes in
            words.scan(bytes)
            find(in: bytes, words: words, into: &matches)
        }
    }

    /// As ``find(in:words:into:)``, for bytes whose words were found already.
    public func find(
        in bytes: UnsafeBufferPointer<UInt8>, words: Words, into matches: inout [TermMatch]
    ) {
        words.withBuffer { words in
            index.withTables { tables in
                WordKey.withMasks { masks in
                    TermScan(tables: tables, bytes: bytes, words: words, masks: masks).run(into: &matches)
                }
            }
        }
    }

    /// Every occurrence of every term in a text; for a hot loop use ``find(in:words:into:)``.
    public func matches(in text: String) -> [TermMatch] {
        var words = Words()
        var matches: [TermMatch] = []
        find(in: text, words: &words, into: &matches)
        return matches
    }
}
