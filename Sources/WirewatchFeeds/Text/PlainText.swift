import WirewatchMarkup

/// Text out of the small pieces of HTML that feeds hold in titles and summaries.
enum PlainText {
    /// One line: tags removed, references decoded, white space collapsed.
    static func line(_ html: String) -> String {
        var html = html
        var line: [UInt8] = []
        let isPlain = html.withUTF8 { bytes in
            // Most names and titles have none of either, and are in order as they are.
            if beforeMarkup(bytes, 0) == bytes.count { return true }
            appendLine(bytes, to: &line)
            return false
        }
        return isPlain ? collapsed(html) : String(decoding: line, as: UTF8.self)
    }

    /// Appends the bytes of ``line(_:)``.
    static func appendLine(_ html: UnsafeBufferPointer<UInt8>, to buffer: inout [UInt8]) {
        guard looksLikeHTML(html) else { return appendCollapsed(html, to: &buffer) }
        if !MarkupLine.append(html, to: &buffer) {
            buffer.append(contentsOf: collapsed(stripped(Array(html), blockEnd: 0x20)))
        }
    }

    /// Paragraphs: as ``line(_:)``, with one blank line between blocks.
    static func blocks(_ html: [UInt8]) -> String {
        // U+001E, which HTML text cannot hold, marks the blocks' ends until the spaces are collapsed.
        stripped(html, blockEnd: 0x1E).split(separator: 0x1E).map { collapsed(Array($0)) }
            .filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n\n")
    }

    /// Plain text of several paragraphs: each collapsed, with one blank line between.
    static func paragraphs(_ text: String) -> String {
        var done: [String] = []
        var lines: [Substring] = []
        // By lines however they end: \r\n is one Character, which is not "\n".
        let all: [Substring] = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) + [""]
        for line in all {
            if line.utf8.allSatisfy({ $0 <= 0x20 }) {
                if !lines.isEmpty { done.append(collapsed(lines.joined(separator: " "))) }
                lines = []
            } else {
                lines.append(line)
            }
        }
        return done.joined(separator: "\n\n")
    }

    /// Whether a text that may be HTML holds a tag, a comment or a character reference.
    static func looksLikeHTML(_ text: String) -> Bool {
        var text = text
        return text.withUTF8(looksLikeHTML)
    }

    static func looksLikeHTML(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer(looksLikeHTML) }

    private static func looksLikeHTML(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = beforeMarkup(bytes, 0)
        while at &+ 2 < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "<") {
                let next = bytes[at &+ 1]
                let name = next == UInt8(ascii: "/") ? bytes[at &+ 2] : next
                if (name | 0x20) &- 0x61 < 26 || next == UInt8(ascii: "!") {
                    if bytes[at...].contains(UInt8(ascii: ">")) { return true }
                    // No `>` follows any later `<` either.
                    return references(bytes, from: at)
                }
            } else if byte == UInt8(ascii: "&"), isReference(bytes, at) {
                return true
            }
            at = beforeMarkup(bytes, at &+ 1)
        }
        return false
    }

    /// The first place of a `<` or `&` from one on; the end where there is none.
    private static func beforeMarkup(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var at = start
        while let word = Word(bytes, at) {
            let count = word.countBeforeMarkup
            at &+= count
            if count < 8 { return at }
        }
        while at < bytes.count, bytes[at] != UInt8(ascii: "<"), bytes[at] != UInt8(ascii: "&") { at &+= 1 }
        return at
    }

    /// The beginning of one line, cut between words, with an ellipsis where something is missing.
    ///
    /// - Parameter limit: characters.
    static func shortened(_ line: String, to limit: Int) -> String {
        guard line.utf8.count > limit, line.count > limit else { return line }
        let cut = line.prefix(limit)
        let words = cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut
        return words + "\u{2026}"
    }

    /// A text of HTML without markup in which only references are to be decoded.
    static func decoded(_ text: String) -> String { CharacterReferences.decode(text) }

    /// Whether a URL's path ends like a picture's.
    static func namesImage(_ url: String) -> Bool {
        let path = url.prefix { $0 != "?" && $0 != "#" }.lowercased()
        return [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"].contains { path.hasSuffix($0) }
    }

    /// Trims, makes every run of white space one space, and drops other control characters.
    static func collapsed(_ text: String) -> String {
        var text = text
        return text.withUTF8(isCollapsed) ? text : String(decoding: collapsed(Array(text.utf8)), as: UTF8.self)
    }

    static func collapsed(_ text: consuming [UInt8]) -> [UInt8] {
        let count = text.withUnsafeMutableBufferPointer { collapse($0) }
        if count < text.count { text.removeLast(text.count - count) }
        return text
    }

    /// Appends a text as ``collapsed(_:)`` makes it.
    static func appendCollapsed(_ text: UnsafeBufferPointer<UInt8>, to buffer: inout [UInt8]) {
        buffer.append(addingCapacity: text.count) { out in
            out.withUnsafeMutableBufferPointer { room, count in
                _ = room.initialize(fromContentsOf: text)
                count = collapse(UnsafeMutableBufferPointer(rebasing: room[..<text.count]))
            }
        }
    }

    /// Collapses in place, for what is written never overtakes what is read; by pointer, within the buffer's bounds. How many
    /// bytes are left.
    private static func collapse(_ bytes: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var end = 0
        // As if a space stood before the text, so that none is written at its beginning.
        var isAfterSpace: UInt8 = 1
        var at = 0
        while at < bytes.count {
            let stop = min(bytes.count, at &+ 8)
            if let word = Word(bytes, at), !word.needsWork, isAfterSpace == 0 || !word.beginsWithSpace {
                if end < at { word.store(in: bytes, end) }
                end &+= 8
                isAfterSpace = word.endsWithSpace ? 1 : 0
                at = stop
                continue
            }
            // Without a branch for each byte, of which every word mispredicts one.
            while at < stop {
                let byte = bytes[at]
                let isText: UInt8 = byte > 0x20 ? 1 : 0
                let isSpace: UInt8 = byte == 0x20 || byte &- 0x09 < 5 ? 1 : 0
                bytes[end] = isText == 1 ? byte : 0x20
                end &+= Int(isText | (isSpace & ~isAfterSpace))
                isAfterSpace = (isAfterSpace & ~isText) | isSpace
                at &+= 1
            }
        }
        return end > 0 && isAfterSpace == 1 ? end &- 1 : end
    }

    private static func isCollapsed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last, first > 0x20, last > 0x20 else { return bytes.isEmpty }
        var at = 0
        var isAfterSpace = false
        while let word = Word(bytes, at) {
            if word.needsWork || (isAfterSpace && word.beginsWithSpace) { return false }
            isAfterSpace = word.endsWithSpace
            at &+= 8
        }
        while at < bytes.count {
            let byte = bytes[at]
            if byte < 0x20 || (byte == 0x20 && isAfterSpace) { return false }
            isAfterSpace = byte == 0x20
            at &+= 1
        }
        return true
    }

    private static func references(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        (start..<bytes.count).contains { bytes[$0] == UInt8(ascii: "&") && isReference(bytes, $0) }
    }

    private static func isReference(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var at = start + 1
        if at < bytes.count, bytes[at] == UInt8(ascii: "#") { at += 1 }
        let name = at
        while at < bytes.count, at - name < 32, (bytes[at] | 0x20) &- 0x61 < 26 || bytes[at] &- 0x30 < 10 { at += 1 }
        return at > name && at < bytes.count && bytes[at] == UInt8(ascii: ";")
    }

    /// Whether what stands before a tag and what stands after it are words of their own.
    static func separates(_ tag: HTMLTag) -> Bool {
        switch tag {
        case .br, .p, .div, .li, .ul, .ol, .blockquote, .h1, .h2, .h3, .h4, .h5, .h6, .table, .tr, .pre, .hr, .figure,
            .figcaption, .section, .article, .header, .footer, .dl, .dt, .dd:
            true
        default: false
        }
    }

    static func stripped(_ html: [UInt8], blockEnd: UInt8) -> [UInt8] {
        var tokenizer = HTMLTokenizer(html)
        // Read over, not kept.
        tokenizer.attributeLimit = 0
        var out: [UInt8] = []
        out.reserveCapacity(html.count)
        var skipped = false
        while let token = tokenizer.next() {
            switch token.kind {
            case .text:
                if !skipped { tokenizer.append(token.range, to: &out) }
            case .startTag, .endTag:
                skipped = token.kind == .startTag && (token.tag == .script || token.tag == .style)
                if separates(token.tag) { out.append(token.tag == .br ? 0x20 : blockEnd) }
            default: break
            }
        }
        return out
    }
}
