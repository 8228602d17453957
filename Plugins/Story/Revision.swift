internal import WirewatchKit

/// What an article says of itself: that it corrects or updates an earlier text.
enum Revision {
    private static let words: [(word: String, kind: StoryChange.Kind)] = [
        ("correction", .correction), ("corrections", .correction), ("corrected", .correction),
        ("corrects", .correction),
        ("clarification", .correction), ("clarified", .correction), ("retraction", .correction),
        ("update", .update), ("updates", .update), ("updated", .update),
    ]

    static func marks(of article: Article) -> [StoryChange] {
        var kinds: [StoryChange.Kind] = []
        func note(_ kind: StoryChange.Kind?) {
            if let kind, !kinds.contains(kind) { kinds.append(kind) }
        }
        var title = article.title
        title.withUTF8 { title in
            note(label(title, from: 0))
            for at in title.indices where title[at] == 0x28 || title[at] == 0x5B {
                note(bracketed(title, from: at + 1))
            }
        }
        if var editorsNote = article.editorsNote { editorsNote.withUTF8 { note(label($0, from: 0)) } }
        var body = article.body
        body.withUTF8 { bytes in
            var at = 0
            while at < bytes.count {
                note(label(bytes, from: at))
                while at < bytes.count, bytes[at] != 0x0A { at += 1 }
                while at < bytes.count, bytes[at] == 0x0A { at += 1 }
            }
        }
        return kinds.isEmpty ? [] : kinds.map { StoryChange($0) }
    }

    /// `Correction: ...`, `UPDATE 2-...`: one of the words, then a mark or a number, at the beginning of a line.
    private static func label(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> StoryChange.Kind? {
        guard let (kind, length) = word(bytes, start) else { return nil }
        var at = start + length
        let hadSpace = at < bytes.count && bytes[at] == 0x20
        if hadSpace { at += 1 }
        guard at < bytes.count else { return nil }
        switch bytes[at] {
        case 0x3A, 0x7C, 0x28: return kind
        case 0x2D: return kind
        // A dash, in UTF-8.
        case 0xE2: return kind
        // "UPDATE 1-": a digit, then a mark.
        case 0x30...0x39 where hadSpace:
            while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
            guard at < bytes.count else { return nil }
            return bytes[at] == 0x2D || bytes[at] == 0x3A ? kind : nil
        default: return nil
        }
    }

    /// `(updated)`, `[Correction]`.
    private static func bracketed(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> StoryChange.Kind? {
        guard let (kind, length) = word(bytes, start), start + length < bytes.count else { return nil }
        switch bytes[start + length] {
        case 0x29, 0x5D, 0x3A: return kind
        default: return nil
        }
    }

    private static func word(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
    ) -> (StoryChange.Kind, length: Int)? {
        guard start < bytes.count else { return nil }
        switch bytes[start] | 0x20 {
        case 0x63, 0x75, 0x72: break
        default: return nil
        }
        var length = 0
        while start + length < bytes.count, length < 16, (0x61...0x7A).contains(bytes[start + length] | 0x20) {
            length += 1
        }
        for (word, kind) in words where word.utf8.count == length {
            let here = bytes.dropFirst(start).prefix(length)
            if zip(word.utf8, here).allSatisfy({ $0 == $1 | 0x20 }) { return (kind, length) }
        }
        return nil
    }
}
