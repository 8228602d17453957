import WirewatchKit
import WirewatchLearning

/// Figures of topics as tables for people, and as JSON.
struct TopicScoresText {
    /// A column of figures with what it is.
    struct Column {
        var title: String
        var scores: TopicScores
    }

    let terminal: TerminalText
    /// The articles that a topic must have to count in the macro averages.
    let minimumSupport: Int

    /// A line a topic, then micro and macro averages.
    ///
    /// - Parameter notes: a remark on some topics, by id.
    func table(_ columns: [Column], notes: [String: String] = [:]) -> String {
        guard let first = columns.first else { return "" }
        let width = max(8, first.scores.topics.map(\.id.utf8.count).max() ?? 0)
        var text = Self.padded("", width) + "          "
        for column in columns { text += "  " + Self.padded(column.title, 21) }
        text = Self.trimmed(text) + "\n" + Self.padded("topic", width) + "  articles"
        for _ in columns { text += "  " + Self.padded("     P      R     F1", 21) }
        text = terminal.paint(Self.trimmed(text), .heading) + "\n"
        for (id, figures) in first.scores.topics {
            text += line(
                TerminalText.safe(id), width, String(figures.support), columns.map { $0.scores[id].map(Self.triple) },
                note: notes[id])
        }
        text += line("micro", width, "", columns.map { Self.triple($0.scores.micro) })
        let macro = columns.map { $0.scores.macro(minimumSupport: minimumSupport) }
        text += line(
            "macro", width, "", macro.map { $0.map { [$0.precision, $0.recall, $0.f1] } },
            note: macro.first.flatMap { $0 }.map { "over \($0.topics) topics with \(minimumSupport) articles or more" })
        return text
    }

    private func line(
        _ name: String, _ width: Int, _ support: String, _ columns: [[Double]?], note: String? = nil
    ) -> String {
        var text = Self.padded(name, width) + "  " + Self.right(support, 8)
        for column in columns {
            let cells = column?.map { Self.right(Self.fixed($0), 6) } ?? Array(repeating: "     -", count: 3)
            text += "  " + Self.padded(cells.joined(separator: " "), 21)
        }
        if let note { text += "  " + terminal.paint(note, .dim) }
        return Self.trimmed(text) + "\n"
    }

    private static func triple(_ figures: TopicFigures) -> [Double] { [figures.precision, figures.recall, figures.f1] }

    /// Three decimals.
    static func fixed(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let fraction = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }

    private static func trimmed(_ text: String) -> String {
        var text = text
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    /// `{"micro": {...}, "macro": {...}, "topics": {"ai": {...}}}` as members of the object that is open.
    func write(_ scores: TopicScores, to json: inout JSONWriter) {
        func members(_ precision: Double, _ recall: Double, _ f1: Double) {
            for (name, value) in [("precision", precision), ("recall", recall), ("f1", f1)] {
                json.key(name)
                json.number((value * 1e6).rounded() / 1e6)
            }
        }
        json.key("micro")
        json.beginObject()
        members(scores.micro.precision, scores.micro.recall, scores.micro.f1)
        json.endObject()
        json.key("macro")
        if let macro = scores.macro(minimumSupport: minimumSupport) {
            json.beginObject()
            members(macro.precision, macro.recall, macro.f1)
            json.member("topics", macro.topics)
            json.endObject()
        } else {
            json.null()
        }
        json.key("topics")
        json.beginObject()
        for (id, figures) in scores.topics {
            json.key(id)
            json.beginObject()
            members(figures.precision, figures.recall, figures.f1)
            json.member("support", figures.support)
            json.endObject()
        }
        json.endObject()
    }
}
