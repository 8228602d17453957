/// A word of a text: a run of letters and digits, or one ideograph.
public struct Word: Sendable, Hashable {
    /// Byte offsets into the text, end exclusive; a possessive `'s` lies outside.
    public var start: UInt32
    public var end: UInt32
    /// FNV-1a of the word's folded bytes: equal for `Robot`, `ROBOT` and `robot`.
    public var hash: UInt64

    public var range: Range<Int> { Int(start)..<Int(end) }
}

/// The words of one text, found in one pass over its UTF-8 bytes.
///
/// Words are runs of letters, digits and combining marks. Everything else separates them: space, hyphen, full stop,
/// apostrophe (so `l'IA` is `l` and `IA`). A possessive `'s` or `’s` belongs to no word. Ideographs, kana and Hangul
/// syllables are a word each. Only the first 4 GiB are read.
///
/// Reuse one value for many texts, and it stops allocating.
public struct Words: Sendable {
    public private(set) var all: [Word] = []

    public init() {}

    public init(_ text: String) { scan(text) }

    /// Replaces the words with those of another text.
    public mutating func scan(_ text: String) {
        var text = text
        text.withUTF8 { scan($0) }
    }

    /// Replaces the words with those of another text. Bytes that are no UTF-8 separate words.
    public mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        all.removeAll(keepingCapacity: true)
        let count = min(bytes.count, Int(UInt32.max))
        // One table pointer for the whole scan: a global array checks its initialisation at each use.
        foldedBytes.withUnsafeBufferPointer { table in
            var at = 0
            while at < count {
                if table[Int(bytes[at])] == 0 {
                    at &+= 1
                } else {
                    at = scanWord(bytes, at, count, table)
                }
            }
        }
    }

    static let hashSeed: UInt64 = 0xCBF2_9CE4_8422_2325
    @inline(__always) static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// Appends the word that begins at `from`, if one does, and returns where to go on.
    @inline(__always)
    private mutating func scanWord(
        _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ count: Int, _ table: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var start = from
        var end = from
        var at = from
        var hash = Self.hashSeed
        scalars: while at < count {
            let byte = table[Int(bytes[at])]
            if byte == 0 { break }
            if byte < 0x80 {
                hash = Self.hash(hash, byte)
                at &+= 1
                end = at
                continue
            }
            let (scalar, length) = decodeScalar(bytes, at)
            switch LetterClass(scalar) {
            case .ignorable:
                at &+= length
                if end == start {
                    start = at
                    end = at
                }
            case .letter:
                forEachByte(of: folded(scalar)) { hash = Self.hash(hash, $0) }
                at &+= length
                end = at
            case .single:
                if end == start {
                    forEachByte(of: folded(scalar)) { hash = Self.hash(hash, $0) }
                    at &+= length
                    end = at
                }
                break scalars
            case .separator:
                if end == start { at &+= length }
                break scalars
            }
        }
        if end > start {
            all.append(Word(start: UInt32(start), end: UInt32(end), hash: hash))
            return skipPossessive(bytes, at)
        }
        return at
    }
}

/// Where the text goes on after a possessive `'s` at this offset; the offset itself when there is none.
@inline(__always)
func skipPossessive(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    guard at < bytes.count else { return at }
    var next = at
    switch bytes[at] {
    case 0x27: next = at + 1
    case 0xE2 where at + 2 < bytes.count && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x99: next = at + 3
    case 0xCA where at + 1 < bytes.count && bytes[at + 1] == 0xBC: next = at + 2
    default: return at
    }
    guard next < bytes.count, bytes[next] | 0x20 == UInt8(ascii: "s") else { return at }
    next += 1
    guard next < bytes.count else { return next }
    if bytes[next] < 0x80 { return foldedBytes[Int(bytes[next])] == 0 ? next : at }
    return LetterClass(decodeScalar(bytes, next).scalar) == .letter ? at : next
}

extension Words {
    /// A text reduced to its folded words, one space between them: equal for texts that differ in case, punctuation
    /// and white space alone.
    public static func normalized(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { bytes in
            var words = Words()
            words.scan(bytes)
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count)
            for word in words.all {
                if !result.isEmpty { result.append(0x20) }
                appendFolded(bytes, word.range, to: &result)
            }
            return result
        }
    }
}

/// Appends the folded bytes of a range of text.
func appendFolded(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to result: inout [UInt8]) {
    // Taken once: each look at a global passes the gate of its initialisation.
    let table = foldedBytes
    var at = range.lowerBound
    while at < range.upperBound {
        let first = bytes[at]
        if first < 0x80 {
            let byte = table[Int(first)]
            result.append(byte == 0 ? first : byte)
            at += 1
            continue
        }
        let (scalar, length) = decodeScalar(bytes, at)
        at += length
        if LetterClass(scalar) != .ignorable {
            forEachByte(of: folded(scalar)) { result.append($0) }
        }
    }
}
