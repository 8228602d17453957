import WirewatchEngine
import WirewatchKit

/// How the way of a document through the stages reads for people.
struct ExplanationText {
    private let terminal: TerminalText

    init(_ terminal: TerminalText) { self.terminal = terminal }

    /// The lines, each ended by a line feed.
    func lines(_ result: InlineResult, place: String) -> String {
        let article = result.article
        var text = heading(place) + metadata(article)
        text += section("topics", article.topics.map { topic($0, article) })
        text += section("entities", article.entities.map { entity($0, article) })
        text += section("metrics", article.metrics.map(metric))
        for (stage, explanation) in result.explanations {
            text += heading("stage \(stage)") + tree(explanation, article, depth: 1)
        }
        text += end(result)
        text += heading("alerts")
        text += article.alerts.isEmpty ? "  none\n" : ""
        for alert in article.alerts { text += indented(AlertText(terminal).lines(alert)) }
        if terminal.isColored { text += HighlightedText(terminal).lines(article) }
        return text
    }

    /// The same of the `extract` stage alone.
    func extraction(_ result: InlineResult, place: String) -> String {
        heading(place) + metadata(result.article)
            + result.explanations.map { tree($0.explanation, result.article, depth: 0) }.joined() + end(result)
    }

    /// What kept a document from going through all stages.
    private func end(_ result: InlineResult) -> String {
        var text = ""
        if let drop = result.dropped {
            text += heading("dropped") + "  by stage \(drop.stage): \(TerminalText.safe(drop.reason))\n"
        }
        if let failure = result.failed {
            text += heading("failed")
            text += "  " + terminal.paint("stage \(failure.stage): \(TerminalText.safe(failure.error))", .bad) + "\n"
        }
        return text
    }

    private func heading(_ title: String) -> String {
        terminal.paint(TerminalText.safe(title), .heading) + "\n"
    }

    private func section(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : heading(title) + lines.map { "  \($0)\n" }.joined()
    }

    private func metadata(_ article: Article) -> String {
        let paragraphs = article.body.isEmpty ? 0 : article.body.paragraphCount
        let fields: [(String, String?)] = [
            ("title", article.title.isEmpty ? nil : article.title), ("subtitle", article.subtitle),
            ("authors", article.authors.isEmpty ? nil : article.authors.joined(separator: ", ")),
            ("published", article.published?.text), ("modified", article.modified?.text), ("site", article.site),
            ("section", article.section), ("language", article.language), ("url", article.url),
            ("canonical", article.canonicalURL),
            ("tags", article.tags.isEmpty ? nil : article.tags.joined(separator: ", ")),
            ("captions", article.captions.isEmpty ? nil : String(article.captions.count)),
            ("body", "\(paragraphs) paragraphs, \(article.body.utf8.count) bytes"), ("id", article.id),
        ]
        return fields.compactMap { name, value in
            value.map { "  " + terminal.paint(name, .dim) + " \(TerminalText.safe($0))\n" }
        }.joined()
    }

    private func topic(_ topic: Topic, _ article: Article) -> String {
        let evidence = topic.evidence.map { shown($0.span, article) }.joined(separator: ", ")
        let score = (topic.score * 1000).rounded() / 1000
        return "\(terminal.paint(TerminalText.safe(topic.id), .heading)) \(score)  \(evidence)"
    }

    private func entity(_ entity: Entity, _ article: Article) -> String {
        let mentions = entity.mentions.map { shown($0, article) }.joined(separator: ", ")
        let name = terminal.paint(TerminalText.safe(entity.name), .heading)
        return "\(name) \(TerminalText.safe(entity.type)), \(entity.role.rawValue)  \(mentions)"
    }

    private func metric(_ metric: Metric) -> String {
        var parts = [terminal.paint(TerminalText.safe(metric.kind), .heading)]
        if let qualifier = metric.qualifier { parts.append(qualifier.rawValue) }
        parts.append(Self.text(metric.amount) + " " + TerminalText.safe(metric.unit))
        if let per = metric.per { parts.append("per \(TerminalText.safe(per))") }
        if let change = metric.change { parts.append(Self.text(change)) }
        if let entity = metric.entity { parts.append("of \(TerminalText.safe(entity))") }
        if let timeframe = metric.timeframe { parts.append("(\(TerminalText.safe(timeframe)))") }
        return parts.joined(separator: " ") + "  " + quoted(metric.surface) + " " + place(metric.span)
    }

    private func tree(_ explanation: Explanation, _ article: Article, depth: Int) -> String {
        // Deeper than this no plugin's reasons go; the limit keeps a faulty one from exhausting the stack.
        guard depth < 64 else { return "" }
        var line = String(repeating: "  ", count: depth)
        switch explanation.held {
        case true?: line += terminal.paint("✓ ", .good)
        case false?: line += terminal.paint("✗ ", .bad)
        case nil: break
        }
        line += TerminalText.safe(explanation.label)
        if let detail = explanation.detail { line += ": \(TerminalText.safe(detail))" }
        let spans = explanation.spans.prefix(8).map { shown($0, article) }
        if !spans.isEmpty { line += "  " + spans.joined(separator: ", ") }
        if explanation.spans.count > 8 { line += " and \(explanation.spans.count - 8) more" }
        return line + "\n" + explanation.children.map { tree($0, article, depth: depth + 1) }.joined()
    }

    /// A span with its text: `"humanoid robots" body[120..<135]`.
    private func shown(_ span: TextSpan, _ article: Article) -> String {
        quoted(article.text(of: span) ?? "?") + " " + place(span)
    }

    private func quoted(_ text: String) -> String {
        "\"" + terminal.paint(TerminalText.safe(TerminalText.shortened(text, to: 120)), .match) + "\""
    }

    private func place(_ span: TextSpan) -> String {
        terminal.paint("\(span.field.name)[\(span.range.lowerBound)..<\(span.range.upperBound)]", .dim)
    }

    private func indented(_ lines: String) -> String {
        lines.split(separator: "\n").map { "  \($0)\n" }.joined()
    }

    private static func text(_ amount: Amount) -> String {
        switch amount {
        case .value(let value): number(value)
        case .range(let low, let high):
            (low.map { number($0) } ?? "…") + " to " + (high.map { number($0) } ?? "…")
        }
    }

    private static func text(_ change: Change) -> String {
        func quantity(_ word: String, _ quantity: Quantity?) -> String? {
            quantity.map { "\(word) \(text($0.amount)) \(TerminalText.safe($0.unit))" }
        }
        let parts = [
            change.direction?.rawValue, quantity("by", change.by), quantity("from", change.from),
            quantity("to", change.to),
        ]
        return "(" + parts.compactMap { $0 }.joined(separator: " ") + ")"
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map { String($0) } ?? String(value)
    }
}

extension String {
    /// One more than there are blank lines.
    fileprivate var paragraphCount: Int {
        var count = 1
        var previous: UInt8 = 0
        for byte in utf8 {
            if byte == 0x0A, previous == 0x0A { count += 1 }
            previous = byte
        }
        return count
    }
}
