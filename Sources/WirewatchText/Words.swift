/// The words of one text, found in one pass over its UTF-8 bytes.
///
/// Words are runs of letters, digits and combining marks. Everything else separates them: space, hyphen, full stop,
/// apostrophe (so `l'IA` is `l` and `IA`). A possessive `'s` or `’s` belongs to no word. Ideographs, kana and Hangul
/// syllables are a word each. Only the first 4 GiB are read.
///
/// Reuse one value for many texts, and it stops allocating.
public struct Words: Sendable {
    /// Room for words; the first ``count`` are those of the text.
    private var storage: [Word] = []
    private var count = 0

    /// The words in the text's order.
    public var all: ArraySlice<Word> { storage[..<count] }

    public init() {}

    public init(_ text: String) { scan(text) }

    /// Replaces the words with those of another text.
    public mutating func scan(_ text: String) {
        var text = text
        text.withUTF8 { scan($0) }
    }

    /// Replaces the words with those of another text. Bytes that are no UTF-8 separate words.
    public mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        count = 0
        let end = min(bytes.count, Int(UInt32.max))
        let text = UnsafeBufferPointer(rebasing: bytes[..<end])
        let chunk = min(end, WordEdges.chunk)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: WordEdges.capacity(chunk)) { edges in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: WordEdges.markCapacity(chunk)) { marks in
                scan(text, edges, marks)
            }
        }
    }

    /// As ``scan(_:)``, with room to work in for as much as ``WordEdges`` takes at once.
    private mutating func scan(
        _ text: UnsafeBufferPointer<UInt8>, _ edges: UnsafeMutableBufferPointer<UInt32>,
        _ marks: UnsafeMutableBufferPointer<UInt64>
    ) {
        var finder = WordEdges()
        // Where an unfinished run of the last chunk began.
        var open: Int?
        // Nothing before this offset begins a word: it was read already, or is a possessive.
        var resume = 0
        var at = 0
        while at < text.count {
            let next = min(at + WordEdges.chunk, text.count)
            let found = finder.find(text, at..<next, marks, into: edges)
            var edge = 0
            if let start = open, found > 0 {
                read(text, start, Int(edges[0]), &resume)
                open = nil
                edge = 1
            }
            reserve((found - edge) / 2)
            readRuns(text, UnsafeBufferPointer(rebasing: edges[edge..<found]), &resume)
            if (found - edge) % 2 == 1 { open = Int(edges[found - 1]) }
            at = next
        }
        if let start = open { read(text, start, text.count, &resume) }
    }

    /// Calls `body` with the words as a buffer, valid inside it alone.
    func withBuffer(_ body: (UnsafeBufferPointer<Word>) -> Void) {
        storage.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
    }

    /// Makes room for this many words more.
    private mutating func reserve(_ more: Int) {
        guard storage.count < count + more else { return }
        let missing = max(count + more, storage.count * 2, 64) - storage.count
        storage.append(contentsOf: repeatElement(Word(start: 0, end: 0, hash: 0), count: missing))
    }

    /// Reads the words of the runs between pairs of edges, for which there is room; an odd last edge is left.
    private mutating func readRuns(
        _ bytes: UnsafeBufferPointer<UInt8>, _ edges: UnsafeBufferPointer<UInt32>, _ resume: inout Int
    ) {
        guard let base = UnsafeRawPointer(bytes.baseAddress) else { return }
        // Before this edge, sixteen bytes and one more follow every start.
        var whole = edges.count & ~1
        while whole > 0, Int(edges[whole &- 2]) &+ WordKey.maximumLength >= bytes.count { whole &-= 2 }
        var edge = 0
        while edge &+ 1 < edges.count {
            // Short ASCII words: nearly all.
            var written = count
            var from = resume
            if Int(edges[edge]) >= from {
                storage.withUnsafeMutableBufferPointer { storage in
                    WordKey.withMasks { masks in
                        while edge < whole {
                            let start = Int(edges[edge])
                            let end = Int(edges[edge &+ 1])
                            let length = end &- start
                            guard length <= WordKey.maximumLength else { break }
                            let key = WordKey(base, start, length, masks)
                            guard !key.hasHighBytes else { break }
                            storage[written] = Word(
                                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                                hash: key.hash)
                            written &+= 1
                            edge &+= 2
                            if bytes[end] == 0x27 {
                                from = skipPossessive(bytes, end)
                                // The next run may begin inside the possessive.
                                if from > end { break }
                            }
                        }
                    }
                }
            }
            count = written
            resume = from
            if edge &+ 1 < edges.count {
                read(bytes, Int(edges[edge]), Int(edges[edge &+ 1]), &resume)
                edge &+= 2
                reserve((edges.count - edge) / 2)
            }
        }
    }

    /// Reads the words of one run byte by byte.
    private mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ resume: inout Int
    ) {
        var at = max(start, resume)
        while at < end { at = readWord(bytes, at, end) }
        resume = max(resume, at)
    }

    /// Appends the word that begins at `from` when it is short, all ASCII, and ends there or before a separator such as a
    /// typographic apostrophe, and returns where to go on; nil when it is another.
    private mutating func readShort(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ limit: Int) -> Int? {
        guard from &+ WordKey.maximumLength < bytes.count, let base = UnsafeRawPointer(bytes.baseAddress) else {
            return nil
        }
        // Sixteen bytes from `from` are inside the text.
        let length = min(WordKey.asciiLength(base, from), limit &- from)
        let end = from &+ length
        guard length > 0,
            end == limit || bytes[end] >= 0x80 && LetterClass(decodeScalar(bytes, end).scalar) == .separator
        else { return nil }
        reserve(1)
        WordKey.withMasks { masks in
            storage[count] = Word(
                start: UInt32(truncatingIfNeeded: from), end: UInt32(truncatingIfNeeded: end),
                hash: WordKey(base, from, length, masks).hash)
        }
        count += 1
        return skipPossessive(bytes, end)
    }

    /// Appends the word that begins at `from`, if one does, and returns where to go on.
    private mutating func readWord(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ limit: Int) -> Int {
        if let end = readShort(bytes, from, limit) { return end }
        var start = from
        var end = from
        var at = from
        var hash = WordHash()
        scalars: while at < limit {
            let byte = bytes[at]
            if byte < 0x80 {
                // A run has no other ASCII than letters and digits.
                hash.append(byte | 0x20)
                at += 1
                end = at
                continue
            }
            let (scalar, length) = decodeScalar(bytes, at)
            switch LetterClass(scalar) {
            case .ignorable:
                at += length
                if end == start {
                    start = at
                    end = at
                }
            case .letter:
                forEachByte(of: folded(scalar)) { hash.append($0) }
                at += length
                end = at
            case .single:
                if end == start {
                    forEachByte(of: folded(scalar)) { hash.append($0) }
                    at += length
                    end = at
                }
                break scalars
            case .separator:
                if end == start { at += length }
                break scalars
            }
        }
        guard end > start else { return at }
        reserve(1)
        storage[count] = Word(start: UInt32(start), end: UInt32(end), hash: hash.finished)
        count += 1
        return skipPossessive(bytes, at)
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

extension Words {
    /// Appends the folded bytes of a word, or of another range of a text, as they count for ``Word/hash``.
    public static func appendFolded(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to result: inout [UInt8]
    ) {
        WirewatchText.appendFolded(bytes, range, to: &result)
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
