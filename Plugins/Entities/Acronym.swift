internal import WirewatchText

/// An acronym that a text introduces in brackets: `International Widget Federation (IWF)`.
enum Acronym {
    /// The word of the acronym right after a name; nil where there is none.
    static func introduced(after words: ClosedRange<Int>, _ view: TextView) -> Int? {
        let end = Int(view.words[words.upperBound].end)
        let word = words.upperBound + 1
        guard end + 3 < view.bytes.count, view.bytes[end] == 0x20, view.bytes[end + 1] == 0x28, word < view.words.count
        else { return nil }
        let range = view.words[word].range
        guard range.lowerBound == end + 2, (2...8).contains(range.count), range.upperBound < view.bytes.count,
            view.bytes[range.upperBound] == 0x29, Letters.isAllCapitals(view.bytes, range)
        else { return nil }
        // Each of its letters stands in the name, in this order, and the first begins it.
        var at = Int(view.words[words.lowerBound].start)
        guard view.bytes[at] | 0x20 == view.bytes[range.lowerBound] | 0x20 else { return nil }
        for letter in range {
            while at < end, view.bytes[at] | 0x20 != view.bytes[letter] | 0x20 { at += 1 }
            guard at < end else { return nil }
            at += 1
        }
        return word
    }

    static func form(of entity: Int32, _ word: Int, _ view: TextView) -> Form {
        let found = view.words[word]
        return Form(
            entity: entity, start: Int32(found.start), end: Int32(found.end), wordCount: 1, hash: found.hash,
            since: Int32(found.start), isShort: true, isSurname: false)
    }
}
