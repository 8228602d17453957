/// Reduces English words to what their inflected forms share: `orders` and `order`, `announced` and `announcing`; and of what
/// is left, to its first letters, which most words of one family share: `meteor` and `meteorite`, `investigate` and
/// `investigator`, `Nicaragua` and `Nicaraguan`.
enum Stem {
    /// The most letters of a stem. Four join too many words that are no kin, six too few that are.
    static let longest = 5
    /// Endings take no more than seven letters, so that longer words have all of their stem before them.
    private static let longestWithEnding = longest + 7

    /// The length of the stem of a folded ASCII word, whose last bytes may be changed.
    static func length(_ word: inout [UInt8], _ count: Int) -> Int {
        count > longestWithEnding ? longest : min(longest, withoutEnding(&word, count))
    }

    private static func withoutEnding(_ word: inout [UInt8], _ count: Int) -> Int {
        var n = plural(&word, count)
        if n > 5, word[n - 3] == 0x69, word[n - 2] == 0x6E, word[n - 1] == 0x67, hasVowel(word, n - 3) {
            n = undoubled(word, n - 3)
        } else if n > 4, word[n - 2] == 0x65, word[n - 1] == 0x64, hasVowel(word, n - 2) {
            n = undoubled(word, n - 2)
        }
        if n > 3, word[n - 1] == 0x65 { n -= 1 }
        if n > 3, word[n - 1] == 0x79 { word[n - 1] = 0x69 }
        return n
    }

    /// Without the s of a plural or of the third person (the "S stemmer" of Harman, 1991).
    private static func plural(_ word: inout [UInt8], _ n: Int) -> Int {
        guard n > 3, word[n - 1] == 0x73 else { return n }
        if word[n - 2] == 0x65 {
            if n > 4, word[n - 3] == 0x69 {
                guard word[n - 4] != 0x65, word[n - 4] != 0x61 else { return n }
                word[n - 3] = 0x79
                return n - 2
            }
            let before = word[n - 3]
            return before == 0x61 || before == 0x65 || before == 0x6F ? n : n - 1
        }
        return word[n - 2] == 0x75 || word[n - 2] == 0x73 ? n : n - 1
    }

    private static func hasVowel(_ word: [UInt8], _ n: Int) -> Bool {
        for at in 0..<n {
            switch word[at] {
            case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79: return true
            default: continue
            }
        }
        return false
    }

    /// `stopp` as `stop`; `fall`, `pass` and `buzz` stay.
    private static func undoubled(_ word: [UInt8], _ n: Int) -> Int {
        guard n > 3, word[n - 1] == word[n - 2] else { return n }
        switch word[n - 1] {
        case 0x6C, 0x73, 0x7A, 0x61, 0x65, 0x69, 0x6F, 0x75: return n
        default: return n - 1
        }
    }
}
