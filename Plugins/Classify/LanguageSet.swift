/// The languages of an article's text by BCP 47 tags, in small letters.
enum LanguageSet {
    /// Whether a tag takes in another: `zh` does `zh-hans`.
    static func covers(_ tag: String, _ other: String) -> Bool {
        let (tag, other) = (tag.utf8, other.utf8)
        guard other.count >= tag.count, zip(tag, other).allSatisfy({ $0 == lower($1) }) else { return false }
        return other.count == tag.count || other[other.index(other.startIndex, offsetBy: tag.count)] == 0x2D
    }

    /// Whether an article of a language, or of an unknown one, is meant by a list; an empty list means all.
    static func includes(_ list: [String], _ language: String?) -> Bool {
        guard let language, !language.isEmpty, !list.isEmpty else { return true }
        return list.contains { covers($0, language) }
    }

    /// Whether some language is in both lists.
    static func share(_ a: [String], _ b: [String]) -> Bool {
        a.isEmpty || b.isEmpty || a.contains { one in b.contains { covers($0, one) || covers(one, $0) } }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
