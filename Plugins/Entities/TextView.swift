internal import WirewatchText

/// The bytes of an article's texts and their words, for looking around a place.
struct TextView {
    let bytes: UnsafeBufferPointer<UInt8>
    let words: UnsafeBufferPointer<Word>

    /// What stands between a word and the next.
    enum Gap { case space, hyphen, stop, comma, apostrophe, possessive, ampersand, other }

    /// What stands after a word; `other` for the last.
    func gap(_ word: Int) -> Gap {
        guard word >= 0, word + 1 < words.count else { return .other }
        let start = Int(words[word].end)
        let end = Int(words[word + 1].start)
        switch end - start {
        case 1:
            switch bytes[start] {
            case 0x20: return .space
            case 0x2D: return .hyphen
            case 0x27: return .apostrophe
            default: return .other
            }
        case 2:
            if bytes[start] == 0xC2, bytes[start + 1] == 0xA0 { return .space }
            guard bytes[start + 1] == 0x20 else { return .other }
            return bytes[start] == 0x2E ? .stop : bytes[start] == 0x2C ? .comma : .other
        case 3:
            if bytes[start] == 0x20, bytes[start + 1] == 0x26, bytes[start + 2] == 0x20 { return .ampersand }
            if bytes[start] == 0x27, bytes[start + 1] | 0x20 == 0x73, bytes[start + 2] == 0x20 { return .possessive }
            return isCurly(start) ? .apostrophe : .other
        case 5:
            return isCurly(start) && bytes[start + 3] | 0x20 == 0x73 && bytes[start + 4] == 0x20 ? .possessive : .other
        default: return .other
        }
    }

    /// Whether a typographic apostrophe stands here.
    private func isCurly(_ at: Int) -> Bool {
        at + 2 < bytes.count && bytes[at] == 0xE2 && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x99
    }

    func isCapitalised(_ word: Int) -> Bool {
        word >= 0 && word < words.count && Letters.isCapital(bytes, Int(words[word].start))
    }

    func length(_ word: Int) -> Int { Int(words[word].end) - Int(words[word].start) }

    /// Whether a word begins a sentence, a paragraph or a quotation.
    func startsSentence(_ word: Int) -> Bool {
        guard word > 0 else { return true }
        for at in Int(words[word - 1].end)..<Int(words[word].start) {
            switch bytes[at] {
            // . ! ? : line break, quotation marks.
            case 0x2E, 0x21, 0x3F, 0x3A, 0x0A, 0x22, 0xE2: return true
            default: break
            }
        }
        return false
    }

    /// Whether a possessive ending follows this offset.
    func isPossessive(after end: Int) -> Bool {
        guard end < bytes.count else { return false }
        let start = bytes[end] == 0x27 ? end + 1 : isCurly(end) ? end + 3 : end
        guard start > end, start < bytes.count, bytes[start] | 0x20 == 0x73 else { return false }
        return start + 1 == bytes.count || bytes[start + 1] == 0x20 || bytes[start + 1] == 0x0A
    }

    /// Longer ones are taken for no sentences.
    private static let longestSentence = 2000

    /// The sentence around a range, roughly: up to the nearest stop that a space and a capital follow, or line break.
    func sentence(around start: Int, _ end: Int) -> Range<Int> {
        var low = start
        while low > 0, start - low < Self.longestSentence, !endsSentence(low - 1) { low -= 1 }
        var high = end
        while high < bytes.count, high - end < Self.longestSentence, !endsSentence(high) { high += 1 }
        return low..<high
    }

    private func endsSentence(_ at: Int) -> Bool {
        switch bytes[at] {
        case 0x0A: return true
        case 0x2E, 0x21, 0x3F:
            guard at + 2 < bytes.count, bytes[at + 1] == 0x20, Letters.isCapital(bytes, at + 2) else { return false }
            // An initial or a short title: `J. Smith`, `Dr. Smith`.
            return at < 3 || !(bytes[at - 2] == 0x20 || bytes[at - 3] == 0x20)
        // Full-width stop.
        case 0xE3: return at + 2 < bytes.count && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x82
        default: return false
        }
    }

    func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    /// Whether the same bytes stand at two places.
    func same(_ a: Range<Int>, at b: Int) -> Bool {
        guard b + a.count <= bytes.count else { return false }
        for n in 0..<a.count where bytes[a.lowerBound + n] != bytes[b + n] { return false }
        return true
    }
}
