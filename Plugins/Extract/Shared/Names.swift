internal import WirewatchKit

/// Reads the names of an article's authors out of a byline.
enum Byline {
    /// The authors named by a visible line: `By Ann Example and Bo Sample`, `@ Ann Example`, `作者：...`; nil when the line
    /// is no byline.
    static func read(_ block: TextBlock) -> [String]? {
        guard block.bytes.count <= 200 else { return nil }
        let folded = block.folded
        for lead in leads where folded.starts(with: lead) {
            let rest = String(decoding: dropLead(block, lead.utf8CodeUnitCount), as: UTF8.self)
            let names = names(rest)
            return names.isEmpty ? nil : names
        }
        return nil
    }

    /// The names in a text that is known to name authors: an attribute, a byline without its lead.
    static func names(_ text: String) -> [String] {
        var text = TextBlock(text).squeezed
        let bytes = Array(text.utf8)
        if let found = DateReader.find(in: bytes) {
            text = String(decoding: bytes[..<found.range.lowerBound], as: UTF8.self)
            text = withoutButton(withoutVerb(TextBlock(text).text))
        }
        var names: [String] = []
        for part in split(text) {
            guard let name = cleaned(part) else { continue }
            if !names.contains(where: { $0.lowercased() == name.lowercased() }) { names.append(name) }
        }
        return names
    }

    /// One name from markup that gives one name: not split at commas, for `Example Corp, Inc.` has one.
    static func cleaned(_ part: String) -> String? {
        var block = TextBlock(part)
        for lead in leads where block.folded.starts(with: lead) {
            block = TextBlock(dropLead(block, lead.utf8CodeUnitCount))
            break
        }
        var bytes = Array(block.squeezed.utf8)
        for mark in afterNames {
            if let at = bytes.find(mark), at > 0 { bytes.removeSubrange(at...) }
        }
        block = TextBlock(bytes)
        let text = String(decoding: trimMarks(block.bytes), as: UTF8.self)
        block = TextBlock(text)
        guard block.letters + block.wideCharacters >= 2, block.words <= 6, block.bytes.count <= 80 else { return nil }
        guard !text.utf8.contains(where: { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2F || $0 == 0x40 || $0 == 0x3A })
        else { return nil }
        let key = String(decoding: block.folded, as: UTF8.self)
        guard !noNames.contains(key) else { return nil }
        let words = key.split(separator: " ")
        if words.contains(where: { noNameWords.contains(String($0)) }) { return nil }
        if block.wideCharacters == 0, block.capitalized == 0 { return nil }
        return text
    }

    /// What begins a handle or an address after the name.
    private static let afterNames: [StaticString] = [
        " @", " (", " <", " \u{2013} ", " - ", " \u{2022} ", " \u{B7} ", " / ", " | ",
    ]

    /// Whether a line looks like one or two names and nothing else.
    static func isBareName(_ block: TextBlock) -> Bool {
        guard block.words >= 2, block.words <= 7, block.punctuation <= 1, !block.endsSentence, block.wideCharacters == 0
        else { return false }
        let words = block.folded.split(separator: 0x20)
        let joiners = words.filter { $0.elementsEqual("and".utf8) || $0.elementsEqual("&".utf8) }.count
        return block.capitalized >= words.count - joiners && words.count - joiners <= 5
            && PageFurniture.kind(of: block) == nil && !names(block.text).isEmpty
    }

    private static let leads: [StaticString] = [
        "by: ", "by ", "written by: ", "written by ", "author: ", "authors: ", "story by ", "posted by ",
        "reported by ",
        "reporting by ", "words by ", "text by ", "@ ", "von ", "par ", "por ", "作者:", "记者:", "文/", "撰文:", "文:",
        "by\u{A0}",
    ]

    private static func dropLead(_ block: TextBlock, _ length: Int) -> ArraySlice<UInt8> {
        // Folding may shorten a wide colon: the lead is counted in the folded text, so it is found anew here.
        let bytes = block.bytes
        if bytes.count == block.folded.count { return bytes[min(length, bytes.count)...] }
        var at = 0
        var folded = 0
        while at < bytes.count, folded < length {
            let (scalar, size) = TextBlock.scalar(bytes, at)
            folded += scalar == 0xFF1A || scalar == 0xA0 ? 1 : size
            at += size
        }
        return bytes[at...]
    }

    private static func split(_ text: String) -> [String] {
        var parts: [String] = []
        var current: [UInt8] = []
        let bytes = Array(text.utf8)
        let folded = bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        var at = 0
        func joiner() -> Int? {
            for word in [" and ", " und ", " et ", " with ", ", ", ",", ";", " & ", " | ", "\u{3001}", "\u{FF0C}"] {
                let wanted = Array(word.utf8)
                if at + wanted.count <= folded.count, folded[at..<at + wanted.count].elementsEqual(wanted) {
                    return wanted.count
                }
            }
            return nil
        }
        while at < bytes.count {
            if let length = joiner() {
                parts.append(String(decoding: current, as: UTF8.self))
                current.removeAll()
                at += length
            } else {
                current.append(bytes[at])
                at += 1
            }
        }
        parts.append(String(decoding: current, as: UTF8.self))
        return parts.map { $0.hasPrefix("and ") ? String($0.dropFirst(4)) : $0 }
    }

    /// `Ann Example, published on`: what leads over to the date.
    private static func withoutVerb(_ text: String) -> String {
        var words = text.split(separator: " ")
        while let last = words.last,
            let key = Optional(String(decoding: trimMarks(Array(last.utf8)), as: UTF8.self).lowercased()),
            key.isEmpty
                || ["on", "am", "at", "the", "published", "updated", "posted", "publiziert", "le", "el", "em"].contains(
                    key)
        {
            words.removeLast()
        }
        return words.joined(separator: " ")
    }

    /// `Ann ExampleLine`: the label of a share button that copying glued to the name.
    private static func withoutButton(_ text: String) -> String {
        for label in ["Line", "Facebook", "Twitter", "WeChat", "Weibo", "WhatsApp", "LinkedIn", "Email"]
        where text.hasSuffix(label) && text.utf8.count > label.utf8.count + 3 {
            let before = text.dropLast(label.count)
            if let last = before.utf8.last, last >= 0x61, last <= 0x7A { return String(before) }
        }
        return text
    }

    private static func trimMarks(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        var slice = bytes[...]
        while let last = slice.last, last < 0x80, !isWordByte(last), last != 0x2E || slice.count < 4 {
            slice.removeLast()
        }
        while let first = slice.first, first < 0x80, !isWordByte(first) { slice.removeFirst() }
        // A full stop ends an initial (`Jr.`), not a long word.
        if slice.last == 0x2E, slice.suffix(4).dropLast().allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) {
            slice.removeLast()
        }
        return slice
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80
    }

    private static let noNames: Set<String> = [
        "written by", "article by", "text by", "story by", "reviewed by", "admin", "administrator", "staff", "author",
        "editor", "staff writer", "staff reporter", "senior contributor",
        "contributor", "contributing writer", "editorial team", "unknown", "anonymous", "null", "none", "guest",
        "correspondent", "reporter", "senior reporter", "opinion", "updated", "published", "webmaster", "root", "n/a",
        "jr", "phd", "inc", "md", "senior editor", "writer", "user", "news desk", "follow", "read more", "more",
    ]

    private static let noNameWords: Set<String> = [
        "ago", "read", "updated", "published", "hours", "minutes", "share", "subscribe", "click", "http", "https",
        "www",
        "comments", "photo", "posted", "pm", "est", "gmt", "edt",
    ]
}
