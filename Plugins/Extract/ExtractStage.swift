public import WirewatchKit

extension Plugin {
    /// The `extract` stage: from a document's bytes to an article's fields.
    public static let extract = Plugin.stage(
        "extract",
        summary: "Reads title, authors, dates, captions, tags and body out of HTML pages and page-text dumps."
    ) { (options: ExtractOptions, _) in ExtractStage(options) }
}

/// Fills an event's article from the document that it came with; an event without one passes unchanged.
struct ExtractStage: Stage {
    private let extractor: ArticleExtractor

    init(_ options: ExtractOptions) { extractor = ArticleExtractor(options) }

    func process(_ event: inout ArticleEvent) throws -> Verdict {
        guard let content = event.content else { return .keep }
        _ = try extractor.fill(&event.article, from: content)
        return .keep
    }

    func explain(_ event: ArticleEvent) -> Explanation? {
        guard let content = event.content else {
            return Explanation("article came complete", detail: "nothing to extract from")
        }
        guard
            let result = try? extractor.extract(
                content, url: event.article.url, received: event.article.received.known)
        else { return nil }
        let kept = result.blocks.filter { $0.use != nil }.count
        return Explanation(
            "blocks", detail: "\(kept) kept, \(result.blocks.count - kept) dropped",
            children: result.blocks.map { block in
                let excerpt = block.text.count > 80 ? block.text.prefix(79) + "\u{2026}" : block.text[...]
                return Explanation(
                    block.use ?? block.reason ?? "dropped", held: block.use != nil, detail: String(excerpt))
            })
    }
}
