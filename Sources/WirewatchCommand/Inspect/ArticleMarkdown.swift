import WirewatchKit

/// An article as a text for people: Markdown (CommonMark, with the tables of GitHub), or plain.
struct ArticleMarkdown {
    /// Each ends with a line feed; what a terminal would obey is made harmless.
    static func markdown(_ article: Article) -> String {
        var parts: [String] = []
        if !article.title.isEmpty { parts.append("# " + line(article.title)) }
        if let subtitle = article.subtitle { parts.append("*" + line(subtitle) + "*") }
        let head = self.head(article).map(line)
        if !head.isEmpty { parts.append(head.joined(separator: " \u{B7} ")) }
        if let url = article.canonicalURL ?? article.url { parts.append("<" + TerminalText.safe(url) + ">") }
        if let note = note(article) { parts.append("> " + line(note)) }
        for (text, isSubheading) in blocks(article) {
            if isSubheading { parts.append("## " + line(text)) } else { parts.append(block(text)) }
        }
        if let note = article.editorsNote { parts.append("*" + line(note) + "*") }
        if !article.captions.isEmpty {
            parts.append("---")
            parts += article.captions.map { caption in
                "*" + line(caption.text) + "*" + (caption.credit.map { " (" + line($0) + ")" } ?? "")
            }
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// Title, byline and body, nothing else.
    static func text(_ article: Article) -> String {
        var parts = [article.title, article.subtitle ?? "", head(article).joined(separator: ", "), note(article) ?? ""]
        parts += blocks(article).map(\.text)
        return parts.filter { !$0.isEmpty }.map(safeLines).joined(separator: "\n\n") + "\n"
    }

    /// Byline, date and site.
    private static func head(_ article: Article) -> [String] {
        var head: [String] = []
        if !article.authors.isEmpty { head.append("By " + article.authors.joined(separator: ", ")) }
        if let published = article.published { head.append(published.text) }
        if let modified = article.modified, modified != article.published { head.append("updated " + modified.text) }
        if let site = article.site { head.append(site) }
        return head
    }

    /// What is to be known of a page that is no whole article.
    private static func note(_ article: Article) -> String? {
        guard let kind = article.pageKind, kind != .article else { return nil }
        return "This is \(kind.name): " + article.pageEvidence.joined(separator: "; ")
    }

    /// The paragraphs and subheadings of the body.
    private static func blocks(_ article: Article) -> [(text: String, isSubheading: Bool)] {
        let starts = Set(article.subheadings.map(\.lowerBound))
        let body = Array(article.body.utf8)
        var blocks: [(text: String, isSubheading: Bool)] = []
        var start = 0
        for at in 0...body.count {
            let isEnd = at == body.count || (body[at] == 0x0A && at + 1 < body.count && body[at + 1] == 0x0A)
            guard isEnd, at >= start else { continue }
            if at > start { blocks.append((String(decoding: body[start..<at], as: UTF8.self), starts.contains(start))) }
            start = at + 2
        }
        return blocks
    }

    // MARK: Markdown

    /// A paragraph; lines are the rows of a table where all hold cells, else the items of a list.
    private static func block(_ text: String) -> String {
        let lines = text.split(separator: "\n").map(String.init)
        guard lines.count > 1 else { return line(text) }
        let rows = lines.map { $0.split(separator: " | ", omittingEmptySubsequences: false).map { line(String($0)) } }
        let columns = rows.map(\.count).max() ?? 1
        guard columns > 1, rows.filter({ $0.count > 1 }).count * 2 > rows.count else {
            return lines.map { "- " + line($0) }.joined(separator: "\n")
        }
        func row(_ cells: [String]) -> String {
            "| " + (cells + Array(repeating: "", count: columns - cells.count)).joined(separator: " | ") + " |"
        }
        return ([row(rows[0]), row(Array(repeating: "---", count: columns))] + rows.dropFirst().map(row))
            .joined(separator: "\n")
    }

    /// Text on one line, with what Markdown would take for markup escaped.
    private static func line(_ text: String) -> String {
        let text = TerminalText.safe(text)
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 8)
        for character in text {
            switch character {
            case "\\", "*", "_", "`", "[", "]", "<", "|": escaped += "\\" + String(character)
            default: escaped.append(character)
            }
        }
        // At the beginning of a line: `#`, `>`, `-`, `+`, `=`, `~`, and `1.`
        if let first = escaped.first, "#>-+=~".contains(first) { return "\\" + escaped }
        let digits = escaped.prefix { $0.isASCII && $0.isNumber }
        if !digits.isEmpty, digits.count < 10, let mark = escaped.dropFirst(digits.count).first,
            mark == "." || mark == ")",
            escaped.dropFirst(digits.count + 1).first == " "
        {
            return digits + "\\" + escaped.dropFirst(digits.count)
        }
        return escaped
    }

    private static func safeLines(_ text: String) -> String {
        text.split(separator: "\n").map { TerminalText.safe(String($0)) }.joined(separator: "\n")
    }
}
