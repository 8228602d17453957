/// Whether letters are syllables of Chinese in pinyin.
enum Pinyin {
    /// The last part of a syllable, its first letter in the lowest byte, with a mask of the bytes that it has.
    private struct Final {
        var letters: UInt32 = 0
        var mask: UInt32 = 0
        var length = 0

        init(_ text: Substring) {
            for byte in text.utf8 {
                letters |= UInt32(byte) << UInt32(8 * length)
                mask |= 0xFF << UInt32(8 * length)
                length += 1
            }
        }
    }

    private static let finals =
        "iang iong uang ang eng ong iao ian ing uai uan ai ei ao ou an en ia ie iu in ua uo ui un ue ve er a o e i u v"
        .split(separator: " ").map(Final.init)
    /// A bit for each letter that may begin a syllable before its final.
    private static let initials = bits("bpmfdtnlgkhjqxrzcsyw")
    private static let vowels = bits("aeiouv")

    private static func bits(_ letters: String) -> UInt32 { letters.utf8.reduce(0) { $0 | 1 << UInt32($1 & 31) } }

    private static let longest = 16

    /// One to three syllables, at most sixteen letters.
    static func isName(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let count = word.count
        guard (1...longest).contains(count), word.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 }) else {
            return false
        }
        // A bit for each offset where a syllable may begin.
        var starts: UInt32 = 1
        for _ in 0..<3 {
            var ends: UInt32 = 0
            for start in 0..<count where starts >> UInt32(start) & 1 != 0 { ends |= syllables(word, start) }
            if ends >> UInt32(count) & 1 != 0 { return true }
            starts = ends
        }
        return false
    }

    /// A bit for each offset where a syllable that begins at `start` may end.
    private static func syllables(_ word: Slice<UnsafeBufferPointer<UInt8>>, _ start: Int) -> UInt32 {
        func letter(_ at: Int) -> UInt32 { at < word.count ? UInt32(word[word.startIndex + at] | 0x20) : 0 }
        func ends(_ middle: Int) -> UInt32 {
            guard middle < word.count, vowels >> (letter(middle) & 31) & 1 != 0 else { return 0 }
            let letters =
                letter(middle) | letter(middle + 1) << 8 | letter(middle + 2) << 16 | letter(middle + 3) << 24
            var found: UInt32 = 0
            for final in finals where letters & final.mask == final.letters {
                found |= 1 << UInt32(middle + final.length)
            }
            return found
        }
        var found = ends(start)
        let first = letter(start)
        if initials >> (first & 31) & 1 != 0 { found |= ends(start + 1) }
        // zh, ch, sh
        if letter(start + 1) == 0x68, first == 0x7A || first == 0x63 || first == 0x73 { found |= ends(start + 2) }
        return found
    }
}
