/// Names and addresses in the one text that RSS has for a person.
enum PersonText {
    /// Reads `address (name)`, `name (address)`, `name <address>`, `mailto:address`, an address alone, a name alone.
    ///
    /// - Parameter text: one line without markup.
    static func person(_ text: String) -> FeedPerson? {
        let text = PlainText.collapsed(text)
        guard !text.isEmpty else { return nil }
        guard text.utf8.contains(UInt8(ascii: "@")), let address = address(in: text) else {
            return FeedPerson(name: text)
        }
        let email = without("mailto:", String(text[address]))
        var name = String(text[..<address.lowerBound]) + String(text[address.upperBound...])
        for mark in ["()", "<>", "[]", "( )", "&lt;&gt;"] { name = name.replacing(mark, with: "") }
        name = PlainText.collapsed(name.replacing("mailto:", with: ""))
        let trimmed = name.drop { " \"'-,;:".contains($0) }
        name = String(trimmed)
        while let last = name.last, " \"'-,;:".contains(last) { name.removeLast() }
        // What is left of `address (name)`.
        if name.hasPrefix("("), name.hasSuffix(")") { name = PlainText.collapsed(String(name.dropFirst().dropLast())) }
        return FeedPerson(name: name.isEmpty ? nil : name, email: email)
    }

    /// The first address: letters, digits and `.!#$%&'*+/=?^_-` round an `@`.
    private static func address(in text: String) -> Range<String.Index>? {
        let bytes = text.utf8
        var from = bytes.startIndex
        while let sign = bytes[from...].firstIndex(of: UInt8(ascii: "@")) {
            var start = sign
            while start > bytes.startIndex, isLocal(bytes[bytes.index(before: start)]) {
                start = bytes.index(before: start)
            }
            var end = bytes.index(after: sign)
            while end < bytes.endIndex, isHost(bytes[end]) { end = bytes.index(after: end) }
            while end > sign, bytes[bytes.index(before: end)] == UInt8(ascii: ".") { end = bytes.index(before: end) }
            if start < sign, end > bytes.index(after: sign) { return start..<end }
            from = bytes.index(after: sign)
        }
        return nil
    }

    private static func isHost(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            || byte >= 0x80
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        isHost(byte) || [UInt8]("!#$%&'*+/=?^_{}|~:".utf8).contains(byte)
    }

    private static func without(_ prefix: String, _ text: String) -> String {
        text.lowercased().hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
    }
}
