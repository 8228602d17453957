/// Whether letters are syllables of Chinese in pinyin.
enum Pinyin {
    private static let initials: [[UInt8]] = [
        "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y",
        "w",
        "",
    ].map { Array($0.utf8) }
    private static let finals: [[UInt8]] = [
        "iang", "iong", "uang", "ang", "eng", "ong", "iao", "ian", "ing", "uai", "uan", "ai", "ei", "ao", "ou", "an",
        "en",
        "ia", "ie", "iu", "in", "ua", "uo", "ui", "un", "ue", "ve", "er", "a", "o", "e", "i", "u", "v",
    ].map { Array($0.utf8) }

    /// One to three syllables, at most sixteen letters.
    static func isName(_ word: some Collection<UInt8>) -> Bool {
        let letters = word.map { $0 | 0x20 }
        guard (1...16).contains(letters.count) else { return false }
        // For each offset, the fewest syllables that lead there.
        var reached = [Int](repeating: .max, count: letters.count + 1)
        reached[0] = 0
        for start in letters.indices where reached[start] < 3 {
            for initial in initials where letters[start...].starts(with: initial) {
                let middle = start + initial.count
                for final in finals where letters[middle...].starts(with: final) {
                    let end = middle + final.count
                    reached[end] = min(reached[end], reached[start] + 1)
                }
            }
        }
        return reached[letters.count] <= 3
    }
}
