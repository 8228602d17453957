internal import WirewatchText

/// A fixed set of words, asked by their hashes: one look at an open table, a tenth of what `Set` takes.
struct WordSet: Sendable {
    private var slots: [UInt64]
    private let mask: Int

    init(_ text: String) {
        let words = Words(text).all
        var size = 16
        while size < words.count * 4 { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
        mask = size - 1
        for word in words where !contains(word) {
            var slot = Self.place(word.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = word.hash
        }
    }

    func contains(_ word: Word) -> Bool {
        var slot = Self.place(word.hash) & mask
        while slots[slot] != 0 {
            if slots[slot] == word.hash { return true }
            slot = (slot + 1) & mask
        }
        return false
    }

    @inline(__always)
    private static func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 8) }
}
