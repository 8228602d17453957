/// A word or phrase to look for.
///
/// Matched as whole words, whatever the case, across hyphen, space and line break (`solid-state` is `solid state`),
/// with plural (`s`, `es`, `ies`) and possessive endings on its last word. A `*` after a word stands for any ending of
/// that word: `robot*`. Any other punctuation must stand in the text as in the term: `pony.ai`, `C++`, `R&D`, `raises $`.
public struct Term: Sendable, Hashable {
    public var text: String
    /// Whether letters must have the case of ``text`` (plural endings stay lower case). Default false.
    public var isCaseSensitive: Bool

    public init(_ text: String, isCaseSensitive: Bool = false) {
        self.text = text
        self.isCaseSensitive = isCaseSensitive
    }

    /// What is wrong with the term, as words that follow "the term"; nil for a good one.
    public var problem: String? {
        var pattern = text
        return pattern.withUTF8 { bytes in
            var words = Words()
            words.scan(bytes)
            return Self.problem(in: bytes, words)
        }
    }

    /// As ``problem``, for a term whose words were found already.
    static func problem(in bytes: UnsafeBufferPointer<UInt8>, _ words: Words) -> String? {
        guard let first = words.all.first else { return "has no letter or digit" }
        if words.all.count > TermMatcher.maximumWords {
            return "has more than \(TermMatcher.maximumWords) words"
        }
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "*") {
            guard let word = words.all.first(where: { Int($0.end) == index }) else {
                return "has a '*' that follows no word; write it after one: 'robot*'"
            }
            if word == first && !(2...64).contains(word.range.count) {
                return "begins with a '*' word that is not 2 to 64 bytes long before the '*'"
            }
        }
        return nil
    }
}

/// Where a term occurs in a text.
public struct TermMatch: Sendable, Hashable {
    /// Index of the term in the matcher's list.
    public var term: Int
    /// Bytes from the first word to the end of the last, without a possessive ending.
    public var range: Range<Int>
    /// Index of the first word among the text's words.
    public var word: Int
    public var wordCount: Int

    /// Drops every match that lies inside a longer one, or inside an equal one found before it.
    ///
    /// `matches` must be in the matcher's order: by first word, the longest first.
    public static func keepLongest(_ matches: inout [TermMatch]) {
        var reach = -1
        matches.removeAll { match in
            if match.range.upperBound <= reach { return true }
            reach = match.range.upperBound
            return false
        }
    }
}
