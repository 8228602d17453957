import WirewatchKit

/// The text of an article with what the stages found in it highlighted.
struct HighlightedText {
    private let terminal: TerminalText

    init(_ terminal: TerminalText) { self.terminal = terminal }

    func lines(_ article: Article) -> String {
        var text = ""
        for field in article.textFields {
            guard let content = article.text(of: field) else { continue }
            text += terminal.paint("text of \(field.name)", .heading) + "\n"
            let ranges = Self.merged(Self.spans(article).filter { $0.field == field }.map(\.range))
            for line in lines(content, ranges) { text += "  " + line + "\n" }
        }
        return text
    }

    /// The lines of a text with the ranges painted; a range may go over the end of a line.
    func lines(_ content: String, _ ranges: [Range<Int>]) -> [String] {
        var lines = [""]
        var at = 0
        let bytes = Array(content.utf8)
        func append(_ range: Range<Int>, isMatch: Bool) {
            let pieces = bytes[range].split(separator: 0x0A, omittingEmptySubsequences: false)
            for (index, piece) in pieces.enumerated() {
                if index > 0 { lines.append("") }
                let safe = TerminalText.safe(String(decoding: piece, as: UTF8.self))
                lines[lines.count - 1] += isMatch ? terminal.paint(safe, .match) : safe
            }
        }
        for range in ranges where range.lowerBound >= at && range.upperBound <= bytes.count {
            append(at..<range.lowerBound, isMatch: false)
            append(range, isMatch: true)
            at = range.upperBound
        }
        append(at..<bytes.count, isMatch: false)
        return lines
    }

    private static func spans(_ article: Article) -> [TextSpan] {
        article.topics.flatMap { $0.evidence.map(\.span) } + article.entities.flatMap(\.mentions)
            + article.metrics.map(\.span) + article.alerts.flatMap { $0.because.compactMap(\.span) }
    }

    /// Ascending, with those that overlap made one.
    static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) })
        where !range.isEmpty {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
