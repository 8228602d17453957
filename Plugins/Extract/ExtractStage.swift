import Synchronization
public import WirewatchKit

extension Plugin {
    /// The `extract` stage: from a document's bytes to an article's fields.
    public static let extract = Plugin.stage(
        "extract",
        summary: "Reads title, authors, dates, captions, tags and body out of HTML pages and page-text dumps."
    ) { (options: ExtractOptions, context) in ExtractStage(options, context) }
}

/// Fills an event's article from the document that it came with; of one without, only the language is found.
struct ExtractStage: Stage {
    private let extractor: ArticleExtractor
    private let context: StageContext
    private let misses = HintMisses()

    init(_ options: ExtractOptions, _ context: StageContext) {
        extractor = ArticleExtractor(options)
        self.context = context
    }

    func process(_ event: inout ArticleEvent) throws -> Verdict {
        guard let content = event.content else {
            extractor.fillLanguage(&event.article)
            return .keep
        }
        let url = event.article.url
        var result = try extractor.extract(content, url: url, received: event.article.received.known)
        if let hint = result.hint { tell(result.hintMisses, of: hint, url) }
        if let kind = result.article.pageKind, kind != .article { context.count(kind.rawValue) }
        try extractor.fill(&event.article, from: content, &result)
        return .keep
    }

    /// Counts each miss and logs the first of its kind, then the tenth, the hundredth ...
    private func tell(_ parts: [SiteHint.Part], of hint: String, _ url: String?) {
        for part in parts {
            context.count("hint_\(part.rawValue)_missed")
            let number = misses.next(hint + " " + part.rawValue)
            guard HintMisses.isTold(number) else { continue }
            context.log.warning(
                """
                the hint '\(part.rawValue)' for \(hint) found nothing\(number > 1 ? ", now on \(number) pages" : ""); \
                the page is read without it
                """, metadata: ["stage": "\(context.name)", "url": "\(url ?? "")"])
        }
    }

    func explain(_ event: ArticleEvent) -> Explanation? {
        guard let content = event.content else {
            return Explanation("article came complete", detail: "nothing to extract but its language")
        }
        return ExtractExplanation(extractor, content, event.article).explanation
    }
}

/// How often each hint found nothing.
private final class HintMisses: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func next(_ hint: String) -> Int {
        counts.withLock {
            $0[hint, default: 0] += 1
            return $0[hint] ?? 1
        }
    }

    static func isTold(_ number: Int) -> Bool {
        var power = 1
        while power < number, power < 1_000_000_000 { power *= 10 }
        return power == number
    }
}
