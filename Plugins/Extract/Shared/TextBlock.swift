/// A line or paragraph of a page with what its bytes tell about it; made in one pass.
struct TextBlock: Sendable {
    /// UTF-8, without white space around it.
    let bytes: [UInt8]
    /// For comparisons: ASCII in lower case, curly quotes straight, any run of white space one blank.
    let folded: [UInt8]
    /// Words of scripts that put blanks between them; each Han, kana or Hangul character counts as half a word.
    let words: Int
    let letters: Int
    let wideCharacters: Int
    /// Commas, full stops and their like: prose has them, menus do not.
    let punctuation: Int
    let endsSentence: Bool
    /// Words that begin with a capital letter.
    let capitalized: Int

    init(_ source: some Collection<UInt8>) {
        bytes = Self.trimmed(Array(source))
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        var spaces = 0
        var letters = 0
        var wide = 0
        var punctuation = 0
        var capitalized = 0
        var atStart = true
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte < 0x80 {
                at += 1
                if byte <= 0x20 {
                    if folded.last != 0x20 {
                        folded.append(0x20)
                        spaces += 1
                    }
                    atStart = true
                    continue
                }
                let lower = byte | 0x20
                if lower >= 0x61, lower <= 0x7A {
                    letters += 1
                    if byte < 0x61, atStart { capitalized += 1 }
                    folded.append(lower)
                } else {
                    if byte == 0x2C || byte == 0x2E || byte == 0x3B || byte == 0x3F || byte == 0x21 { punctuation += 1 }
                    folded.append(byte)
                }
                atStart = byte == 0x22 || byte == 0x27 || byte == 0x28 ? atStart : false
                continue
            }
            let (scalar, length) = Self.scalar(bytes, at)
            switch scalar {
            case 0xA0, 0x2000...0x200B, 0x202F, 0x3000, 0xFEFF:
                if folded.last != 0x20 {
                    folded.append(0x20)
                    spaces += 1
                }
                atStart = true
            case 0x2018, 0x2019: folded.append(0x27)
            case 0x201C, 0x201D: folded.append(0x22)
            case 0x2013, 0x2014: folded.append(0x2D)
            case 0xFF1A: folded.append(0x3A)
            case 0x3001, 0x3002, 0xFF0C, 0xFF01, 0xFF1F, 0xFF1B:
                punctuation += 1
                folded += bytes[at..<at + length]
            case 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7AF, 0x20000...0x2FFFF:
                wide += 1
                folded += bytes[at..<at + length]
            default:
                letters += 1
                if atStart, scalar < 0x250 { capitalized += 1 }
                atStart = false
                folded += bytes[at..<at + length]
            }
            at += length
        }
        self.folded = folded
        self.letters = letters
        wideCharacters = wide
        self.punctuation = punctuation
        self.capitalized = capitalized
        words = bytes.isEmpty ? 0 : wide / 2 + (letters > 0 || wide == 0 ? spaces + 1 : 0)
        endsSentence = Self.endsSentence(bytes)
    }

    init(_ text: String) { self.init(text.utf8) }

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var isEmpty: Bool { bytes.isEmpty }
    /// Whether the text is mostly Chinese, Japanese or Korean.
    var isWide: Bool { wideCharacters * 2 > letters }

    /// The text with every run of white space, no-break ones too, as one blank.
    var squeezed: String { String(decoding: Self.squeezed(bytes), as: UTF8.self) }

    /// The block of a text in which every run of white space is made one blank.
    init(squeezing source: [UInt8]) { self.init(Self.squeezed(Self.trimmed(source))) }

    private static func squeezed(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte > 0x20, byte < 0xC2 {
                result.append(byte)
                at += 1
                continue
            }
            let (scalar, length) = scalar(bytes, at)
            if scalar <= 0x20 || scalar == 0xA0 || scalar == 0x3000 || (0x2000...0x200B).contains(scalar) {
                if result.last != 0x20 { result.append(0x20) }
            } else {
                for place in at..<at + length { result.append(bytes[place]) }
            }
            at += length
        }
        return result
    }

    /// Whether it reads as running text: whole sentences of some length.
    var isProse: Bool {
        if isWide { return wideCharacters >= 25 && punctuation > 0 }
        if words >= 10, endsSentence { return true }
        return words >= 18 && punctuation > 0
    }

    /// A shorter piece that is still a sentence.
    var isSentence: Bool { isProse || (endsSentence && (words >= 4 || wideCharacters >= 8)) }

    /// Whether it says whose the text is: the last line of many articles.
    var isRightsNotice: Bool { contains("rights reserved") || contains("may not be published") }

    func starts(with prefix: StaticString) -> Bool { folded.starts(with: prefix) }
    func contains(_ text: StaticString) -> Bool { folded.contains(text) }

    // MARK: Scanning

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        var start = 0
        var end = bytes.count
        while start < end {
            let (scalar, length) = scalar(bytes, start)
            guard isSpace(scalar) else { break }
            start += length
        }
        while end > start {
            var last = end - 1
            while last > start, bytes[last] & 0xC0 == 0x80 { last -= 1 }
            guard isSpace(scalar(bytes, last).value) else { break }
            end = last
        }
        return start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
    }

    private static func isSpace(_ scalar: UInt32) -> Bool {
        scalar <= 0x20 || scalar == 0xA0 || scalar == 0x3000 || scalar == 0xFEFF || (0x2000...0x200F).contains(scalar)
            || scalar == 0x2028 || scalar == 0x2029 || scalar == 0x85
    }

    /// The scalar at a place and its length; a broken sequence gives U+FFFD and one byte.
    static func scalar(_ bytes: [UInt8], _ at: Int) -> (value: UInt32, length: Int) {
        let first = UInt32(bytes[at])
        if first < 0x80 { return (first, 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        guard length > 1, at + length <= bytes.count else { return (0xFFFD, 1) }
        var value = first & (0x7F >> UInt32(length))
        for offset in 1..<length { value = value << 6 | UInt32(bytes[at + offset] & 0x3F) }
        return (value, length)
    }

    /// Whether the text ends in a full stop or its like, quotes and brackets after it aside.
    private static func endsSentence(_ bytes: [UInt8]) -> Bool {
        var end = bytes.count
        while end > 0 {
            var last = end - 1
            while last > 0, bytes[last] & 0xC0 == 0x80 { last -= 1 }
            switch scalar(bytes, last).value {
            case 0x2E, 0x21, 0x3F, 0x2026, 0x3002, 0xFF01, 0xFF1F, 0x3A, 0xFF1A, 0x3B: return true
            case 0x22, 0x27, 0x29, 0x5D, 0x201D, 0x2019, 0xBB, 0x300D, 0x300F, 0xFF09: end = last
            default: return false
            }
        }
        return false
    }
}

extension [UInt8] {
    func starts(with prefix: StaticString, at start: Int = 0) -> Bool {
        guard count - start >= prefix.utf8CodeUnitCount else { return false }
        return prefix.withUTF8Buffer { wanted in
            for index in 0..<wanted.count where self[start + index] != wanted[index] { return false }
            return true
        }
    }

    func contains(_ text: StaticString) -> Bool { find(text) != nil }

    /// Where a text first occurs.
    func find(_ text: StaticString, from start: Int = 0) -> Int? {
        let length = text.utf8CodeUnitCount
        guard length > 0, count >= length else { return nil }
        return text.withUTF8Buffer { wanted in
            var at = start
            while at + length <= count {
                if self[at] == wanted[0] {
                    var same = 1
                    while same < length, self[at + same] == wanted[same] { same += 1 }
                    if same == length { return at }
                }
                at += 1
            }
            return nil
        }
    }
}
