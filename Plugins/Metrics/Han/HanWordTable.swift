/// Words found by their first character, for texts that are not cut into words.
///
/// Every look-up first asks whether any word with the tag begins (or ends) with the character; most do not, and the
/// answer is one load. A character that begins words leads to them, the longest first.
struct HanWordTable: Sendable {
    private struct Word: Sendable {
        /// Where its bytes begin in ``bytes``.
        var offset: Int32
        var count: UInt8
        var tag: UInt8
        var value: Int32
    }

    /// The words that begin with one character.
    private struct Row: Sendable {
        var first: Int32 = 0
        var count: Int32 = 0
        /// The tags of words that begin and that end with the character, one bit a tag.
        var begins: UInt32 = 0
        var ends: UInt32 = 0
    }

    private var bytes: [UInt8] = []
    private var words: [Word] = []
    /// The first is that of all characters that begin or end no word.
    private var rows: [Row] = [Row()]
    /// Rows of the characters up to U+9FFF, which are nearly all; of others ``rare`` has them.
    private var slots = [UInt16](repeating: 0, count: 0xA000)
    private var rare: [(scalar: UInt32, row: UInt16)] = []

    /// - Parameter words: of those that begin alike, the longest must be meant; of equal ones the first is.
    init(_ words: [(text: String, tag: Int, value: Int)]) {
        var byLead: [[Int]] = [[]]
        let folded = words.map { Array($0.text.lowercased().utf8) }
        for (index, text) in folded.enumerated() where !text.isEmpty && text.count < 256 {
            let tag: UInt32 = 1 << UInt32(words[index].tag)
            let lead = makeRow(Self.character(text, 0, text.count).scalar)
            rows[lead].begins |= tag
            while byLead.count < rows.count { byLead.append([]) }
            byLead[lead].append(index)
            let last = makeRow(Self.character(text, Self.start(before: text.count, text, 0), text.count).scalar)
            rows[last].ends |= tag
        }
        for (row, members) in byLead.enumerated() {
            rows[row].first = Int32(self.words.count)
            rows[row].count = Int32(members.count)
            // A stable sort: the first of equal words stays the first.
            let order = members.enumerated().sorted {
                (folded[$1.element].count, $0.offset) < (folded[$0.element].count, $1.offset)
            }
            for (_, index) in order {
                self.words.append(
                    Word(
                        offset: Int32(bytes.count), count: UInt8(folded[index].count), tag: UInt8(words[index].tag),
                        value: Int32(words[index].value)))
                bytes += folded[index]
            }
        }
    }

    private mutating func makeRow(_ scalar: UInt32) -> Int {
        let known = row(scalar)
        if known > 0 || rows.count >= Int(UInt16.max) { return known }
        rows.append(Row())
        if scalar < UInt32(slots.count) {
            slots[Int(scalar)] = UInt16(rows.count - 1)
        } else {
            rare.append((scalar, UInt16(rows.count - 1)))
        }
        return rows.count - 1
    }

    @inline(__always)
    private func row(_ scalar: UInt32) -> Int {
        if scalar < UInt32(slots.count) { return Int(slots[Int(scalar)]) }
        for entry in rare where entry.scalar == scalar { return Int(entry.row) }
        return 0
    }

    // MARK: - Looking up

    /// Whether a word with one of the tags (one bit a tag) begins with the character.
    @inline(__always)
    func begins(_ tags: UInt32, _ scalar: UInt32) -> Bool { rows[row(scalar)].begins & tags != 0 }

    /// The longest word with a tag at a place of the text; nil when there is none.
    func find(_ tag: Int, _ text: [UInt8], _ i: Int, _ end: Int) -> (value: Int, end: Int)? {
        guard i >= 0, i < end else { return nil }
        let row = rows[row(Self.character(text, i, end).scalar)]
        guard row.begins >> UInt32(tag) & 1 == 1 else { return nil }
        for k in Int(row.first)..<Int(row.first + row.count) {
            let word = words[k]
            guard Int(word.tag) == tag, i + Int(word.count) <= end, matches(word, text, i) else { continue }
            return (Int(word.value), i + Int(word.count))
        }
        return nil
    }

    /// The longest word with a tag that ends at a place of the text.
    func find(_ tag: Int, _ text: [UInt8], endingAt end: Int, floor: Int) -> (value: Int, start: Int)? {
        guard end > floor, end <= text.count else { return nil }
        var start = Self.start(before: end, text, floor)
        guard rows[row(Self.character(text, start, end).scalar)].ends >> UInt32(tag) & 1 == 1 else { return nil }
        var found: (value: Int, start: Int)?
        // The longest word has seven characters.
        for step in 0..<7 {
            if step > 0 {
                guard start > floor else { break }
                start = Self.start(before: start, text, floor)
            }
            if let word = find(tag, text, start, end), word.end == end { found = (word.value, start) }
        }
        return found
    }

    @inline(__always)
    private func matches(_ word: Word, _ text: [UInt8], _ i: Int) -> Bool {
        for k in 0..<Int(word.count) {
            let byte = text[i + k]
            let wanted = bytes[Int(word.offset) + k]
            if wanted == byte { continue }
            guard byte >= 0x41, byte <= 0x5A, wanted == byte | 0x20 else { return false }
        }
        return true
    }

    // MARK: - Characters

    /// Where the character before a place begins.
    @inline(__always)
    static func start(before i: Int, _ text: [UInt8], _ floor: Int) -> Int {
        var k = i - 1
        while k > floor, text[k] & 0xC0 == 0x80 { k -= 1 }
        return k
    }

    /// The character at a place, ASCII letters small; `0xFFFFFFFF` for bytes that are none.
    @inline(__always)
    static func character(_ text: [UInt8], _ i: Int, _ end: Int) -> (scalar: UInt32, width: Int) {
        let lead = text[i]
        if lead < 0x80 { return (UInt32(lead >= 0x41 && lead <= 0x5A ? lead | 0x20 : lead), 1) }
        if lead >= 0xE0, lead < 0xF0, i + 2 < end {
            return (
                UInt32(lead & 0x0F) << 12 | UInt32(text[i + 1] & 0x3F) << 6 | UInt32(text[i + 2] & 0x3F), 3
            )
        }
        if lead >= 0xC0, lead < 0xE0, i + 1 < end {
            return (UInt32(lead & 0x1F) << 6 | UInt32(text[i + 1] & 0x3F), 2)
        }
        if lead >= 0xF0, i + 3 < end {
            return (
                UInt32(lead & 0x07) << 18 | UInt32(text[i + 1] & 0x3F) << 12 | UInt32(text[i + 2] & 0x3F) << 6
                    | UInt32(text[i + 3] & 0x3F), 4
            )
        }
        return (UInt32.max, 1)
    }
}
