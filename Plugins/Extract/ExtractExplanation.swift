import WirewatchKit

/// Why an article was read as it was: the page's kind, where each field stood, which text was kept, and each block.
struct ExtractExplanation {
    let explanation: Explanation?

    /// - Parameter article: as the stage left it.
    init(_ extractor: ArticleExtractor, _ content: Document.Content, _ article: Article) {
        guard let result = try? extractor.extract(content, url: article.url, received: article.received.known) else {
            explanation = nil
            return
        }
        let kept = result.blocks.filter { $0.use != nil }.count
        var parts: [Explanation] = []
        if let kind = result.article.pageKind {
            parts.append(
                Explanation(
                    "page kind", detail: kind.rawValue,
                    children: result.article.pageEvidence.map { Explanation($0) }))
        }
        let origins = article.origins.isEmpty ? result.article.origins : article.origins
        if !origins.isEmpty {
            parts.append(
                Explanation(
                    "origins",
                    detail: origins.all.map { "\($0.field.rawValue) \($0.origin.rawValue)" }.joined(separator: ", ")))
        }
        if let hint = result.hint {
            let misses = result.hintMisses.map(\.rawValue).joined(separator: ", ")
            parts.append(
                Explanation(
                    "hints for \(hint)", held: misses.isEmpty,
                    detail: misses.isEmpty ? nil : "nothing found for \(misses)"))
        }
        if content.item != nil, let choice = Self.choice(extractor, content, article) {
            parts.append(Explanation("text kept", detail: choice))
        }
        parts.append(
            Explanation(
                "blocks", detail: "\(kept) kept, \(result.blocks.count - kept) dropped",
                children: result.blocks.map(Self.line)))
        explanation = Explanation("extracted from \(content.type.essence)", children: parts)
    }

    /// As the stage decided it, for the article as its source gave it is no longer at hand but for a body of plain text.
    private static func choice(
        _ extractor: ArticleExtractor, _ content: Document.Content, _ article: Article
    ) -> String? {
        var known = Article()
        known.title = article.title
        known.url = article.url
        known.received = article.received
        if article.origins[.body] == .source, content.item?.isEmpty == true { known.body = article.body }
        return (try? extractor.fill(&known, from: content))?.bodyChoice
    }

    private static func line(_ block: Extraction.Block) -> Explanation {
        let excerpt = block.text.count > 80 ? block.text.prefix(79) + "\u{2026}" : block.text[...]
        let label = block.use ?? block.reason ?? "dropped"
        let worth = block.worth.map { $0 > 0 ? " (worth \($0))" : "" } ?? ""
        return Explanation(label + worth, held: block.use != nil, detail: String(excerpt))
    }
}
