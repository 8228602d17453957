/// Splits text into sentences.
///
/// A sentence ends at `.`, `!`, `?`, their full-width kin or a blank line. A full stop after an abbreviation, an
/// initial or inside a number ends none; after an abbreviation that may close a sentence ("Inc.", "U.S.", "p.m.")
/// the next word decides. A single line break ends one unless the text plainly goes on in the next line.
/// Works on UTF-8 bytes in one pass; any bytes are allowed.
public enum Sentences {
    /// The sentences as byte ranges, ascending, without the white space around them.
    public static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var cursor = SentenceCursor(text: text)
        while let range = cursor.next() { ranges.append(range) }
        return ranges
    }

    /// The sentences of a string, as ranges of its UTF-8.
    public static func ranges(in text: String) -> [Range<Int>] { ranges(in: Array(text.utf8)) }
}

/// Yields the sentences of a text one by one, as ``Sentences`` defines them, without keeping them.
public struct SentenceCursor: Sendable, IteratorProtocol {
    private let text: [UInt8]
    private var start = 0
    private var i = 0
    private var lineStart = 0
    private var found: Range<Int>?

    public init(text: [UInt8]) { self.text = text }

    /// The next sentence as a byte range without the white space around it; nil behind the last.
    public mutating func next() -> Range<Int>? {
        let end = text.count
        while i < end {
            switch text[i] {
            case 0x21, 0x3F:  // ! ?
                let after = skipClosers(i + 1)
                i = endsHere(after) ? close(after) : after
            case 0x2E:
                let after = skipClosers(i + 1)
                i = endsHere(after) && !isAbbreviation(at: i, after: after) ? close(after) : i + 1
            case 0x0A:
                let next = skipSpace(i)
                if next.newlines > 1 || breaksLine(at: i, lineStart: lineStart, next: next.index) {
                    i = close(i)
                }
                i = max(i, next.index)
                lineStart = i
            case 0xE3, 0xEF:  // 。 ！ ？
                if isWideStop(i) { i = close(skipClosers(i + 3)) } else { i += 1 }
            case 0xE2 where i + 2 < end && text[i + 1] == 0x80 && text[i + 2] == 0xA6:  // …
                let after = skipClosers(i + 3)
                i = endsHere(after) ? close(after) : after
            default: i += 1
            }
            if let range = found {
                found = nil
                return range
            }
        }
        _ = close(end)
        defer { found = nil }
        return found
    }

    private mutating func close(_ end: Int) -> Int {
        var low = start
        var high = end
        while low < high, isSpace(text[low]) { low += 1 }
        while high > low, isSpace(text[high - 1]) { high -= 1 }
        if low < high { found = low..<high }
        start = end
        return end
    }

    /// Quotes and brackets that close belong to the sentence that they end.
    private func skipClosers(_ from: Int) -> Int {
        var i = from
        while i < text.count {
            switch text[i] {
            case 0x22, 0x27, 0x29, 0x5D, 0x21, 0x3F: i += 1
            case 0xE2 where i + 2 < text.count && text[i + 1] == 0x80 && (text[i + 2] == 0x9D || text[i + 2] == 0x99):
                i += 3
            default: return i
            }
        }
        return i
    }

    /// Whether white space and something other than a small letter follow.
    private func endsHere(_ after: Int) -> Bool {
        guard after < text.count else { return true }
        guard isSpace(text[after]) else { return false }
        let next = skipSpace(after).index
        return next >= text.count || !isLower(text[next])
    }

    private func isAbbreviation(at stop: Int, after: Int) -> Bool {
        var low = stop
        // Words longer than the longest abbreviation need no look-up.
        while low > 0, stop - low < 12, isLetter(text[low - 1]) || text[low - 1] == 0x2E { low -= 1 }
        guard low < stop, stop - low < 12, after < text.count else { return false }
        let next = skipSpace(after)
        guard next.index < text.count, next.newlines < 2 else { return false }
        let first = text[next.index]
        let word = Abbreviations.pack(text, low..<stop, folding: 0x20)
        if Abbreviations.titles.contains(word) { return true }
        if Abbreviations.beforeNumbers.contains(word) { return first >= 0x30 && first <= 0x39 }
        let isInitial = stop - low == 1 && text[low] & 0x20 == 0 && isLetter(text[low])
        if isInitial || text[low..<stop].contains(0x2E) || Abbreviations.endings.contains(word) {
            return !startsSentence(next.index)
        }
        return false
    }

    /// Whether the word here is one that usually begins a sentence.
    private func startsSentence(_ at: Int) -> Bool {
        var end = at
        while end < text.count, isLetter(text[end]), end - at < 14 { end += 1 }
        if end == at { return text[at] == 0x22 || text[at] == 0xE2 }
        return Abbreviations.starters.contains(Abbreviations.pack(text, at..<end, folding: 0))
    }

    private func breaksLine(at newline: Int, lineStart: Int, next: Int) -> Bool {
        guard next < text.count else { return true }
        if isLower(text[next]) { return false }
        var last = newline
        while last > lineStart, isSpace(text[last - 1]) { last -= 1 }
        guard last > lineStart else { return true }
        // A long line that stops in the middle was wrapped by a machine at 60 to 90 columns.
        let length = last - lineStart
        let wrapped = length >= 60 && length <= 90 && (isLetter(text[last - 1]) || text[last - 1] == 0x2C)
        return !wrapped || !isLetter(text[next])
    }

    private func skipSpace(_ from: Int) -> (index: Int, newlines: Int) {
        var i = from
        var newlines = 0
        while i < text.count, isSpace(text[i]) {
            if text[i] == 0x0A { newlines += 1 }
            i += 1
        }
        return (i, newlines)
    }

    private func isWideStop(_ i: Int) -> Bool {
        guard i + 2 < text.count else { return false }
        if text[i] == 0xE3 { return text[i + 1] == 0x80 && text[i + 2] == 0x82 }
        return text[i + 1] == 0xBC && (text[i + 2] == 0x81 || text[i + 2] == 0x9F)
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
    private func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
    private func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) && byte < 0x80 }
}

private enum Abbreviations {
    private static func words(_ text: String) -> Set<UInt128> {
        Set(
            text.split(separator: " ").map {
                let bytes = Array($0.utf8)
                return pack(bytes, 0..<bytes.count, folding: 0)
            })
    }

    /// The bytes of a word of at most 14, packed so that looking it up allocates nothing.
    static func pack(_ text: [UInt8], _ range: Range<Int>, folding: UInt8) -> UInt128 {
        var key: UInt128 = 0
        for k in range { key = key << 8 | UInt128(text[k] | folding) }
        return key
    }

    /// Never end a sentence: a name or an object follows.
    static let titles = words(
        """
        mr mrs ms dr prof st gen sen rep gov lt col capt sgt cmdr rev hon messrs mt vs approx cf e.g i.e ph.d \
        dept est assn figs eqs
        """)
    /// End none when a number follows.
    static let beforeNumbers = words(
        "no nos fig eq vol pp p ch sec art ref jan feb mar apr jun jul aug sep sept oct nov dec ca")
    /// May end one.
    static let endings = words("inc corp co ltd llc plc bros jr sr etc al ave blvd")
    static let starters = words(
        """
        A After All Although Also An And Another Any As At Because Before Both But By Despite Each Even Every For From \
        He Her His How However I If In Instead It Its Last Many Meanwhile More Most Moreover New No Not Now On Once One \
        Only Other Others Our Over She Since So Some Still Such That The Their Then There These They This Those Though \
        Through Thus To Today Under Unlike Until We What When Where Whether Which While Who Why With Without Yet You
        """)
}
