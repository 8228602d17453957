/// A short word, held in place, so that making one allocates nothing.
public struct ShortWord: Sendable {
    /// The longest that is held, in UTF-8 bytes.
    public static let limit = 32

    // Visible for ``append(_:)``, which is called for each letter of a text: across modules it took half of the scan.
    @usableFromInline var letters = InlineArray<32, UInt8>(repeating: 0)
    @usableFromInline var length = 0
    @usableFromInline var hash = WordTable.seed

    @inlinable public init() {}

    @inlinable public var count: Int { length }

    /// A byte of the word, from 0 to less than ``count``.
    @inlinable
    public subscript(_ index: Int) -> UInt8 { letters[index] }

    /// Adds a byte; false when there is no room for it.
    @inlinable
    public mutating func append(_ byte: UInt8) -> Bool {
        guard length < Self.limit else { return false }
        letters[length] = byte
        length += 1
        hash = WordTable.mixed(hash, byte)
        return true
    }
}

/// Numbers by words and phrases, looked up by their bytes without allocation: open addressing, at most half full.
public struct WordTable: Sendable {
    private var slots: [UInt16]
    private var starts: [Int32] = [0]
    private var bytes: [UInt8] = []
    private var values: [Int32] = []
    /// The greatest number of bytes that an entry has; what is longer needs no look.
    public private(set) var longest = 0

    /// Makes a table of rows, each some words and the value of all of them. A word in several rows has the bits of all.
    ///
    /// - Parameters:
    ///   - rows: at most 65,000 words in all.
    ///   - separator: what parts the words of a row; with another than a blank they may be phrases.
    public init(_ rows: [(words: String, value: Int32)], separator: Character = " ") {
        let parted = rows.map { row in
            (words: row.words.split(separator: separator).map { Array($0.utf8) }, value: row.value)
        }
        var size = 16
        while size < parted.reduce(0, { $0 + $1.words.count }) * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for (words, value) in parted {
            for word in words {
                let slot = slot(Self.hash(word, word.indices)) { Self.isEqual($0, word[...]) }
                if slots[slot] == 0 {
                    bytes += word
                    starts.append(Int32(bytes.count))
                    values.append(value)
                    slots[slot] = UInt16(values.count)
                    longest = max(longest, word.count)
                } else {
                    values[Int(slots[slot]) - 1] |= value
                }
            }
        }
    }

    /// The value of a word; nil for one that no row has.
    public subscript(_ key: ShortWord) -> Int32? {
        value(
            at: slot(key.hash) { entry in
                guard entry.count == key.count else { return false }
                for index in 0..<key.count where entry[entry.startIndex + index] != key.letters[index] { return false }
                return true
            })
    }

    /// The value of the word or phrase that a part of some bytes is.
    public subscript(_ text: [UInt8], _ range: Range<Int>) -> Int32? {
        guard range.count <= longest else { return nil }
        return value(at: slot(Self.hash(text, range)) { Self.isEqual($0, text[range]) })
    }

    private func value(at slot: Int) -> Int32? { slots[slot] == 0 ? nil : values[Int(slots[slot]) - 1] }

    /// Where the word is, or where it would be.
    private func slot(_ hash: UInt32, _ isSame: (ArraySlice<UInt8>) -> Bool) -> Int {
        let mask = slots.count - 1
        var slot = Int(hash ^ hash >> 15) & mask
        while slots[slot] != 0 {
            let entry = Int(slots[slot]) - 1
            if isSame(bytes[Int(starts[entry])..<Int(starts[entry + 1])]) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private static func isEqual(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        for index in 0..<a.count where a[a.startIndex + index] != b[b.startIndex + index] { return false }
        return true
    }

    // FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv).
    @inlinable static var seed: UInt32 { 2_166_136_261 }
    @inlinable static func mixed(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 16_777_619 }

    private static func hash(_ text: [UInt8], _ range: Range<Int>) -> UInt32 {
        var hash = seed
        for index in range { hash = mixed(hash, text[index]) }
        return hash
    }
}
