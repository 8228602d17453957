import WirewatchKit

/// How the line of a log reads for people.
struct RecordText {
    private let terminal: TerminalText
    private let alerts: AlertText

    init(_ terminal: TerminalText) {
        self.terminal = terminal
        alerts = AlertText(terminal)
    }

    /// The text of a line, each of its own lines ended by a line feed. What is no record is shown as it is.
    func lines(_ line: [UInt8]) -> String {
        let head = line.prefix(64)
        do {
            if head.contains("wirewatch.alert/") { return alerts.lines(try Alert(json: line)) }
            if head.contains("wirewatch.dead_letter/") { return lines(try DeadLetter(json: line)) }
            if head.contains("wirewatch.article/") { return lines(try Article(json: line)) }
        } catch {
            return terminal.paint("damaged record (\(error)): ", .bad) + raw(line)
        }
        return raw(line)
    }

    private func raw(_ line: [UInt8]) -> String {
        TerminalText.safe(String(decoding: line, as: UTF8.self)) + "\n"
    }

    private func lines(_ letter: DeadLetter) -> String {
        let place = letter.url ?? letter.id
        return terminal.paint("FAILED", .bad) + "   " + terminal.paint(AlertText.time(letter.time), .dim)
            + "  \(TerminalText.safe(letter.source))  "
            + terminal.paint(TerminalText.safe("\(letter.stage): \(letter.error)"), .heading) + "\n"
            + "         " + terminal.paint(TerminalText.safe(place), .dim) + "\n"
    }

    /// Without findings, for reading an article's record does not bring them.
    private func lines(_ article: Article) -> String {
        let date = article.published?.text ?? "no date"
        var text = terminal.paint(date, .dim) + "  \(TerminalText.safe(article.source))  "
        text += terminal.paint(TerminalText.safe(article.title.isEmpty ? "(no title)" : article.title), .heading)
        if let url = article.url { text += "\n  " + terminal.paint(TerminalText.safe(url), .dim) }
        return text + "\n"
    }
}

extension ArraySlice<UInt8> {
    /// Whether the text stands anywhere in these few bytes.
    fileprivate func contains(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard count >= wanted.count else { return false }
        return (startIndex...(endIndex - wanted.count)).contains { self[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}
