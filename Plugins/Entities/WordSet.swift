internal import WirewatchText

/// A fixed set of words, asked by their hashes.
struct WordSet: Sendable {
    private let hashes: Set<UInt64>

    init(_ text: String) { hashes = Set(Words(text).all.map(\.hash)) }

    func contains(_ word: Word) -> Bool { hashes.contains(word.hash) }
}
