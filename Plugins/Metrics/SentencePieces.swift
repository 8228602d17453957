/// Cuts sentences that no writer wrote into pieces that fit into little memory; others are one piece.
///
/// A piece ends at white space where there is some, else behind a sign or before a character beyond ASCII: never within
/// a run of letters and digits, which would make other numbers of it.
struct SentencePieces: IteratorProtocol {
    /// In bytes; ten times the longest sentences of articles.
    private static let length = 8_192
    /// How far white space is looked for.
    private static let slack = 256

    private let text: [UInt8]
    private var rest: Range<Int>

    init(text: [UInt8], sentence: Range<Int>) {
        self.text = text
        rest = sentence
    }

    mutating func next() -> Range<Int>? {
        guard !rest.isEmpty else { return nil }
        let end = rest.count <= Self.length + Self.slack ? rest.upperBound : cut(rest.lowerBound + Self.length)
        defer { rest = end..<rest.upperBound }
        return rest.lowerBound..<end
    }

    private func cut(_ from: Int) -> Int {
        let end = rest.upperBound
        for k in from..<min(from + Self.slack, end) where text[k] == 0x20 { return k }
        var k = from
        while k < end {
            let byte = text[k]
            let isWord = byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
            if byte < 0x80, !isWord { return k + 1 }
            if byte >= 0xC0 { return k }
            k += 1
        }
        return end
    }
}
