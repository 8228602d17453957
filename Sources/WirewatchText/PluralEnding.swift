/// How an English word forms its plural.
struct PluralEnding: Equatable {
    /// Letters that go from the end of the word.
    var dropped: Int
    var added: [UInt8]

    private static let s = [PluralEnding(dropped: 0, added: [UInt8(ascii: "s")])]
    private static let es = [PluralEnding(dropped: 0, added: [UInt8(ascii: "e"), UInt8(ascii: "s")])]
    private static let ies = [
        PluralEnding(dropped: 1, added: [UInt8(ascii: "i"), UInt8(ascii: "e"), UInt8(ascii: "s")])
    ]

    /// The endings of a folded word; none for what is no English word.
    static func of(_ word: ArraySlice<UInt8>) -> [PluralEnding] {
        guard let last = word.last, last >= UInt8(ascii: "a"), last <= UInt8(ascii: "z"), word.count > 1 else {
            return []
        }
        let before = word[word.endIndex - 2]
        switch last {
        case UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "z"): return es
        case UInt8(ascii: "h") where before == UInt8(ascii: "c") || before == UInt8(ascii: "s"): return es
        case UInt8(ascii: "o"): return s + es
        case UInt8(ascii: "y"):
            switch before {
            case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): return s
            default: return ies
            }
        default: return s
        }
    }
}

extension WordKey {
    /// The key of a word of `length` bytes with an ending; nil when that is too long.
    func ending(with ending: PluralEnding, length: Int) -> WordKey? {
        let stem = length - ending.dropped
        guard stem > 0, stem + ending.added.count <= Self.maximumLength else { return nil }
        var key = prefix(stem)
        for (place, byte) in ending.added.enumerated() { key.set(byte, at: stem + place) }
        return key
    }
}
